import { type Bid, type Book, checkBook } from "./book.js";
import { cross, type Curve, meritOrder } from "./merit-order.js";
import { valueOf } from "./money.js";
import { type Behaviour, ClearingType, priceRound } from "./price-rule.js";
import { type PublishedMarginal, publishedMarginal } from "./published-marginal.js";
import { ration } from "./rationing.js";
import { type Surplus, surplusOf, type Traded } from "./surplus.js";

/** Rules of a market. */
export interface ClearingRules {
  readonly priceCapNano: number;
  readonly behaviour: Behaviour;
}

/** What one side's bids got: accepted energy and its value at the clearing price, in the order of the bids. */
export interface Acceptance {
  readonly acceptedWh: readonly number[];
  readonly valuePico: readonly bigint[];
}

/** The bids that are only partly served: all bids of one side at the clearing price, together. */
export interface MarginalSide {
  readonly side: "buyers" | "sellers";
  readonly acceptedWh: number;
  readonly offeredWh: number;
}

/** A cleared round. Buyers pay exactly what sellers receive: both sum to price × quantity. */
export interface Clearing {
  readonly type: ClearingType;
  readonly quantityWh: number;
  readonly priceNano: number;
  readonly buyers: Acceptance;
  readonly sellers: Acceptance;
  readonly marginal: MarginalSide | undefined;
  readonly unresponsiveBuyWh: number;
  readonly surplus: Surplus;
  /** Supplier plus consumer surplus, and what responsive buyers pay; 0 in a round of type NULL or FAILURE. */
  readonly welfarePico: bigint;
  readonly sellerIncomePico: bigint;
  /** Only with `published` behaviour. */
  readonly published?: PublishedMarginal;
}

/**
 * Clears a uniform-price double auction. Equal books give equal results whatever the order of their bids; bids at the price
 * that cannot all be served share in proportion to their energy. Throws `BookError` naming every bid at fault.
 */
export function clear(book: Book, rules: ClearingRules): Clearing {
  const { priceCapNano, behaviour } = rules;
  checkBook(book, priceCapNano);
  const buyers: Curve = { bids: book.buyers, order: meritOrder(book.buyers, "highest") };
  const sellers: Curve = { bids: book.sellers, order: meritOrder(book.sellers, "lowest") };
  const anyPriceNano = behaviour === "published" ? priceCapNano : -priceCapNano;
  const unresponsiveBuyWh = energyAt(buyers, priceCapNano);
  const unresponsiveSellWh = energyAt(sellers, anyPriceNano);
  const crossing = cross(buyers, sellers);
  const { quantityWh } = crossing;
  const { type, priceNano } = priceRound(crossing, { priceCapNano, behaviour, unresponsiveBuyWh, unresponsiveSellWh });
  const bought = accept(buyers, quantityWh, priceNano);
  const sold = accept(sellers, quantityWh, priceNano);
  const traded =
    behaviour === "published"
      ? { buyers: atLeast(buyers, priceNano), sellers: atMost(sellers, priceNano) }
      : { buyers: served(buyers, bought), sellers: served(sellers, sold) };
  const surplus = surplusOf(traded, priceNano, priceCapNano);
  const settled = type !== ClearingType.NULL && type !== ClearingType.FAILURE;
  const responsiveWh = Math.max(0, quantityWh - unresponsiveBuyWh);
  return {
    type,
    quantityWh,
    priceNano,
    buyers: bought,
    sellers: sold,
    marginal: marginalSide(buyers, bought, "buyers") ?? marginalSide(sellers, sold, "sellers"),
    unresponsiveBuyWh,
    surplus,
    welfarePico: settled ? surplus.consumerPico + surplus.supplierPico : 0n,
    sellerIncomePico: settled ? valueOf(priceNano, responsiveWh) : 0n,
    ...(behaviour === "published" && { published: publishedMarginal(book, { type, quantityWh, priceNano }) }),
  };
}

/** Accepted energy of one side by bidder, all bids of a bidder together. */
export function acceptedByBidder(bids: readonly Bid[], { acceptedWh }: Acceptance): Map<string, number> {
  const sums = new Map<string, number>();
  bids.forEach(({ bidder }, i) => sums.set(bidder, (sums.get(bidder) ?? 0) + acceptedWh[i]));
  return sums;
}

function accept(curve: Curve, quantityWh: number, priceNano: number): Acceptance {
  const acceptedWh = ration(curve, quantityWh);
  return { acceptedWh, valuePico: acceptedWh.map(energyWh => (energyWh === 0 ? 0n : valueOf(priceNano, energyWh))) };
}

function energyAt({ bids }: Curve, priceNano: number): number {
  return bids.reduce((sum, bid) => sum + (bid.priceNano === priceNano ? bid.energyWh : 0), 0);
}

function served({ bids, order }: Curve, { acceptedWh }: Acceptance): Traded[] {
  return order.map(i => ({ priceNano: bids[i].priceNano, energyWh: acceptedWh[i] }));
}

/** The published surplus counts every bid at or better than the price in full, served or not. */
function atLeast({ bids, order }: Curve, priceNano: number): Traded[] {
  return order.map(i => bids[i]).filter(bid => bid.priceNano >= priceNano);
}

function atMost({ bids, order }: Curve, priceNano: number): Traded[] {
  return order.map(i => bids[i]).filter(bid => bid.priceNano <= priceNano);
}

function marginalSide(
  { bids, order }: Curve,
  { acceptedWh }: Acceptance,
  side: MarginalSide["side"],
): MarginalSide | undefined {
  const cut = order.find(i => acceptedWh[i] < bids[i].energyWh);
  if (cut === undefined) return undefined;
  const level = order.filter(i => bids[i].priceNano === bids[cut].priceNano);
  const acceptedSum = level.reduce((sum, i) => sum + acceptedWh[i], 0);
  if (acceptedSum === 0) return undefined;
  return { side, acceptedWh: acceptedSum, offeredWh: level.reduce((sum, i) => sum + bids[i].energyWh, 0) };
}
