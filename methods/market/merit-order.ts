import type { Bid } from "./book.js";

/** A number for each bidder that decides between equals, lowest first. */
export type Lot = (bidder: string) => number;

/** Indices of the bids that offer something, best price first; ties by lot, bidder, then energy, so that arrival never matters. */
export function meritOrder(bids: readonly Bid[], best: "highest" | "lowest", lot?: Lot): number[] {
  const order = sortByPrice(bids, best === "lowest" ? 1 : -1);
  const ties = tieOrder(bids, lot);
  for (let from = 0; from < order.length;) {
    const to = endOfLevel({ bids, order }, from);
    if (to - from > 1) {
      const level = order.slice(from, to).sort(ties);
      for (let k = from; k < to; k++) order[k] = level[k - from];
    }
    from = to;
  }
  return order;
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

/** Indices of the bids that offer something in the order of their lots, whatever their prices. */
export function turnOrder(bids: readonly Bid[], lot?: Lot): number[] {
  const ties = tieOrder(bids, lot);
  return offering(bids).sort((i, j) => ties(i, j) || bids[j].priceNano - bids[i].priceNano);
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

/** One side of the book in merit order. */
export interface Curve {
  readonly bids: readonly Bid[];
  readonly order: readonly number[];
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
    const buyer = buyers.bids[buyers.order[i]];
    const seller = sellers.bids[sellers.order[j]];
    if (buyer.priceNano < seller.priceNano) break;
    buyerNano = buyer.priceNano;
    sellerNano = seller.priceNano;
    const wantedWh = demandWh + buyer.energyWh;
    const offeredWh = supplyWh + seller.energyWh;
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
  const nextOf = ({ bids, order }: Curve, at: number) => (at < order.length ? bids[order[at]].priceNano : undefined);
  const [nextBuyerNano, nextSellerNano] = [nextOf(buyers, i), nextOf(sellers, j)];
  return { quantityWh, marginal, buyerNano, sellerNano, nextBuyerNano, nextSellerNano };
}

/** Where in a curve the price changes next. */
export function endOfLevel({ bids, order }: Curve, from: number): number {
  let to = from + 1;
  while (to < order.length && bids[order[to]].priceNano === bids[order[from]].priceNano) to += 1;
  return to;
}

/** Energy of a curve's bids at one price. */
export function energyOf({ bids, order }: Curve, priceNano: number): number {
  let sumWh = 0;
  for (const i of order) if (bids[i].priceNano === priceNano) sumWh += bids[i].energyWh;
  return sumWh;
}
