import { LedgerError } from "../errors.js";
import type { LedgerEvent } from "../port.js";
import type { LogRecord } from "./block.js";

/** Events of a block in the order of its transactions. */
export function eventsIn({ block }: LogRecord): LedgerEvent[] {
  const position = String(block.height);
  return block.transactions.flatMap(({ verdict, event }) =>
    verdict === "VALID" && event !== undefined ? [{ position, ...event }] : [],
  );
}

/**
 * Height that a position stands for; the empty position lies before the first block.
 * @throws LedgerError `LEDGER_REFUSED` for what is no position of this ledger.
 */
export function heightOf(position: string, head: number): number {
  const height = /^\d{0,9}$/.test(position) ? Number(position) : NaN;
  if (height <= head) return height;
  throw new LedgerError("LEDGER_REFUSED", `${position} is no position of this ledger, which has ${head} blocks.`);
}

/** Asks for events after a position; resolves when there are some, and with none when the ledger closes. */
export type NextEvents = (after: string) => Promise<readonly LedgerEvent[]>;

/** Goes on from event to event. */
export async function* followEvents(next: NextEvents, from = ""): AsyncGenerator<LedgerEvent, void> {
  for (let after = from; ;) {
    const events = await next(after);
    if (events.length === 0) return;
    yield* events;
    after = events[events.length - 1].position;
  }
}
