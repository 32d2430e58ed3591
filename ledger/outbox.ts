import type { ClearedRound, Receipt } from "gridloom-settlement/rules";

/** A round on its way to the ledger, and the receipt that it must get. Plain data. */
export interface Entry {
  readonly round: ClearedRound;
  readonly receipt: Receipt;
}

/** Rounds that were handed over and are not known to be committed, oldest first. Plain data, part of a checkpoint. */
export interface Outbox {
  /** How many may wait before whoever hands over has to. */
  readonly limit: number;
  readonly waiting: Entry[];
}

/** An outbox with nothing in it. */
export function createOutbox(limit: number): Outbox {
  return { limit, waiting: [] };
}

/** True when whoever hands rounds over has to wait. */
export function isFull({ limit, waiting }: Outbox): boolean {
  return waiting.length >= limit;
}

/**
 * Takes the rounds of these receipts out.
 * @returns the first receipt that is not the one that its round must get, with that one; undefined when all are right.
 */
export function acknowledge(outbox: Outbox, receipts: readonly Receipt[]): Mismatch | undefined {
  let mismatch: Mismatch | undefined;
  for (const receipt of receipts) {
    const expected = forget(outbox, receipt)?.receipt;
    if (expected !== undefined && !isSameReceipt(expected, receipt)) mismatch ??= { expected, receipt };
  }
  return mismatch;
}

/** Takes a round out, whatever became of it. @returns what stood there. */
export function forget({ waiting }: Outbox, { market, period }: RoundName): Entry | undefined {
  const place = waiting.findIndex(({ round }) => round.market === market && round.period === period);
  return place < 0 ? undefined : waiting.splice(place, 1)[0];
}

/** A receipt that differs from the one that its round must get. */
export interface Mismatch {
  readonly expected: Receipt;
  readonly receipt: Receipt;
}

type RoundName = Pick<ClearedRound, "market" | "period">;

function isSameReceipt(one: Receipt, other: Receipt): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Receipt>;
  return [...keys].every(key => one[key] === other[key]);
}

/** What one transaction may carry. */
export interface BatchLimits {
  readonly rounds: number;
  readonly bids: number;
}

/** Limits of the settlement contract. */
export const BATCH_LIMITS: BatchLimits = { rounds: 32, bids: 20_000 };

/** Places of the rounds that go together: the oldest, and those of the same market after it, as many as fit. */
export function nextBatch(rounds: readonly ClearedRound[], limits: BatchLimits = BATCH_LIMITS): number[] {
  const places: number[] = [];
  let bids = 0;
  for (let i = 0; i < rounds.length && places.length < limits.rounds; i++) {
    if (rounds[i].market !== rounds[0].market) continue;
    bids += rounds[i].bids.length;
    if (places.length > 0 && bids > limits.bids) break;
    places.push(i);
  }
  return places;
}
