import { join } from "node:path";
import { nodeFolder } from "../layout.js";
import { bindTo, type Member, organisations, type Topology } from "../topology.js";

/** A program to start: which, where, and with what environment beside the search path. */
export interface Launch {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the plan takes from this machine. */
export interface Premises {
  /** The network's state folder, absolute. */
  readonly root: string;
  /** Folder of the contract. */
  readonly contract: string;
  /** Program that serves a contract to peers: `cli.js` of fabric-shim. */
  readonly shim: string;
  /** Package id by member. */
  readonly packageIds: Readonly<Record<string, string>>;
}

/** Processes of a native network: authorities, orderers, peers, contracts. */
export function launchPlan(topology: Topology, { root, contract, shim, packageIds }: Premises): readonly Launch[] {
  const at = (name: string) => join(root, nodeFolder(name));
  const node = (name: string, program: string, args: readonly string[], home: string): Launch => ({
    name,
    program,
    args,
    folder: at(name),
    environment: { [home]: at(name) },
  });
  return [
    ...organisations(topology).map(({ authority }) =>
      node(authority.name, "fabric-ca-server", ["start"], "FABRIC_CA_HOME"),
    ),
    ...topology.ordering.orderers.map(({ name }) => node(name, "orderer", [], "FABRIC_CFG_PATH")),
    ...topology.members.map(({ peer }) => node(peer.name, "peer", ["node", "start"], "FABRIC_CFG_PATH")),
    ...topology.members.map(member => ({
      name: member.chaincode.name,
      program: process.execPath,
      args: [shim, "server"],
      folder: contract,
      environment: contractEnvironment(topology, member, {
        folder: at(member.chaincode.name),
        id: packageIds[member.name],
      }),
    })),
  ];
}

/** What tells a contract's process who it is; fabric-shim 2.5 reads its options from variables that begin with `CORE_`. */
export function contractEnvironment(
  topology: Topology,
  { chaincode, mspId }: Member,
  { folder, id }: { readonly folder: string; readonly id: string },
): Readonly<Record<string, string>> {
  return {
    CORE_CHAINCODE_ADDRESS: `${bindTo(topology)}:${chaincode.ports.service}`,
    CORE_CHAINCODE_ID: id,
    CORE_CHAINCODE_TLS_CERT_FILE: `${folder}/tls/server.crt`,
    CORE_CHAINCODE_TLS_KEY_FILE: `${folder}/tls/server.key`,
    CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: `${folder}/tls/ca.crt`,
    CORE_CHAINCODE_LOGGING_LEVEL: "error",
    CORE_PEER_LOCALMSPID: mspId,
  };
}
