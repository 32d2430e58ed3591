import type { PlainLedgerError } from "../errors.js";
import type { LedgerPort } from "../port.js";
import type { EmbeddedOptions } from "./options.js";

/** How a ledger in a thread of its own is opened. */
export interface HostOrder {
  readonly folder: string;
  readonly options: EmbeddedOptions;
}

/** Methods that a ledger in another thread answers; events are asked for one block after the other. */
export type HostedMethod = Exclude<keyof LedgerPort, "events"> | "nextEvents";

/** A call of a method. */
export interface Call {
  readonly ticket: number;
  readonly method: HostedMethod;
  readonly args: readonly unknown[];
}

/** Answer to the call of the same ticket; ticket -1 answers the opening. */
export type Answer = { readonly ticket: number } & ({ readonly value: unknown } | { readonly error: PlainLedgerError });

export const OPENING = -1;
