import type { BlockTransaction, PrivateTransaction, SignedProposal } from "./block.js";
import { isPrivate, toWritten } from "./block.js";
import { callerOf, type Dispatcher } from "./dispatcher.js";
import type { Identity } from "./identity.js";
import { transientBytes, type TransientTexts } from "./proposal.js";
import { digestOfReads, type ReadWriteSet } from "./rwset.js";
import type { StateView } from "./state.js";
import { Stub, type ContractEvent } from "./stub.js";

/** A proposal with all that its simulation needs. */
export interface Request {
  readonly proposal: SignedProposal;
  readonly transient: TransientTexts;
  readonly creator: Identity;
  readonly channel: string;
}

/** What a simulation brought: Fabric's endorsement without the endorser. */
export interface Execution {
  readonly result: string;
  readonly readWriteSet: ReadWriteSet;
  readonly event: ContractEvent | undefined;
}

/**
 * Simulates a proposal on a state and writes nothing.
 * @throws LedgerError when the contract refuses.
 */
export async function execute(dispatcher: Dispatcher, request: Request, state: StateView): Promise<Execution> {
  const { proposal, transient, creator, channel } = request;
  const invocation = {
    transactionId: proposal.id,
    channel,
    creator: { mspid: creator.mspid, idBytes: Buffer.from(creator.publicKey) },
    args: proposal.args,
    transient: transientBytes(transient),
    time: proposal.time,
  };
  const stub = new Stub(invocation, state);
  const result = await dispatcher.invoke(stub, callerOf(creator));
  return { result, readWriteSet: stub.readWriteSet, event: stub.event };
}

/** True when a simulation leaves nothing behind that a block could hold. */
export function isEmpty({ readWriteSet, event }: Execution): boolean {
  return readWriteSet.writes.length === 0 && event === undefined;
}

/** A simulation as a block has it. */
export function toTransaction(proposal: SignedProposal, execution: Execution, verdict: string): BlockTransaction {
  const { result, readWriteSet, event } = execution;
  return {
    proposal,
    verdict,
    result,
    reads: digestOfReads(readWriteSet),
    writes: readWriteSet.writes.filter(write => !isPrivate(write)).map(toWritten),
    ...(event && { event: { name: event.name, payload: event.payload.toString() } }),
  };
}

/** The private part of a transaction; undefined where there is none. */
export function toPrivate(transient: TransientTexts, { readWriteSet }: Execution): PrivateTransaction | undefined {
  const writes = readWriteSet.writes.filter(isPrivate).map(toWritten);
  return writes.length === 0 && Object.keys(transient).length === 0 ? undefined : { transient, writes };
}
