/** One call of the settlement contract. */
export interface Command {
  /** A transaction of the contract: `Settle`, `Deposit`, `Balance`. */
  readonly function: string;
  readonly args: readonly string[];
  /** What the contract may read but no block holds: sealed bids. */
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  /** Role whose identity signs the call, as the contract's table of roles names it; `operator` unless said. */
  readonly as?: string;
}

/** A command that is on the ledger for good. */
export interface Committed {
  /** What the contract answered. */
  readonly result: string;
  /** Where the command's block lies; `events` reads on from here. Empty when the command changed nothing. */
  readonly position: string;
  /** True when the command had been carried out before: it wrote nothing this time. */
  readonly replayed: boolean;
}

/** What a committed command told the world. */
export interface LedgerEvent {
  /** Position of the block that holds the event. */
  readonly position: string;
  readonly name: string;
  readonly payload: string;
}

/** The newest block. */
export interface Head {
  /** Number of blocks. */
  readonly height: number;
  /** Hash of the newest block, in hex; of an empty ledger the empty text. */
  readonly hash: string;
}

/** A block that does not hold what it should. */
export interface LedgerFault {
  /** Block in question, counted from 1. */
  readonly height: number;
  readonly problem: string;
}

/** What an examination of the whole ledger found. */
export interface Verification {
  readonly ok: boolean;
  /** Blocks that were examined. */
  readonly height: number;
  readonly faults: readonly LedgerFault[];
  /** What this driver cannot examine by itself. */
  readonly unchecked?: string;
}

/**
 * A ledger that runs the settlement contract; every driver has the same answers to the same commands.
 * All methods reject with a `LedgerError`.
 */
export interface LedgerPort {
  /** Carries a command out and resolves when it is committed; the same command again gives the same answer. */
  submit(command: Command, signal?: AbortSignal): Promise<Committed>;
  /** Asks the contract; what it writes is dropped. */
  query(command: Command): Promise<string>;
  /** Committed events after a position, or from the first block; goes on for ever, until the reader returns or the port closes. */
  events(from?: string): AsyncIterable<LedgerEvent>;
  /** Examines the ledger from its first block. */
  verify(): Promise<Verification>;
  head(): Promise<Head>;
  close(): Promise<void>;
}
