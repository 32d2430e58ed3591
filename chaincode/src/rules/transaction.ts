import type { Verifier } from "./signing.js";
import type { State } from "./state.js";

/** Roles, as certificates carry them in the attribute `gridloom.role`; one certificate may have several, with commas. */
export const roles = ["operator", "registrar", "treasury", "participant", "arbiter", "meter"] as const;
export type Role = (typeof roles)[number];

/** Who submits a transaction. */
export interface Caller {
  readonly mspId: string;
  readonly id: string;
  readonly roles: readonly string[];
}

/** What a transaction can reach: the state, its caller, and nothing else (no clock, no chance, no network). */
export interface Transaction {
  readonly state: State;
  readonly caller: Caller;
  /** Data that the transaction brings but the ledger does not keep. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
  readonly verifier: Verifier;
  /** Tells listeners, once at most; the payload is canonical JSON. */
  emit(event: string, payload: object): void;
}

/** A function of the contract. */
export interface ContractFunction {
  /** "query" writes nothing. */
  readonly kind: "transaction" | "query";
  /** Who may call it. */
  readonly roles: readonly Role[] | "anybody";
  /** Names of its arguments, all of them strings. */
  readonly args: readonly string[];
  /** Answers with canonical JSON. */
  run(transaction: Transaction, args: readonly string[]): Promise<string>;
}
