import { type MarketCondition, toNano } from "../market/index.js";
import { type BiddingRules, coolingKw, type FormedBid, type HouseOutlook, solarKw } from "./bidding.js";

/** What a house does until the next round. */
export interface HouseControl {
  /** Power asked of the inverter. */
  readonly pvKw: number;
  /** Part of the period in which cooling may run, 0 to 1. */
  readonly coolingShare: number;
}

/** One house after the round. */
export interface HouseResult {
  readonly outlook: HouseOutlook;
  readonly bid: FormedBid;
  /** Power that the market accepted of this bid, kW. */
  readonly acceptedKw: number;
}

/** What the published control looks at in a round. */
export interface RoundResult {
  readonly clearingPriceUsdPerKwh: number;
  readonly condition: MarketCondition;
  /** `PublishedMarginal.quantityWh` of the round, as power. */
  readonly publishedMarginalKw: number;
}

/**
 * Control from the accepted energy: a seller delivers its own load and its own allocation; a buyer cools for the part of the
 * period that its allocation and its own sun pay for; nobody's inverter is asked for more than its array can give.
 */
export function correctedControl({ outlook, bid, acceptedKw }: HouseResult, rules: BiddingRules): HouseControl {
  const availableKw = solarKw(outlook, rules);
  const { unresponsiveKw } = outlook;
  const cooling = coolingKw(outlook, rules);
  if (bid.role !== "buyer") {
    const coolingShare = bid.coolingNeeded ? 1 : 0;
    const wantedKw = unresponsiveKw + coolingShare * cooling + (bid.role === "seller" ? acceptedKw : 0);
    return { pvKw: Math.min(availableKw, wantedKw), coolingShare };
  }
  const coolingShare = bid.quantityKw > 0 ? Math.min(1, acceptedKw / bid.quantityKw) : 0;
  return { pvKw: Math.min(availableKw, unresponsiveKw + coolingShare * cooling), coolingShare };
}

/**
 * Control of the published PET cases, to the letter. It compares the house's price with the clearing price instead of looking
 * at what was accepted. A seller at the clearing price delivers the whole market's marginal quantity, without a look at its
 * array; an uncovered buyer's inverter is switched off while the sun shines.
 */
export function publishedControl(house: HouseResult, round: RoundResult, rules: BiddingRules): HouseControl {
  const { outlook, bid } = house;
  const { unresponsiveKw } = outlook;
  const cooling = coolingKw(outlook, rules);
  const wins = toNano(bid.priceUsdPerKwh) >= toNano(round.clearingPriceUsdPerKwh);
  if (bid.role === "buyer") {
    if (!bid.coolingNeeded) return { pvKw: 0, coolingShare: 0 };
    const coolingShare = wins ? 1 : 0;
    if (!bid.baseCovered) return { pvKw: 0, coolingShare };
    return { pvKw: unresponsiveKw + (wins ? Math.max(cooling - bid.quantityKw, 0) : 0), coolingShare };
  }
  const coolingShare = bid.coolingNeeded ? 1 : 0;
  const ownKw = unresponsiveKw + coolingShare * cooling;
  return { pvKw: ownKw + (bid.role === "seller" ? publishedSaleKw(bid, round) : 0), coolingShare };
}

function publishedSaleKw(bid: FormedBid, round: RoundResult): number {
  const beyondNano = toNano(bid.priceUsdPerKwh) - toNano(round.clearingPriceUsdPerKwh);
  if (round.condition === "flexible-generation" || beyondNano < 0) return bid.quantityKw;
  return beyondNano > 0 ? 0 : round.publishedMarginalKw;
}
