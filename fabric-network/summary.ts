import { join } from "node:path";
import type { Host } from "./host/host.js";
import { connectionFile, identityFolder, tlsRoot } from "./layout.js";
import { releaseOf } from "./steps/health.js";
import { type Role, ROLES } from "./steps/identities.js";
import { CHAINCODE, CHANNEL, type Mode, type Profile, type Topology } from "./topology.js";

/** What the network says of itself when it is up; all paths are absolute. */
export interface Summary {
  readonly state: string;
  readonly mode: Mode;
  readonly profile: Profile;
  /** Where the programs came from. */
  readonly programs: string;
  /** Release that the peers say they are. */
  readonly release: string;
  readonly channel: string;
  /** Number of blocks on the channel. */
  readonly height: number;
  readonly chaincode: {
    readonly name: string;
    readonly version: string;
    readonly sequence: number;
    /** What the contract answers to `Version`. */
    readonly says: string;
  };
  readonly organisations: readonly OrganisationSummary[];
  /** Certificate and key of each role. */
  readonly identities: Readonly<Record<Role, IdentitySummary>>;
  readonly nodes: readonly { readonly name: string; readonly pid: number }[];
  /** Seconds since the start at which each step was done. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** How clients reach an organisation. */
export interface OrganisationSummary {
  readonly name: string;
  readonly mspId: string;
  /** Address of the peer's gateway service, and the name on its certificate. */
  readonly gateway: string;
  readonly gatewayName: string;
  /** Certificate that vouches for the organisation's TLS certificates. */
  readonly tlsRoot: string;
  readonly packageId: string;
  readonly connectionProfile: string;
  readonly authority: { readonly url: string; readonly name: string };
}

/** A client identity. */
export interface IdentitySummary {
  readonly mspId: string;
  readonly certificate: string;
  readonly key: string;
}

/** What the steps of a start found out. */
export interface Findings {
  readonly root: string;
  readonly host: Host;
  readonly height: number;
  readonly version: string;
  readonly sequence: number;
  readonly says: string;
  readonly packageIds: Readonly<Record<string, string>>;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Puts the summary together. */
export async function summarise(topology: Topology, findings: Findings): Promise<Summary> {
  const { root, host, height, version, sequence, says, packageIds, seconds } = findings;
  const organisations = topology.members.map(member => ({
    name: member.name,
    mspId: member.mspId,
    gateway: `127.0.0.1:${member.peer.ports.service}`,
    gatewayName: member.peer.name,
    tlsRoot: join(root, tlsRoot(member)),
    packageId: packageIds[member.name],
    connectionProfile: join(root, connectionFile(member)),
    authority: { url: `https://127.0.0.1:${member.authority.ports.service}`, name: member.authority.name },
  }));
  const identity = (role: Role): IdentitySummary => ({
    mspId: topology.members.find(({ name }) => name === ROLES[role])?.mspId ?? "",
    certificate: join(root, identityFolder(role), "cert.pem"),
    key: join(root, identityFolder(role), "key.pem"),
  });
  const roles = Object.keys(ROLES) as Role[];
  return {
    state: root,
    mode: topology.mode,
    profile: topology.profile,
    programs: host.programs,
    release: await releaseOf(topology.members[0]),
    channel: CHANNEL,
    height,
    chaincode: { name: CHAINCODE, version, sequence, says },
    organisations,
    identities: Object.fromEntries(roles.map(role => [role, identity(role)])) as Record<Role, IdentitySummary>,
    nodes: [...(await host.running())].map(([name, pid]) => ({ name, pid })),
    seconds,
  };
}
