import { LedgerError } from "../errors.js";
import { Chain, corrupt, versionedWrites } from "./chain.js";
import type { LinePlace, Log, LogLine } from "./log.js";
import type { Store } from "./store.js";

/** A ledger as it stands on the disk, log and state at the same block. */
export interface Recovered {
  readonly chain: Chain;
  /** Where each block stands in the log, the first one at 0. */
  readonly places: LinePlace[];
}

/**
 * Follows the whole log, cuts off a torn last line, and writes what the state lacks.
 * @throws LedgerError `LEDGER_CORRUPT` naming the block when the log is not what was written.
 */
export async function recover(folder: string, log: Log, store: Store): Promise<Recovered> {
  const chain = new Chain();
  const places: LinePlace[] = [];
  for await (const line of log.lines()) {
    const height = places.length + 1;
    if (line.torn && height > store.head.height) {
      await log.truncate(line.offset);
      break;
    }
    replay(folder, chain, line, store);
    places.push({ offset: line.offset, length: line.length });
  }
  if (places.length < store.head.height) {
    throw corrupt(folder, places.length + 1, `it is missing, and the state has blocks up to ${store.head.height}`);
  }
  return { chain, places };
}

function replay(folder: string, chain: Chain, line: LogLine, store: Store): void {
  const height = chain.head.height + 1;
  try {
    const record = chain.follow(line);
    const { head } = store;
    if (height === head.height && chain.head.hash !== head.hash) throw new Error("the state has another block there");
    if (height > head.height) store.write(chain.head, versionedWrites(record));
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw corrupt(folder, height, (error as Error).message);
  }
}
