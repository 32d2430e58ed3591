import type { LedgerFault, Verification } from "../port.js";
import type { BlockTransaction, LogRecord, PrivateTransaction } from "./block.js";
import { Chain, versionedWrites } from "./chain.js";
import { loadContract } from "./contract.js";
import type { Dispatcher } from "./dispatcher.js";
import { execute, toPrivate, toTransaction } from "./execution.js";
import { placesIn } from "./folder.js";
import { NODE_ROLE, publicKeyOf, readSigners, type Identity } from "./identity.js";
import { Log } from "./log.js";
import type { LedgerNode } from "./node.js";
import type { EmbeddedOptions } from "./options.js";
import { checkProposal } from "./proposal.js";
import { memoryState, Overlay, sameVersion, type Version } from "./state.js";
import { Store } from "./store.js";
import type { KeyObject } from "node:crypto";

/** What an examination needs. */
export interface Subject {
  readonly log: Log;
  readonly dispatcher: Dispatcher;
  /** The state beside the log; without it a shortened log looks whole. */
  readonly store?: Store;
  /** The node's public key, if its key stands in the folder. */
  readonly nodeKey?: string;
}

/** Examines a ledger that nobody writes, or that another process writes; never changes its log. */
export async function verifyFolder(folder: string, options: EmbeddedOptions = {}): Promise<Verification> {
  const contract = await loadContract(options.contract);
  const places = placesIn(folder);
  const log = await Log.open(places.log);
  const store = await Store.open(places.state).catch(() => undefined);
  try {
    const nodeKey = (await readSigners(places.keys)).get(NODE_ROLE)?.publicKey;
    const verification = await verifyLog({ log, dispatcher: contract.dispatcher, store, nodeKey });
    const unchecked = "the state beside the log, which another process has open";
    return store === undefined ? { ...verification, unchecked } : verification;
  } finally {
    await store?.close();
    await log.close();
    await contract.close();
  }
}

/** Examines a ledger that is open for writing. */
export function verifyNode({ log, contract, store, signers }: LedgerNode): Promise<Verification> {
  const { dispatcher } = contract;
  return verifyLog({ log, dispatcher, store, nodeKey: signers.get(NODE_ROLE)?.publicKey });
}

/**
 * Follows the log from its first block: hashes, links, signatures of the node and of those who called; carries every
 * command out again and compares all that it read, wrote, answered and told; and compares the state that results
 * with the one that is stored. Ends at the first block that is not right.
 */
export async function verifyLog(subject: Subject): Promise<Verification> {
  const examination = new Examination(subject);
  const { log, store } = subject;
  for await (const line of log.lines()) {
    const height = examination.chain.head.height + 1;
    if (line.torn && store !== undefined && height > store.head.height) break;
    try {
      await examination.examine(examination.chain.follow(line));
    } catch (error) {
      return failed(height, (error as Error).message);
    }
  }
  const { head } = examination.chain;
  const fault = store && (await compareStore(store, examination));
  return fault === undefined
    ? { ok: true, height: head.height, faults: [] }
    : { ...failed(fault.height, fault.problem) };
}

/** A ledger that is carried out again. */
class Examination {
  readonly chain = new Chain();
  readonly state = memoryState();
  readonly #keys = new Map<string, KeyObject>();
  readonly #seen = new Set<string>();

  constructor(readonly subject: Subject) {}

  /** @throws Error saying what is not right. */
  async examine(record: LogRecord): Promise<void> {
    this.#checkNode(record);
    const view = new Overlay(this.state);
    const { height, transactions } = record.block;
    for (const [index, transaction] of transactions.entries()) {
      const hidden = Object.hasOwn(record.privatePart, index) ? record.privatePart[index] : undefined;
      await this.#repeat(transaction, hidden, view, { height, index });
    }
    for (const [write, version] of versionedWrites(record)) this.state.write([write], version);
  }
  async #repeat(
    transaction: BlockTransaction,
    hidden: PrivateTransaction | undefined,
    view: Overlay,
    version: Version,
  ) {
    const { proposal } = transaction;
    const creator = this.#creatorOf(transaction);
    const transient = hidden?.transient ?? {};
    checkProposal(proposal, transient, this.#keyOf(creator));
    if (this.#seen.has(proposal.id)) throw new Error(`proposal ${proposal.id} was carried out before`);
    this.#seen.add(proposal.id);
    const { channel } = this.chain.genesis;
    const execution = await execute(this.subject.dispatcher, { proposal, transient, creator, channel }, view);
    const again = toTransaction(proposal, execution, "VALID");
    const differs = partsThatDiffer(transaction, again);
    if (JSON.stringify(toPrivate(transient, execution)) !== JSON.stringify(hidden)) differs.push("private writes");
    if (differs.length > 0) {
      throw new Error(`${proposal.args[0]}, carried out again, gives another ${differs.join(", another ")}`);
    }
    view.write(execution.readWriteSet.writes, version);
  }

  #creatorOf({ proposal }: BlockTransaction): Identity {
    const creator = this.chain.identity(proposal.creator);
    if (creator === undefined) throw new Error(`nobody with the role ${proposal.creator} is known`);
    return creator;
  }

  #keyOf(identity: Identity): KeyObject {
    let key = this.#keys.get(identity.role);
    if (key === undefined) this.#keys.set(identity.role, (key = publicKeyOf(identity)));
    return key;
  }

  #checkNode({ block }: LogRecord): void {
    const { nodeKey } = this.subject;
    const claimed = block.genesis?.identities.find(({ role }) => role === NODE_ROLE)?.publicKey;
    if (nodeKey !== undefined && claimed !== undefined && claimed !== nodeKey) {
      throw new Error("it names another node than the one whose key stands beside the log");
    }
  }
}

function partsThatDiffer(one: BlockTransaction, other: BlockTransaction): string[] {
  const parts = ["verdict", "result", "reads", "writes", "event"] as const;
  return parts.filter(part => JSON.stringify(one[part]) !== JSON.stringify(other[part]));
}

/** A store that is behind is no fault: it is written again from the log when the ledger is opened. */
async function compareStore(store: Store, { chain, state }: Examination): Promise<LedgerFault | undefined> {
  const { height, hash } = store.head;
  if (height > chain.head.height) {
    return { height: chain.head.height + 1, problem: `it is missing, and the state has blocks up to ${height}` };
  }
  if (height < chain.head.height) return undefined;
  if (hash !== chain.head.hash) return { height, problem: "the state has another block there" };
  let stored = 0;
  for await (const [namespace, { key, value, version }] of store.entries()) {
    stored++;
    const entry = state.get(namespace, key);
    if (entry === undefined || !entry.value.equals(value) || !sameVersion(entry.version, version)) {
      return { height: version.height, problem: `the state has another value of ${JSON.stringify(key)}` };
    }
  }
  const expected = [...state.entries()].length;
  return stored === expected ? undefined : { height, problem: `the state has ${stored} entries, and not ${expected}` };
}

function failed(height: number, problem: string): Verification {
  return { ok: false, height: height - 1, faults: [{ height, problem }] };
}
