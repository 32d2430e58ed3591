import { asLedgerError, LedgerError } from "../errors.js";
import type { Command, Committed } from "../port.js";
import type { Block, BlockTransaction, PrivateTransaction } from "./block.js";
import { execute, isEmpty, toPrivate, toTransaction, type Execution, type Request } from "./execution.js";
import { requestFor, sealersOf, type LedgerNode } from "./node.js";
import { encodeRecord } from "./record.js";
import { validate } from "./rwset.js";
import { Overlay, type Version, type Write } from "./state.js";

/** A command with those who wait for it. */
export interface Job {
  readonly command: Command;
  readonly signal?: AbortSignal;
  resolve(committed: Committed): void;
  reject(error: LedgerError): void;
}

/** What became of a job before its block is on the disk. */
type Prospect = { readonly result: string; readonly replayed: boolean } | LedgerError;

/** A block in the making. */
interface Draft {
  readonly height: number;
  readonly view: Overlay;
  readonly transactions: BlockTransaction[];
  readonly hidden: Record<string, PrivateTransaction>;
  readonly writes: (readonly [Write, Version])[];
}

/**
 * Carries commands out one after the other, each on what the ones before have left, and puts them into one block,
 * so that many commands share one wait for the disk. What a command writes counts only when the block is on the disk.
 */
export async function makeBlock(node: LedgerNode, jobs: readonly Job[]): Promise<void> {
  const height = node.chain.head.height + 1;
  const draft: Draft = { height, view: new Overlay(node.store), transactions: [], hidden: {}, writes: [] };
  const prospects: Prospect[] = [];
  for (const job of jobs) prospects.push(await carryOut(node, job, draft).catch(asLedgerError));
  try {
    if (draft.transactions.length > 0) await commit(node, draft);
  } catch (error) {
    for (const job of jobs) job.reject(asLedgerError(error));
    return;
  }
  const position = String(node.chain.head.height);
  prospects.forEach((prospect, i) => {
    if (prospect instanceof LedgerError) jobs[i].reject(prospect);
    else jobs[i].resolve({ ...prospect, position });
  });
}

async function carryOut(node: LedgerNode, { command, signal }: Job, draft: Draft): Promise<Prospect> {
  if (signal?.aborted === true) throw new LedgerError("LEDGER_CLOSED", `${command.function} was called off in time.`);
  const request = requestFor(node, command);
  const execution = await execute(node.contract.dispatcher, request, draft.view);
  if (isEmpty(execution)) return { result: execution.result, replayed: true };
  await include(draft, request, execution);
  return { result: execution.result, replayed: false };
}

/** Adds a simulated command to the block, as a peer does when it commits: only if all that it read still stands. */
async function include(draft: Draft, { proposal, transient }: Request, execution: Execution): Promise<void> {
  const index = draft.transactions.length;
  const version = { height: draft.height, index };
  const verdict = await validate(execution.readWriteSet, draft.view);
  if (verdict !== "VALID") throw new LedgerError("LEDGER_FAILED", `${proposal.args[0]} read what changed: ${verdict}.`);
  draft.transactions.push(toTransaction(proposal, execution, verdict));
  const hidden = toPrivate(transient, execution);
  if (hidden !== undefined) draft.hidden[index] = hidden;
  const { writes } = execution.readWriteSet;
  draft.view.write(writes, version);
  for (const write of writes) draft.writes.push([write, version]);
}

async function commit(node: LedgerNode, { height, transactions, hidden, writes }: Draft): Promise<void> {
  const { chain, store, log, places } = node;
  const block: Block = {
    height,
    previousHash: chain.head.hash,
    time: node.now(),
    transactions,
    privateHash: "",
  };
  const { hash, line } = encodeRecord(block, hidden, sealersOf(node));
  places.push(await log.append(line, `block ${height}`));
  chain.extend(block, hash);
  store.write(chain.head, writes);
}
