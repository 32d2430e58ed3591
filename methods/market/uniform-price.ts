import { type Book, checkBook } from "./book.js";
import {
  type Acceptance,
  type Clearing,
  type ClearingRule,
  type ClearingRules,
  type MarginalSide,
  worthOf,
} from "./clearing.js";
import { cross, type Curve, energyAt, meritOrder } from "./merit-order.js";
import { valueOf } from "./money.js";
import { priceRound } from "./price-rule.js";
import { publishedMarginal } from "./published-marginal.js";
import { ration } from "./rationing.js";
import { type Bought, type Sold, surplusOf } from "./surplus.js";

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
  const unresponsiveBuyWh = energyAt(book.buyers, priceCapNano);
  const unresponsiveSellWh = energyAt(book.sellers, anyPriceNano);
  const crossing = cross(buyers, sellers);
  const { quantityWh } = crossing;
  const { type, priceNano } = priceRound(crossing, { priceCapNano, behaviour, unresponsiveBuyWh, unresponsiveSellWh });
  const bought = accept(buyers, quantityWh, priceNano);
  const sold = accept(sellers, quantityWh, priceNano);
  const traded =
    behaviour === "published"
      ? { buyers: atLeast(buyers, priceNano), sellers: atMost(sellers, priceNano) }
      : { buyers: served(buyers, bought), sellers: delivered(sellers, sold, priceNano) };
  const surplus = surplusOf(traded, priceCapNano);
  const responsiveWh = Math.max(0, quantityWh - unresponsiveBuyWh);
  return {
    type,
    quantityWh,
    priceNano,
    buyers: bought,
    sellers: sold,
    marginal: marginalSide(buyers, bought, "buyers") ?? marginalSide(sellers, sold, "sellers"),
    unresponsiveBuyWh,
    unservedWh: Math.max(0, unresponsiveBuyWh - quantityWh),
    surplus,
    ...worthOf(type, surplus, valueOf(priceNano, responsiveWh)),
    ...(behaviour === "published" && { published: publishedMarginal(book, { type, quantityWh, priceNano }) }),
  };
}

/** One price for all: where the curves of demand and supply cross. */
export const uniformPrice: ClearingRule = { name: "uniform", clear };

function accept(curve: Curve, quantityWh: number, priceNano: number): Acceptance {
  const acceptedWh = ration(curve, quantityWh);
  return { acceptedWh, valuePico: acceptedWh.map(energyWh => (energyWh === 0 ? 0n : valueOf(priceNano, energyWh))) };
}

function served({ bids, order }: Curve, { acceptedWh, valuePico }: Acceptance): Bought[] {
  return order.map(i => ({ priceNano: bids[i].priceNano, energyWh: acceptedWh[i], paidPico: valuePico[i] }));
}

function delivered({ bids, order }: Curve, { acceptedWh }: Acceptance, earnedNano: number): Sold[] {
  return order.map(i => ({ priceNano: bids[i].priceNano, energyWh: acceptedWh[i], earnedNano }));
}

/** The published surplus counts every bid at or better than the price in full, served or not. */
function atLeast({ bids, order }: Curve, paidNano: number): Bought[] {
  return order
    .map(i => bids[i])
    .filter(bid => bid.priceNano >= paidNano)
    .map(({ priceNano, energyWh }) => ({ priceNano, energyWh, paidPico: valueOf(paidNano, energyWh) }));
}

function atMost({ bids, order }: Curve, earnedNano: number): Sold[] {
  return order
    .map(i => bids[i])
    .filter(bid => bid.priceNano <= earnedNano)
    .map(({ priceNano, energyWh }) => ({ priceNano, energyWh, earnedNano }));
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
