/** Where the network's programs run. */
export type Mode = "docker" | "native";

/** `dev` has one orderer; `ha` has three, so that ordering survives the loss of one. */
export type Profile = "dev" | "ha";

/** A program of the network with the ports that it listens on; all are bound to 127.0.0.1 of this machine. */
export interface Node<Port extends string = string> {
  /** Name that the node's certificates bear, and by which containers find each other. */
  readonly name: string;
  readonly ports: Readonly<Record<Port, number>>;
}

export type Orderer = Node<"service" | "admin" | "operations">;
export type Peer = Node<"service" | "chaincode" | "operations">;
export type Authority = Node<"service" | "operations">;
export type Chaincode = Node<"service">;

interface Organisation {
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
  readonly authority: Authority;
}

/** Who puts transactions in order. */
export interface OrderingOrganisation extends Organisation {
  readonly orderers: readonly Orderer[];
}

/** Who endorses transactions: one peer, and the contract in a process of its own. */
export interface Member extends Organisation {
  readonly peer: Peer;
  readonly chaincode: Chaincode;
}

/** The whole network: all its configuration is generated from this. */
export interface Topology {
  readonly mode: Mode;
  readonly profile: Profile;
  /** Name that this network's containers and volumes bear. */
  readonly project: string;
  readonly ordering: OrderingOrganisation;
  readonly members: readonly Member[];
}

export const CHANNEL = "gridloom";
export const CHAINCODE = "settlement";
/** Releases of Fabric and Fabric CA that the configuration is written for. */
export const FABRIC_VERSION = "2.5.16";
export const CA_VERSION = "1.5.21";
/** Longest time that an orderer waits for more transactions before it cuts a block; the default of 2 s would rule every round. */
export const BATCH_TIMEOUT = "50ms";

const DOMAIN = "gridloom.test";
const ORDERERS: Readonly<Record<Profile, number>> = { dev: 1, ha: 3 };
const MEMBERS = ["operator", "prosumers"] as const;
const PORTS = { orderer: 3, authority: 2, member: 6 } as const;

/** How many ports a network of a profile needs. */
export function portsNeeded(profile: Profile): number {
  return ORDERERS[profile] * PORTS.orderer + PORTS.authority + MEMBERS.length * PORTS.member;
}

/** What distinguishes one network from another. */
export interface Setup {
  readonly mode: Mode;
  readonly profile: Profile;
  readonly project: string;
  /** As many as `portsNeeded`. */
  readonly ports: readonly number[];
}

/** Lays a network out on ports. */
export function layOut({ mode, profile, project, ports }: Setup): Topology {
  const free = ports.values();
  const port = () => {
    const { value, done } = free.next();
    if (done === true) throw new RangeError(`A network of profile ${profile} needs ${portsNeeded(profile)} ports.`);
    return value;
  };
  const organisation = (name: string, mspId: string) => {
    const domain = `${name}.${DOMAIN}`;
    return { name, mspId, domain, authority: { name: `ca.${domain}`, ports: { service: port(), operations: port() } } };
  };
  const orderer = (domain: string, index: number): Orderer => ({
    name: `orderer${index}.${domain}`,
    ports: { service: port(), admin: port(), operations: port() },
  });
  const member = (name: string): Member => {
    const common = organisation(name, `${name[0].toUpperCase()}${name.slice(1)}MSP`);
    return {
      ...common,
      peer: { name: `peer0.${common.domain}`, ports: { service: port(), chaincode: port(), operations: port() } },
      chaincode: { name: `chaincode.${common.domain}`, ports: { service: port() } },
    };
  };
  const ordering = organisation("orderers", "OrderersMSP");
  const orderers = Array.from({ length: ORDERERS[profile] }, (_, index) => orderer(ordering.domain, index));
  return { mode, profile, project, ordering: { ...ordering, orderers }, members: MEMBERS.map(member) };
}

/** All organisations, the ordering one first. */
export function organisations({ ordering, members }: Topology): readonly (OrderingOrganisation | Member)[] {
  return [ordering, ...members];
}

/** Host part of a node's address as the other nodes see it. */
export function hostOf({ mode }: Topology, { name }: Node): string {
  return mode === "docker" ? name : "127.0.0.1";
}

/** Address of a node's service as the other nodes see it. */
export function addressOf(topology: Topology, node: Node<"service">): string {
  return `${hostOf(topology, node)}:${node.ports.service}`;
}

/** Address that a node binds to: in a container all of its interfaces, of which only 127.0.0.1 is published. */
export function bindTo({ mode }: Topology): string {
  return mode === "docker" ? "0.0.0.0" : "127.0.0.1";
}

/** Names and addresses that a node's TLS certificate is good for. */
export function alternativeNames(name: string): readonly string[] {
  return [name, "localhost", "127.0.0.1"];
}
