import { createOutbox, type Outbox } from "../../ledger/index.js";
import { noTotals, type Totals } from "./book-keeping.js";
import type { SettlementParams } from "./params.js";

/** Everything that settlement remembers: plain data. */
export interface SettlementState {
  readonly params: SettlementParams;
  readonly markets: readonly MarketState[];
  readonly totals: Totals;
  /** Digests of all receipts in their order. */
  readonly digests: string[];
  readonly outbox: Outbox;
}

export interface MarketState {
  readonly name: string;
  /** Period that is settled next. */
  next: number;
  readonly totals: Totals;
}

/** Before the first round. */
export function createSettlement(params: SettlementParams): SettlementState {
  const markets = Object.keys(params.markets).map(name => ({ name, next: 0, totals: noTotals() }));
  return { params, markets, totals: noTotals(), digests: [], outbox: createOutbox(params.outboxRounds) };
}
