import type { Bid } from "./book.js";

/** A number for each bidder that decides between equals, lowest first. */
export type Lot = (bidder: string) => number;

/** One side of the book in merit order. */
export interface Curve {
  readonly bids: readonly Bid[];
  /** Index of the bid at each place. */
  readonly order: readonly number[];
  /** Price and energy at each place: the same as the bids', side by side. */
  readonly priceNano: Float64Array;
  readonly energyWh: Float64Array;
}

/** The bids that offer something, best price first; ties by lot, bidder, then energy, so that arrival never matters. */
export function meritCurve(bids: readonly Bid[], best: "highest" | "lowest", lot?: Lot): Curve {
  const order = sortByPrice(bids, best === "lowest" ? 1 : -1);
  const ties = tieOrder(bids, lot);
  const priceNano = Float64Array.from(order, i => bids[i].priceNano);
  for (let from = 0; from < order.length;) {
    const to = endOfLevel(priceNano, from);
    if (to - from > 1) {
      const level = order.slice(from, to).sort(ties);
      for (let k = from; k < to; k++) order[k] = level[k - from];
    }
    from = to;
  }
  return { bids, order, priceNano, energyWh: Float64Array.from(order, i => bids[i].energyWh) };
}

/** The curve of some bids in a given order. */
export function curveOf(bids: readonly Bid[], order: readonly number[]): Curve {
  const priceNano = Float64Array.from(order, i => bids[i].priceNano);
  return { bids, order, priceNano, energyWh: Float64Array.from(order, i => bids[i].energyWh) };
}

/** Lowest price first for a sign of 1. Numbers are sorted that hold a price and an index: much faster than comparing bids. */
function sortByPrice(bids: readonly Bid[], sign: 1 | -1): number[] {
  const order = offering(bids);
  let [lowest, highest, width] = [Infinity, -Infinity, 1];
  for (const i of order) {
    lowest = Math.min(lowest, sign * bids[i].priceNano);
    highest = Math.max(highest, sign * bids[i].priceNano);
  }
  while (width < bids.length) width *= 2;
  if (!Number.isSafeInteger((highest - lowest + 1) * width))
    return order.sort((i, j) => sign * (bids[i].priceNano - bids[j].priceNano));
  const keys = Float64Array.from(order, i => (sign * bids[i].priceNano - lowest) * width + i).sort();
  for (let k = 0; k < keys.length; k++) order[k] = keys[k] - Math.floor(keys[k] / width) * width;
  return order;
}

/** The bids that offer something in the order of their lots, whatever their prices. */
export function turnCurve(bids: readonly Bid[], lot?: Lot): Curve {
  const ties = tieOrder(bids, lot);
  return curveOf(
    bids,
    offering(bids).sort((i, j) => ties(i, j) || bids[j].priceNano - bids[i].priceNano),
  );
}

function offering(bids: readonly Bid[]): number[] {
  const indices: number[] = [];
  for (let i = 0; i < bids.length; i++) if (bids[i].energyWh > 0) indices.push(i);
  return indices;
}

function tieOrder(bids: readonly Bid[], lot?: Lot): (i: number, j: number) => number {
  if (lot === undefined) return (i, j) => compareNames(bids[i], bids[j]);
  const lots = Float64Array.from(bids, ({ bidder }) => lot(bidder));
  return (i, j) => lots[i] - lots[j] || compareNames(bids[i], bids[j]);
}

/** Total order of bids at one price. */
export function compareNames(one: Bid, other: Bid): number {
  if (one.bidder !== other.bidder) return one.bidder < other.bidder ? -1 : 1;
  return one.energyWh - other.energyWh;
}

/** Where the demand and supply curves cross. `buyerNano`, `sellerNano`: the last bids that traded. */
export interface Crossing {
  readonly quantityWh: number;
  /** Which side's last bid is only partly served; "even" when both are served in full. */
  readonly marginal: "buyer" | "seller" | "even";
  readonly buyerNano: number;
  readonly sellerNano: number;
  /** Best prices that were left over; undefined when a side is exhausted. */
  readonly nextBuyerNano: number | undefined;
  readonly nextSellerNano: number | undefined;
}

/** Trades the best buyer with the best seller as long as the buyer bids at least the seller's price. */
export function cross(buyers: Curve, sellers: Curve): Crossing {
  let i = 0;
  let j = 0;
  let demandWh = 0;
  let supplyWh = 0;
  let quantityWh = 0;
  let buyerNano = 0;
  let sellerNano = 0;
  let marginal: Crossing["marginal"] = "even";
  while (i < buyers.order.length && j < sellers.order.length) {
    if (buyers.priceNano[i] < sellers.priceNano[j]) break;
    buyerNano = buyers.priceNano[i];
    sellerNano = sellers.priceNano[j];
    const wantedWh = demandWh + buyers.energyWh[i];
    const offeredWh = supplyWh + sellers.energyWh[j];
    quantityWh = Math.min(wantedWh, offeredWh);
    marginal = wantedWh > offeredWh ? "buyer" : wantedWh < offeredWh ? "seller" : "even";
    if (marginal !== "seller") {
      supplyWh = offeredWh;
      j += 1;
    }
    if (marginal !== "buyer") {
      demandWh = wantedWh;
      i += 1;
    }
  }
  const nextOf = ({ priceNano }: Curve, at: number) => (at < priceNano.length ? priceNano[at] : undefined);
  const [nextBuyerNano, nextSellerNano] = [nextOf(buyers, i), nextOf(sellers, j)];
  return { quantityWh, marginal, buyerNano, sellerNano, nextBuyerNano, nextSellerNano };
}

/** Where among sorted prices the price changes next. */
export function endOfLevel(priceNano: ArrayLike<number>, from: number): number {
  let to = from + 1;
  while (to < priceNano.length && priceNano[to] === priceNano[from]) to += 1;
  return to;
}

/** Energy of a curve's bids at one price. */
export function energyAt({ priceNano, energyWh }: Curve, atNano: number): number {
  let sumWh = 0;
  for (let k = 0; k < priceNano.length; k++) if (priceNano[k] === atNano) sumWh += energyWh[k];
  return sumWh;
}
