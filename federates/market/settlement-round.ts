import type { Book, Clearing, ClearingRuleName } from "../../methods/index.js";

/**
 * A cleared round in the integers in which it cleared, for whoever settles it. Lists have one entry for each bid, buyers
 * first; plain data.
 */
export interface SettlementRound {
  /** Counts up by one from 0. */
  readonly period: number;
  readonly rule: ClearingRuleName;
  readonly priceCapNano: number;
  readonly priceNano: number;
  /** Number of bids to buy; the others are to sell. */
  readonly buyers: number;
  readonly bidders: readonly string[];
  readonly bidNano: readonly number[];
  readonly energyWh: readonly number[];
  readonly acceptedWh: readonly number[];
  /** What each bid's energy costs, decimal digits; only where trades have prices of their own. */
  readonly valuePico?: readonly string[];
  /** Only where the transformer is at its limit; the flow is negative out of the feeder. */
  readonly congestion?: { readonly flowWh: number; readonly outsidePriceNano: number };
}

/** What a round is told with besides its book. */
export type SettlementHead = Pick<SettlementRound, "period" | "rule" | "priceCapNano">;

/** The integers of a cleared round. */
export function settlementRound(
  { buyers, sellers }: Book,
  clearing: Clearing,
  { period, rule, priceCapNano }: SettlementHead,
): SettlementRound {
  const bids = [...buyers, ...sellers];
  const { congestion, trades } = clearing;
  const round: SettlementRound = {
    ...{ period, rule, priceCapNano },
    priceNano: clearing.priceNano,
    buyers: buyers.length,
    bidders: bids.map(bid => bid.bidder),
    bidNano: bids.map(bid => bid.priceNano),
    energyWh: bids.map(bid => bid.energyWh),
    acceptedWh: [...clearing.buyers.acceptedWh, ...clearing.sellers.acceptedWh],
  };
  if (trades !== undefined)
    return { ...round, valuePico: [...clearing.buyers.valuePico, ...clearing.sellers.valuePico].map(String) };
  if (congestion === undefined) return round;
  const { direction, flowWh, outsidePriceNano } = congestion;
  return { ...round, congestion: { flowWh: direction === "import" ? flowWh : -flowWh, outsidePriceNano } };
}
