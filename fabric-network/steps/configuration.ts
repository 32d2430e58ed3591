import { readFileSync } from "node:fs";
import { join } from "node:path";
import { authorityConfig } from "../config/authority-config.js";
import { composeFile, NODE_FOLDER } from "../config/compose.js";
import { connectionProfile } from "../config/connection-profile.js";
import { contractEnvironment } from "../config/launch-plan.js";
import { ordererConfig } from "../config/orderer-config.js";
import { BUILDER, BUILDER_SCRIPTS, peerConfig } from "../config/peer-config.js";
import { type Contract, packContract } from "../contract/package.js";
import { dockerUser } from "../host/docker-host.js";
import { connectionFile, LAYOUT, nodeFolder, packageFile, tlsRoot } from "../layout.js";
import { addressOf, alternativeNames, bindTo, organisations, type Topology } from "../topology.js";
import { writeState } from "./material.js";

/** What the configuration needs beside the topology. */
export interface Ingredients {
  readonly root: string;
  readonly contract: Contract;
  /** Folder of installed packages. */
  readonly modules: string;
  /** Password of the authorities' registrars. */
  readonly secret: string;
}

/** Writes the configuration of every node and the packages of the contract; gives each member's package id. */
export function writeConfiguration(topology: Topology, ingredients: Ingredients): Readonly<Record<string, string>> {
  const { root, contract, modules } = ingredients;
  const isDocker = topology.mode === "docker";
  for (const orderer of topology.ordering.orderers) {
    writeState(root, `${nodeFolder(orderer.name)}/orderer.yaml`, ordererConfig(topology, orderer));
  }
  for (const member of topology.members) {
    const folder = nodeFolder(member.peer.name);
    const seen = isDocker ? NODE_FOLDER : join(root, folder);
    writeState(root, `${folder}/core.yaml`, peerConfig(topology, member, seen));
    for (const [name, script] of Object.entries(BUILDER_SCRIPTS)) {
      writeState(root, `${folder}/${BUILDER}/bin/${name}`, script, 0o755);
    }
    const profile = connectionProfile(topology, member, path => readFileSync(join(root, path), "utf8"));
    writeState(root, connectionFile(member), `${JSON.stringify(profile, null, 2)}\n`);
  }
  writeAuthorities(topology, ingredients);
  const packageIds = writePackages(topology, ingredients);
  if (isDocker) {
    const compose = composeFile(topology, {
      user: dockerUser(),
      contract: contract.folder,
      modules,
      contractEnvironment: (member, folder) =>
        contractEnvironment(topology, member, { folder, id: packageIds[member.name] }),
    });
    writeState(root, LAYOUT.compose, compose);
  }
  return packageIds;
}

function writeAuthorities(topology: Topology, { root, secret }: Ingredients): void {
  for (const { authority } of organisations(topology)) {
    const { name, ports } = authority;
    const bind = bindTo(topology);
    const config = authorityConfig({ name, hosts: alternativeNames(name), bind, ports, secret, hasKeys: true });
    writeState(root, `${nodeFolder(name)}/fabric-ca-server-config.yaml`, config, 0o600);
  }
}

function writePackages(topology: Topology, { root, contract }: Ingredients): Readonly<Record<string, string>> {
  const packed = topology.members.map(member => {
    const tls = (name: string) => readFileSync(join(root, nodeFolder(member.peer.name), "tls", name), "utf8");
    const { id, bytes } = packContract(contract.version, {
      address: addressOf(topology, member.chaincode),
      rootCertificate: readFileSync(join(root, tlsRoot(member)), "utf8"),
      clientCertificate: tls("server.crt"),
      clientKey: tls("server.key"),
    });
    writeState(root, packageFile(member), bytes, 0o600);
    return [member.name, id];
  });
  return Object.fromEntries(packed) as Record<string, string>;
}
