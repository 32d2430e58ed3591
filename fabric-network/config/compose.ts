import { nodeFolder } from "../layout.js";
import { CA_VERSION, FABRIC_VERSION, type Member, type Node, organisations, type Topology } from "../topology.js";
import { toYaml, type Yaml } from "./yaml.js";

/** Where a container sees its node's folder. */
export const NODE_FOLDER = "/node";

/** Images by what they are for; the names are those of the official ones. */
export const IMAGES = {
  peer: `hyperledger/fabric-peer:${FABRIC_VERSION}`,
  orderer: `hyperledger/fabric-orderer:${FABRIC_VERSION}`,
  tools: `hyperledger/fabric-tools:${FABRIC_VERSION}`,
  authority: `hyperledger/fabric-ca:${CA_VERSION}`,
  contract: "node:20-bookworm-slim",
} as const;

/** What of this machine the containers use. */
export interface Surroundings {
  /** User and group that containers run as, `1000:1000`: what they write stays ours to remove. */
  readonly user: string;
  /** Folder of the contract, and that of the packages that it needs. */
  readonly contract: string;
  readonly modules: string;
  /** Environment of each member's contract. */
  readonly contractEnvironment: (member: Member, folder: string) => Readonly<Record<string, string>>;
}

/** The compose file (format 3.7: docker-compose 1.29 and Compose v2 read it). Ports are published on 127.0.0.1 only. */
export function composeFile(topology: Topology, surroundings: Surroundings): string {
  const { ordering, members } = topology;
  const service = (node: Node, image: string, command: string, environment: Record<string, string>) => ({
    image,
    command: ["sh", "-c", `umask 077; exec ${command}`],
    environment,
    init: true,
    user: surroundings.user,
    working_dir: NODE_FOLDER,
    volumes: [`./${nodeFolder(node.name)}:${NODE_FOLDER}`],
    ports: Object.values(node.ports).map(port => `127.0.0.1:${port}:${port}`),
    labels: { "gridloom.network": topology.project },
  });
  const configuration = { FABRIC_CFG_PATH: NODE_FOLDER };
  const services: [string, Yaml][] = [
    ...ordering.orderers.map(node => [node.name, service(node, IMAGES.orderer, "orderer", configuration)] as const),
    ...members.map(({ peer }) => [peer.name, service(peer, IMAGES.peer, "peer node start", configuration)] as const),
    ...organisations(topology).map(({ authority }) => {
      const home = { FABRIC_CA_HOME: NODE_FOLDER };
      return [authority.name, service(authority, IMAGES.authority, "fabric-ca-server start", home)] as const;
    }),
    ...members.map(member => {
      const { contractEnvironment, contract, modules } = surroundings;
      const environment = contractEnvironment(member, NODE_FOLDER);
      const common = service(member.chaincode, IMAGES.contract, CONTRACT_COMMAND, environment);
      const volumes = [...common.volumes, `${contract}:/app/chaincode:ro`, `${modules}:/app/node_modules:ro`];
      return [member.chaincode.name, { ...common, working_dir: "/app/chaincode", volumes }] as const;
    }),
  ].map(([name, value]) => [name, value]);
  return toYaml({ version: "3.7", services: Object.fromEntries(services) });
}

const CONTRACT_COMMAND = "node /app/node_modules/fabric-shim/cli.js server";
