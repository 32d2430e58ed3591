import type { Crossing } from "./merit-order.js";

/** How a round ended, with the reference systems' codes. */
export const ClearingType = {
  NULL: 0,
  FAILURE: 1,
  PRICE: 2,
  EXACT: 3,
  MARGINAL_SELLER: 4,
  MARGINAL_BUYER: 5,
} as const;
export type ClearingType = (typeof ClearingType)[keyof typeof ClearingType];

/** `published` keeps the reference market's rules to the letter; `corrected` mends what is unjust in them. */
export type Behaviour = "published" | "corrected";

/** What the price depends on besides the crossing. */
export interface PriceContext {
  readonly priceCapNano: number;
  readonly behaviour: Behaviour;
  /** Energy of all buyers at the cap, and of all sellers that take any price. */
  readonly unresponsiveBuyWh: number;
  readonly unresponsiveSellWh: number;
}

/** 1e-4 currency per kWh: how far a price stays from a bid that it must not activate. */
const stepNano = 100_000;

/**
 * Type and uniform price of a round, by the rules of the GridLAB-D auction (Chassin, Schneider, Gerkensmeyer 2008) as
 * simplified in TESP's `simple_auction`.
 *
 * Three of the published rules are unjust, and `corrected` replaces them. A split price moved 1e-4 off the next bid may leave
 * the range between the last buyer and the last seller, so that one of them trades at a loss: it is kept inside. Sellers at
 * +cap count as "unresponsive" and can turn the price into −cap: sellers at −cap are meant, as in GridLAB-D. The price 0 that
 * follows when only unresponsive bids trade is kept between the bids left over. Demand at any price that meets no supply at
 * all, or the reverse, is a shortage at the cap; published it is a round of type NULL.
 */
export function priceRound(crossing: Crossing, context: PriceContext): { type: ClearingType; priceNano: number } {
  const { quantityWh, marginal, buyerNano, sellerNano } = crossing;
  const { priceCapNano, behaviour, unresponsiveBuyWh, unresponsiveSellWh } = context;
  const nothing = behaviour === "published" || (unresponsiveBuyWh === 0 && unresponsiveSellWh === 0);
  const best = { buyerNano: crossing.nextBuyerNano, sellerNano: crossing.nextSellerNano };
  if (quantityWh === 0 && nothing) return { type: ClearingType.NULL, priceNano: idlePriceNano(best, context) };
  if (quantityWh < unresponsiveBuyWh) return { type: ClearingType.FAILURE, priceNano: priceCapNano };
  if (quantityWh < unresponsiveSellWh) return { type: ClearingType.FAILURE, priceNano: -priceCapNano };
  if (quantityWh === unresponsiveBuyWh && quantityWh === unresponsiveSellWh)
    return { type: ClearingType.PRICE, priceNano: justPriceNano(0, crossing, context) };
  if (marginal === "buyer") return { type: ClearingType.MARGINAL_BUYER, priceNano: buyerNano };
  if (marginal === "seller") return { type: ClearingType.MARGINAL_SELLER, priceNano: sellerNano };
  if (buyerNano === sellerNano) return { type: ClearingType.EXACT, priceNano: buyerNano };
  const splitNano = splitPriceNano(crossing, priceCapNano);
  return { type: ClearingType.PRICE, priceNano: justPriceNano(splitNano, crossing, context) };
}

/** Best prices of a round in which nobody trades; undefined where a side is empty. */
export interface BestPrices {
  readonly buyerNano: number | undefined;
  readonly sellerNano: number | undefined;
}

/** Price when nobody trades: between the best bids, or just off the only side's best; published even beyond the cap. */
export function idlePriceNano(
  best: BestPrices,
  { priceCapNano, behaviour }: Pick<PriceContext, "priceCapNano" | "behaviour">,
): number {
  const priceNano = betweenNano(best, priceCapNano);
  return behaviour === "published" ? priceNano : Math.min(priceCapNano, Math.max(-priceCapNano, priceNano));
}

function betweenNano({ buyerNano: buyer, sellerNano: seller }: BestPrices, capNano: number): number {
  if (buyer === undefined) return seller === undefined ? 0 : seller - stepNano;
  if (seller === undefined || seller === capNano) return buyer + stepNano;
  return seller === -capNano ? seller - stepNano : middle(seller, buyer);
}

/** Both last bids are served in full at different prices: the middle, moved off any further bid that it would activate. */
function splitPriceNano(crossing: Crossing, capNano: number): number {
  const { buyerNano, sellerNano, nextBuyerNano: buyer = -Infinity, nextSellerNano: seller = Infinity } = crossing;
  if (buyerNano === capNano && sellerNano === -capNano) return unboundedSplitNano(buyer, seller);
  if (buyerNano === capNano) return buyer > sellerNano ? buyer + stepNano : sellerNano;
  if (sellerNano === -capNano) return seller < buyerNano ? seller - stepNano : buyerNano;
  const halfwayNano = middle(buyerNano, sellerNano);
  if (buyer === buyerNano) return buyerNano;
  if (seller === sellerNano) return sellerNano;
  if (halfwayNano < buyer) return buyer + stepNano;
  if (halfwayNano > seller) return seller - stepNano;
  return halfwayNano;
}

/** The last buyer pays anything and the last seller takes anything: the bids left over decide. */
function unboundedSplitNano(buyer: number, seller: number): number {
  if (buyer === -Infinity && seller === Infinity) return 0;
  if (seller === Infinity) return buyer + stepNano;
  return buyer === -Infinity ? seller - stepNano : middle(buyer, seller);
}

function justPriceNano(priceNano: number, crossing: Crossing, { behaviour }: PriceContext): number {
  if (behaviour === "published") return priceNano;
  const { buyerNano, sellerNano, nextBuyerNano: buyer = -Infinity, nextSellerNano: seller = Infinity } = crossing;
  return Math.min(Math.max(priceNano, sellerNano, buyer), buyerNano, seller);
}

function middle(one: number, other: number): number {
  return Math.floor((one + other) / 2);
}
