import type { Member, OrderingOrganisation } from "./topology.js";

/** Where everything lies inside the network's state folder; all paths are relative to it. */
export const LAYOUT = {
  setup: "network.json",
  summary: "summary.json",
  cryptoConfig: "crypto-config.yaml",
  channelConfig: "configtx.yaml",
  genesis: "genesis.block",
  compose: "docker-compose.yaml",
  log: "network.log",
  identities: "identities",
} as const;

/** What the generator of certificates makes for an organisation. */
export function cryptoFolder(organisation: OrderingOrganisation | Member): string {
  return `crypto/${"orderers" in organisation ? "orderer" : "peer"}Organizations/${organisation.domain}`;
}

/** Folder of a node: its configuration, keys, data, log and process id. */
export function nodeFolder(name: string): string {
  return `nodes/${name}`;
}

/** Certificate that vouches for an organisation's TLS certificates. */
export function tlsRoot(organisation: OrderingOrganisation | Member): string {
  return `${cryptoFolder(organisation)}/tlsca/tlsca.${organisation.domain}-cert.pem`;
}

/** An organisation's administrator: `msp` and `tls` lie in it. */
export function administrator(organisation: OrderingOrganisation | Member): string {
  return `${cryptoFolder(organisation)}/users/Admin@${organisation.domain}`;
}

/** Package that a member's peer installs. */
export function packageFile({ name }: Member): string {
  return `packages/${name}.tar.gz`;
}

/** Folder of a client identity: `cert.pem` and `key.pem`. */
export function identityFolder(role: string): string {
  return `${LAYOUT.identities}/${role}`;
}

/** Connection profile of a member, in the format of the older SDKs. */
export function connectionFile({ name }: Member): string {
  return `connection-${name}.json`;
}
