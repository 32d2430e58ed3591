import type { Bid, Book } from "./book.js";
import { toNano, toWh } from "./money.js";
import type { Behaviour } from "./price-rule.js";

/** A household's part in a round, before it becomes integers. */
export interface HouseBid {
  readonly house: string;
  readonly role: "seller" | "buyer" | "none-participant";
  readonly priceUsdPerKwh: number;
  readonly quantityKw: number;
  /** Demand that the house takes at any price because its own production does not cover it. */
  readonly uncoveredKw: number;
  /** Whether the bid goes to the market at all. */
  readonly trades: boolean;
}

/** Which kinds of households there are in a round, whether they trade or not; post-market control depends on it. */
export type MarketCondition = "double-auction" | "flexible-generation" | "flexible-load";

/** What a round is made of besides the households' bids. */
export interface RoundRules {
  readonly periodSeconds: number;
  readonly priceCapUsdPerKwh: number;
  /** The utility sells at this price … */
  readonly lmpUsdPerKwh: number;
  /** … this much less what the households offer. */
  readonly supplyCapacityKw: number;
  readonly feedIn?: FeedIn;
  readonly behaviour: Behaviour;
}

/** What the utility takes from the feeder, at the LMP less a discount. */
export interface FeedIn {
  readonly capacityKw: number;
  readonly discountUsdPerKwh: number;
}

/** Names of the two blocks that belong to no household. */
export const utilityName = "utility";
export const unresponsiveName = "unresponsive load";

/**
 * The book of one round: households' bids, one block of unresponsive load at the cap, the utility at the LMP, and what it
 * takes in.
 * Bids beyond the cap count as bids at the cap.
 * `published` takes no bid at a price of 0; `corrected` does.
 */
export function assembleBook(bids: readonly HouseBid[], rules: RoundRules): { book: Book; condition: MarketCondition } {
  const sellers = enter(bids, "seller", rules);
  const buyers = enter(bids, "buyer", rules);
  const condition = conditionOf(countRole(bids, "buyer"), countRole(bids, "seller"));
  const { periodSeconds, priceCapUsdPerKwh: cap } = rules;
  const uncoveredKw = bids.reduce((sum, bid) => sum + bid.uncoveredKw, 0);
  if (uncoveredKw > 0)
    buyers.push({ bidder: unresponsiveName, priceNano: toNano(cap), energyWh: toWh(uncoveredKw, periodSeconds) });
  const offeredWh = sellers.reduce((sum, bid) => sum + bid.energyWh, 0);
  sellers.push({
    bidder: utilityName,
    priceNano: toNano(within(cap, rules.lmpUsdPerKwh)),
    energyWh: Math.max(0, toWh(rules.supplyCapacityKw, periodSeconds) - offeredWh),
  });
  if (rules.feedIn !== undefined)
    buyers.push({
      bidder: utilityName,
      priceNano: toNano(within(cap, rules.lmpUsdPerKwh - rules.feedIn.discountUsdPerKwh)),
      energyWh: toWh(rules.feedIn.capacityKw, periodSeconds),
    });
  return { book: { buyers, sellers }, condition };
}

function within(cap: number, priceUsdPerKwh: number): number {
  return Math.min(cap, Math.max(-cap, priceUsdPerKwh));
}

function enter(bids: readonly HouseBid[], role: HouseBid["role"], rules: RoundRules): Bid[] {
  return bids
    .filter(bid => bid.trades && bid.role === role && bid.quantityKw > 0)
    .filter(bid => bid.priceUsdPerKwh > 0 || rules.behaviour === "corrected")
    .map(bid => ({
      bidder: bid.house,
      priceNano: toNano(Math.min(bid.priceUsdPerKwh, rules.priceCapUsdPerKwh)),
      energyWh: toWh(bid.quantityKw, rules.periodSeconds),
    }));
}

function countRole(bids: readonly HouseBid[], role: HouseBid["role"]): number {
  return bids.reduce((count, bid) => count + (bid.role === role ? 1 : 0), 0);
}

function conditionOf(buyers: number, sellers: number): MarketCondition {
  if (buyers === 0 && sellers > 0) return "flexible-generation";
  return buyers > 0 && sellers === 0 ? "flexible-load" : "double-auction";
}
