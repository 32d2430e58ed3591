import type { Pricing } from "./market.js";

/** Where a side of a zone stops being served. */
export interface Margin {
  /** Wh. */
  readonly served: bigint;
  /** Price of the last bid that got something. */
  readonly last: bigint | undefined;
  /** Best price that was left with something. */
  readonly next: bigint | undefined;
  /** Energy of bids that take any price: buyers at the cap, sellers at minus the cap. */
  readonly atAnyPrice: bigint;
  /** Energy of bids at the cap, which the published rule takes for the same on both sides. */
  readonly atCap: bigint;
}

export interface Margins {
  readonly demand: Margin;
  readonly supply: Margin;
  readonly priceCap: bigint;
}

/** 1e-4 currency per kWh: how far a price stays from a bid that it must not activate. */
const step = 100_000n;

/**
 * Price of a zone in which something trades, by the rules of the GridLAB-D auction (Chassin, Schneider, Gerkensmeyer 2008):
 * that of the side that is cut, else the middle of the last bids, kept off those that were left over. Demand at any price that
 * is not met makes it the cap. "corrected" keeps it where nobody trades at a loss; "published" does not.
 */
export function declaredPrice(margins: Margins, pricing: Exclude<Pricing, "interval">): bigint {
  const { demand, supply, priceCap } = margins;
  const [buyer, seller] = [demand.last ?? priceCap, supply.last ?? -priceCap];
  const [eagerDemand, eagerSupply] = [demand.atAnyPrice, pricing === "published" ? supply.atCap : supply.atAnyPrice];
  if (demand.served < eagerDemand) return priceCap;
  if (supply.served < eagerSupply) return -priceCap;
  const settle = (price: bigint) => (pricing === "published" ? price : clamp(price, margins));
  if (demand.served === eagerDemand && supply.served === eagerSupply) return settle(0n);
  if (demand.next === buyer) return buyer;
  if (supply.next === seller) return seller;
  if (buyer === seller) return buyer;
  return settle(split(margins, buyer, seller));
}

/** Both last bids are served in full. One that takes any price has no say. */
function split({ demand, supply, priceCap }: Margins, buyer: bigint, seller: bigint): bigint {
  const [below, above] = [demand.next, supply.next];
  if (buyer === priceCap && seller === -priceCap) {
    if (below === undefined) return above === undefined ? 0n : above - step;
    return above === undefined ? below + step : middle(below, above);
  }
  if (buyer === priceCap) return below !== undefined && below > seller ? below + step : seller;
  if (seller === -priceCap) return above !== undefined && above < buyer ? above - step : buyer;
  const halfway = middle(buyer, seller);
  if (below !== undefined && halfway < below) return below + step;
  return above !== undefined && halfway > above ? above - step : halfway;
}

function clamp(price: bigint, { demand, supply }: Margins): bigint {
  let just = price;
  for (const bound of [supply.last, demand.next]) if (bound !== undefined && just < bound) just = bound;
  for (const bound of [demand.last, supply.next]) if (bound !== undefined && just > bound) just = bound;
  return just;
}

/** Rounded down. */
function middle(one: bigint, other: bigint): bigint {
  return (one + other) >> 1n;
}
