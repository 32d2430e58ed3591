import type { RuleName } from "./round.js";

/** How the price of a `uniform` round is checked: recomputed by one of two declared rules, or only bounded. */
export const pricings = ["corrected", "published", "interval"] as const;
export type Pricing = (typeof pricings)[number];

/** What a market promises its participants. Integers are decimal strings. */
export interface MarketTerms {
  readonly rule: RuleName;
  readonly pricing: Pricing;
  /** ISO time at which period 0 closes. */
  readonly start: string;
  readonly periodSeconds: string;
  /** 1e-12 currency per Wh; no bid and no price lies beyond ± it. */
  readonly priceCap: string;
  /** Wh that a single bid may ask for at most. */
  readonly maxEnergy: string;
  /** 1e-12 currency that buyers pay for each Wh besides its price. */
  readonly fee: string;
  /** Participant that receives fees and congestion rent. */
  readonly operator: string;
  /** Whether bids are covered by what the account has, or by what was held for the round. */
  readonly escrow: "balance" | "hold";
  /** Whether every bid must have been sealed and revealed before. */
  readonly sealed: "no" | "yes";
  readonly transformer?: Transformer;
}

/** Limit of what may flow between the feeder and the world outside in a period, Wh. */
export interface Transformer {
  readonly importLimit: string;
  readonly exportLimit: string;
  /** Participants on the far side. */
  readonly outside: readonly string[];
}
