import type { ClearedRound, Receipt } from "gridloom-settlement/rules";
import type { PlainLedgerError } from "../errors.js";
import type { LedgerDriver } from "../open-ledger.js";
import type { Accounts, MarketOpening } from "./opening.js";

/** What a clerk is told when its thread starts. */
export interface ClerkOrder extends Accounts {
  readonly driver: LedgerDriver;
  /** Folder of the ledger, or of what leads to it. */
  readonly folder: string;
  /** File that describes the network of a ledger that needs one. */
  readonly network?: string;
  readonly markets: readonly MarketOpening[];
}

/** To the clerk. */
export type ToClerk = { readonly kind: "settle"; readonly round: ClearedRound } | { readonly kind: "close" };

/** From the clerk. After `failed` it goes on with the rounds that it is told next. */
export type FromClerk =
  | { readonly kind: "settled"; readonly receipts: readonly Receipt[] }
  | { readonly kind: "failed"; readonly error: PlainLedgerError }
  | { readonly kind: "closed" };
