import type { Host } from "../host/host.js";
import { packageFile, tlsRoot } from "../layout.js";
import { retry } from "../retry.js";
import { addressOf, CHAINCODE, CHANNEL, type Member, type Topology } from "../topology.js";
import { asAdministrator } from "./channel.js";

const PATIENCE = { forSeconds: 30, restMs: 50 };
/** A step that an earlier start has done. */
const DONE = /already successfully installed|unchanged content|new definition must be sequence/;

/** What is to be deployed. */
export interface Deployment {
  readonly version: string;
  /** Package id by member. */
  readonly packageIds: Readonly<Record<string, string>>;
}

/**
 * Installs, approves and commits the contract's version, unless the channel runs it; another version comes as the next sequence.
 * @returns The sequence that the channel runs.
 */
export async function deploy(topology: Topology, host: Host, { version, packageIds }: Deployment): Promise<number> {
  const { ordering, members } = topology;
  const current = await definition(topology, host);
  if (current?.version === version) return current.sequence;
  const sequence = (current?.sequence ?? 0) + 1;
  const orderer = [
    "-o",
    addressOf(topology, ordering.orderers[0]),
    "--tls",
    "--cafile",
    `${host.root}/${tlsRoot(ordering)}`,
  ];
  const what = ["--channelID", CHANNEL, "--name", CHAINCODE, "--version", version, "--sequence", String(sequence)];
  const lifecycle = (member: Member, verb: string, args: readonly string[]) =>
    once(`${verb} on ${member.peer.name}`, () =>
      host.tool("peer", ["lifecycle", "chaincode", verb, ...args], asAdministrator(topology, member, host)),
    );
  await Promise.all(
    members.map(async member => {
      await lifecycle(member, "install", [packageFile(member)]);
      await lifecycle(member, "approveformyorg", [...orderer, ...what, "--package-id", packageIds[member.name]]);
    }),
  );
  const peers = members.flatMap(member => [
    ...["--peerAddresses", addressOf(topology, member.peer), "--tlsRootCertFiles", `${host.root}/${tlsRoot(member)}`],
  ]);
  await lifecycle(members[0], "commit", [...orderer, ...what, ...peers]);
  return sequence;
}

function once(what: string, step: () => Promise<string>): Promise<unknown> {
  return retry({ what, ...PATIENCE }, () =>
    step().catch((error: unknown) => {
      if (error instanceof Error && DONE.test(error.message)) return "";
      throw error;
    }),
  );
}

async function definition(topology: Topology, host: Host) {
  const [member] = topology.members;
  const query = ["lifecycle", "chaincode", "querycommitted", "--channelID", CHANNEL, "--output", "json"];
  const answer = await host.tool("peer", query, asAdministrator(topology, member, host));
  const { chaincode_definitions: found = [] } = JSON.parse(answer) as Committed;
  return found.find(({ name }) => name === CHAINCODE);
}

interface Committed {
  readonly chaincode_definitions?: readonly {
    readonly name: string;
    readonly version: string;
    readonly sequence: number;
  }[];
}
