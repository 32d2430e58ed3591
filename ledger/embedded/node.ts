import { LedgerError } from "../errors.js";
import type { Command } from "../port.js";
import type { Chain } from "./chain.js";
import { loadContract, type LoadedContract } from "./contract.js";
import { placesIn, lockStore } from "./folder.js";
import { genesisRecord, signersFor } from "./genesis.js";
import { NODE_ROLE, type Signer } from "./identity.js";
import { Log, type LinePlace } from "./log.js";
import { DEFAULT_CHANNEL, type EmbeddedOptions } from "./options.js";
import { propose, transientTexts } from "./proposal.js";
import type { Request } from "./execution.js";
import { recover } from "./recovery.js";
import type { Store } from "./store.js";

/** Role that signs commands which name none. */
const DEFAULT_ROLE = "operator";

/** All that a writer of a ledger holds open. */
export interface LedgerNode {
  readonly folder: string;
  readonly log: Log;
  readonly store: Store;
  readonly chain: Chain;
  /** Where each block stands in the log, the first one at 0. */
  readonly places: LinePlace[];
  readonly signers: ReadonlyMap<string, Signer>;
  readonly contract: LoadedContract;
  readonly now: () => string;
}

/**
 * Opens a ledger's folder for writing and makes a new ledger where there is none.
 * @throws LedgerError `LEDGER_LOCKED` or `LEDGER_CORRUPT`.
 */
export async function openNode(folder: string, options: EmbeddedOptions = {}): Promise<LedgerNode> {
  const contract = await loadContract(options.contract);
  const store = await lockStore(folder);
  const places = placesIn(folder);
  let log: Log | undefined;
  try {
    log = await Log.open(places.log, { write: true, file: options.file });
    const recovered = await recover(folder, log, store);
    const { cosigners = [] } = options;
    const signers = await signersFor(places.keys, [NODE_ROLE, ...(options.roles ?? contract.roles), ...cosigners]);
    const now = options.now ?? (() => new Date().toISOString());
    const node: LedgerNode = { folder, log, store, ...recovered, signers, contract, now };
    if (node.chain.head.height === 0) await found(node, options);
    return node;
  } catch (error) {
    await log?.close();
    await store.close();
    throw error;
  }
}

/** Lets go of all that a writer holds; what was committed is on the disk before and after. */
export async function closeNode({ store, log, contract }: LedgerNode): Promise<void> {
  try {
    await store.close();
  } finally {
    await log.close();
    await contract.close();
  }
}

/** Signs a command in the name of its role. */
export function requestFor(node: Pick<LedgerNode, "chain" | "signers" | "now">, command: Command): Request {
  const { chain, signers, now } = node;
  const role = command.as ?? DEFAULT_ROLE;
  const [signer, creator] = [signers.get(role), chain.identity(role)];
  if (signer === undefined || creator === undefined) {
    const known = chain.genesis.identities.map(identity => identity.role).join(", ");
    throw new LedgerError("LEDGER_FORBIDDEN", `This ledger has no identity for the role ${role}; it has ${known}.`);
  }
  const proposal = propose(command, signer, now());
  return { proposal, transient: transientTexts(command), creator, channel: chain.genesis.channel };
}

/** Those who sign blocks. */
export function sealersOf({ chain, signers }: LedgerNode): Signer[] {
  return chain.genesis.signers.flatMap(role => signers.get(role) ?? []);
}

async function found(node: LedgerNode, { channel = DEFAULT_CHANNEL, cosigners = [] }: EmbeddedOptions): Promise<void> {
  const { block, hash, line } = genesisRecord(node.signers, { channel, cosigners, time: node.now() });
  node.places.push(await node.log.append(line, "the first block"));
  node.chain.extend(block, hash);
  node.store.write(node.chain.head, []);
}
