import type { LogFile } from "./log.js";

/** How an embedded ledger is opened. All of it can be sent to another thread, save `file` and `now`. */
export interface EmbeddedOptions {
  /** Package or module of the contract; the settlement contract unless said. */
  readonly contract?: string;
  /** Roles that the ledger makes keys for, when it is new; those of the contract unless said. */
  readonly roles?: readonly string[];
  /** Parties that sign every block beside the node, when the ledger is new. */
  readonly cosigners?: readonly string[];
  readonly channel?: string;
  /** The log's file, for tests of faulty disks. */
  readonly file?: LogFile;
  /** The node's clock, ISO; blocks have it, receipts never. */
  readonly now?: () => string;
}

export const DEFAULT_CHANNEL = "market";
