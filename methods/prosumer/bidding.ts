import type { HouseBid } from "../market/index.js";

/** What a house knows when it bids. */
export interface HouseOutlook {
  readonly house: string;
  /** Dc power of the array, V × I. */
  readonly pvDcKw: number;
  readonly inverterEfficiency: number;
  /** Load other than cooling. */
  readonly unresponsiveKw: number;
  readonly coolingNeeded: boolean;
  /** What cooling draws while it runs. */
  readonly hvacKw: number;
  /** What the house would sell and buy at. */
  readonly sellerPriceUsdPerKwh: number;
  readonly buyerPriceUsdPerKwh: number;
}

/** How households form their bids: each entry is a decision on which the published variants and the corrected one differ. */
export interface BiddingRules {
  /** Surplus is sold in whole multiples of this. */
  readonly packetKw: number;
  /** Power that every house takes its cooling to draw; undefined: its own. */
  readonly assumedHvacKw: number | undefined;
  /** Whether solar supply is what the inverter delivers, or the array's dc power. */
  readonly countsInverter: boolean;
  /** Whether a buyer whose base load is covered by its own sun takes part in the market. */
  readonly coveredBuyersTrade: boolean;
  /** Own sun first: purchases and uncovered demand are what it lacks; else they are whole packets and the whole load. */
  readonly netsOwnSun: boolean;
}

/** PET: constant 3 kW of cooling; a guard keeps covered buyers off the market, though they obey its price later. */
export const publishedPetRules: BiddingRules = {
  ...{ packetKw: 1, assumedHvacKw: 3, countsInverter: false, coveredBuyersTrade: false, netsOwnSun: false },
};

/** PET with learned prices: the same without the guard. */
export const publishedLearningRules: BiddingRules = { ...publishedPetRules, coveredBuyersTrade: true };

/** Each house's own cooling power, what its inverter can deliver, all buyers in the market, own sun used first. */
export const correctedRules: BiddingRules = {
  ...{ packetKw: 1, assumedHvacKw: undefined, countsInverter: true, coveredBuyersTrade: true, netsOwnSun: true },
};

/** A house's bid with what later control needs to know of it. */
export interface FormedBid extends HouseBid {
  readonly coolingNeeded: boolean;
  /** Whether the house's own sun covers its load other than cooling (buyers), or all of it (others). */
  readonly baseCovered: boolean;
}

/** What the house's array can deliver, as the rules count it, kW. */
export function solarKw(outlook: HouseOutlook, rules: BiddingRules): number {
  return outlook.pvDcKw * (rules.countsInverter ? outlook.inverterEfficiency : 1);
}

/** What the house's cooling draws, as the rules take it, kW. */
export function coolingKw(outlook: HouseOutlook, rules: BiddingRules): number {
  return rules.assumedHvacKw ?? outlook.hvacKw;
}

/**
 * Forms a house's bid in a round: it sells its surplus in whole packets, buys what its cooling lacks, or stays out.
 * Without enough sun for its other load it buys all of its cooling, and the rest is demand at any price.
 */
export function formBid(outlook: HouseOutlook, rules: BiddingRules): FormedBid {
  const { unresponsiveKw, coolingNeeded } = outlook;
  const solar = solarKw(outlook, rules);
  const cooling = coolingKw(outlook, rules);
  const surplusKw = solar - unresponsiveKw - (coolingNeeded ? cooling : 0);
  const packetsKw = Math.floor(surplusKw / rules.packetKw) * rules.packetKw;
  const sellerPrice = outlook.sellerPriceUsdPerKwh;
  const buyerPrice = outlook.buyerPriceUsdPerKwh;
  if (packetsKw > 0)
    return bidOf(outlook, { role: "seller", price: sellerPrice, quantityKw: packetsKw, uncoveredKw: 0 });
  if (surplusKw >= 0) return bidOf(outlook, { role: "none-participant", price: 0, quantityKw: 0, uncoveredKw: 0 });
  const uncoveredKw = unresponsiveKw - (rules.netsOwnSun ? solar : 0);
  if (!coolingNeeded) return bidOf(outlook, { role: "buyer", price: 0, quantityKw: 0, uncoveredKw }, false);
  if (solar < unresponsiveKw)
    return bidOf(outlook, { role: "buyer", price: buyerPrice, quantityKw: cooling, uncoveredKw }, false);
  const quantityKw = rules.netsOwnSun ? -surplusKw : -packetsKw;
  const covered = bidOf(outlook, { role: "buyer", price: buyerPrice, quantityKw, uncoveredKw: 0 });
  return rules.coveredBuyersTrade ? covered : { ...covered, trades: false };
}

/** What the market hears of a house that stays out of it: its demand, cooling included, at any price. */
export function abstain(outlook: HouseOutlook, rules: BiddingRules): FormedBid {
  const cooling = outlook.coolingNeeded ? coolingKw(outlook, rules) : 0;
  const ownKw = rules.netsOwnSun ? solarKw(outlook, rules) : 0;
  const uncoveredKw = Math.max(0, outlook.unresponsiveKw + cooling - ownKw);
  return { ...bidOf(outlook, { role: "none-participant", price: 0, quantityKw: 0, uncoveredKw }), trades: false };
}

interface Offer {
  readonly role: FormedBid["role"];
  readonly price: number;
  readonly quantityKw: number;
  readonly uncoveredKw: number;
}

function bidOf({ house, coolingNeeded }: HouseOutlook, offer: Offer, baseCovered = true): FormedBid {
  return {
    house,
    role: offer.role,
    priceUsdPerKwh: offer.price,
    quantityKw: offer.quantityKw,
    uncoveredKw: offer.uncoveredKw,
    trades: true,
    coolingNeeded,
    baseCovered,
  };
}
