import type { HouseBid } from "../market/index.js";
import { type HvacAgent, rampPriceUsdPerKwh } from "./hvac-agent.js";
import { initialStatistics } from "./price-statistics.js";

/** One house's trade in a round that has cleared. */
export interface HouseTrade {
  readonly bid: Pick<HouseBid, "role" | "priceUsdPerKwh" | "quantityKw">;
  readonly clearingPriceUsdPerKwh: number;
  /** Power that the market accepted of this bid. */
  readonly acceptedKw: number;
  /** What a kWh of cooling is worth to the house: `coolingValueUsdPerKwh`. */
  readonly valueUsdPerKwh: number;
}

/** What a learning household is rewarded for. */
export type RewardRule = (trade: HouseTrade) => number;

/** Price below which the published seller is told that it loses. */
const PUBLISHED_SELLER_COST = 0.05;

/**
 * What a kWh of cooling is worth to a house that is so much warmer than its set-point: its published price ramp, whose mean and
 * deviation stay, so that no bid and no price changes what it is worth.
 */
export function coolingValueUsdPerKwh(agent: HvacAgent, excessF: number): number {
  return rampPriceUsdPerKwh(agent, excessF, initialStatistics);
}

/**
 * Gain of a trade in USD/h: what accepted cooling is worth less its price, or the price of accepted solar energy, which costs
 * nothing to deliver.
 */
export function tradeGain({ bid, clearingPriceUsdPerKwh, acceptedKw, valueUsdPerKwh }: HouseTrade): number {
  if (bid.role === "seller") return acceptedKw * clearingPriceUsdPerKwh;
  return bid.role === "buyer" ? acceptedKw * (valueUsdPerKwh - clearingPriceUsdPerKwh) : 0;
}

/** The gain in US cent/h, so that a usual reward is of the order of 1. */
export const gainReward: RewardRule = trade => 100 * tradeGain(trade);

/**
 * The published reward. A seller that wins gets its quantity times the price beyond 0.05 USD/kWh, else it loses 0.05 for each kW;
 * a buyer gets 1 or loses 1. Winning is a comparison of prices, whatever was accepted.
 */
export const publishedReward: RewardRule = ({ bid, clearingPriceUsdPerKwh }) => {
  const { role, priceUsdPerKwh, quantityKw } = bid;
  if (role === "buyer") return priceUsdPerKwh >= clearingPriceUsdPerKwh ? 1 : -1;
  if (priceUsdPerKwh > clearingPriceUsdPerKwh) return -PUBLISHED_SELLER_COST * quantityKw;
  return quantityKw * (clearingPriceUsdPerKwh - PUBLISHED_SELLER_COST);
};
