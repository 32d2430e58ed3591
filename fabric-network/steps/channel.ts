import type { Host } from "../host/host.js";
import { administrator, LAYOUT, nodeFolder, tlsRoot } from "../layout.js";
import { retry } from "../retry.js";
import { addressOf, CHANNEL, hostOf, type Member, type Topology } from "../topology.js";

const PATIENCE = { forSeconds: 30, restMs: 50 };
const ALREADY = /already (?:exists|joined)/;

/** Joins every orderer and every peer to the channel; those that have joined stay as they are. */
export async function joinChannel(topology: Topology, host: Host): Promise<void> {
  const { ordering, members } = topology;
  const admin = `${administrator(ordering)}/tls`;
  const orderers = ordering.orderers.map(orderer =>
    attempt(orderer.name, () =>
      host.tool("osnadmin", [
        ...["channel", "join", "--channelID", CHANNEL, "--config-block", LAYOUT.genesis],
        ...["--orderer-address", `${hostOf(topology, orderer)}:${orderer.ports.admin}`, "--ca-file", tlsRoot(ordering)],
        ...["--client-cert", `${admin}/client.crt`, "--client-key", `${admin}/client.key`],
      ]),
    ),
  );
  const peers = members.map(member =>
    attempt(member.peer.name, () =>
      host.tool("peer", ["channel", "join", "-b", LAYOUT.genesis], asAdministrator(topology, member, host)),
    ),
  );
  await Promise.all([...orderers, ...peers]);
}

function attempt(name: string, join: () => Promise<string>): Promise<unknown> {
  return retry({ what: `the channel on ${name}`, ...PATIENCE }, () =>
    join().catch((error: unknown) => {
      if (error instanceof Error && ALREADY.test(error.message)) return "";
      throw error;
    }),
  );
}

/** Environment in which the program `peer` acts as a member's administrator on the member's peer. */
export function asAdministrator(topology: Topology, member: Member, { root }: Host): Readonly<Record<string, string>> {
  return {
    FABRIC_CFG_PATH: `${root}/${nodeFolder(member.peer.name)}`,
    FABRIC_LOGGING_SPEC: "error",
    CORE_PEER_LOCALMSPID: member.mspId,
    CORE_PEER_ADDRESS: addressOf(topology, member.peer),
    CORE_PEER_MSPCONFIGPATH: `${root}/${administrator(member)}/msp`,
    CORE_PEER_TLS_ENABLED: "true",
    CORE_PEER_TLS_ROOTCERT_FILE: `${root}/${tlsRoot(member)}`,
  };
}

/** Number of blocks that a member's peer holds. */
export async function blockHeight(topology: Topology, member: Member, host: Host): Promise<number> {
  const environment = asAdministrator(topology, member, host);
  const answer = await host.tool("peer", ["channel", "getinfo", "-c", CHANNEL], environment);
  const { height } = JSON.parse(answer.slice(answer.indexOf("{"))) as { readonly height: number };
  return height;
}
