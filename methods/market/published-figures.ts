import type { Bid } from "./book.js";
import type { Curve } from "./merit-order.js";
import { ValueSum } from "./money.js";
import { ClearingType } from "./price-rule.js";
import { type Surplus, surplusOf } from "./surplus.js";

/** The reference market's two figures for its marginal side, with their defects; its post-market control used them. */
export interface PublishedMarginal {
  readonly quantityWh: number;
  readonly fraction: number;
}

/**
 * Marginal quantity and fraction as TESP's `simple_auction` computes them.
 *
 * Marginal buyer: the quantity is right; the fraction divides by the first marginal bid times the number of bids from it on,
 * because an inner loop uses the outer index. Marginal seller: the comparison points the wrong way, so the quantity is the
 * whole cleared quantity whenever the cheapest seller trades, and the fraction is 0 unless that seller sets the price.
 * Among equal prices the first buyer is the one submitted last, the first seller the one submitted first.
 */
export function publishedMarginal(
  { buyers, sellers }: { readonly buyers: readonly Bid[]; readonly sellers: readonly Bid[] },
  round: { readonly type: ClearingType; readonly quantityWh: number; readonly priceNano: number },
): PublishedMarginal {
  if (round.type === ClearingType.MARGINAL_BUYER) {
    const offering = buyers.filter(bid => bid.energyWh > 0);
    const rest = offering.filter(bid => bid.priceNano <= round.priceNano);
    const aboveWh = offering.reduce((sum, bid) => sum + (bid.priceNano > round.priceNano ? bid.energyWh : 0), 0);
    const first = rest.reduce((best, bid) => (bid.priceNano >= best.priceNano ? bid : best), rest[0]);
    return marginalOf(round.quantityWh - aboveWh, first, rest.length, round.priceNano);
  }
  if (round.type === ClearingType.MARGINAL_SELLER) {
    const offering = sellers.filter(bid => bid.energyWh > 0);
    const first = offering.reduce((best, bid) => (bid.priceNano < best.priceNano ? bid : best), offering[0]);
    return marginalOf(round.quantityWh, first, offering.length, round.priceNano);
  }
  return { quantityWh: 0, fraction: 0 };
}

function marginalOf(quantityWh: number, first: Bid, count: number, priceNano: number): PublishedMarginal {
  const fraction = first.priceNano === priceNano ? quantityWh / (first.energyWh * count) : 0;
  return { quantityWh, fraction };
}

/** The published surplus counts every bid at or better than the price in full, served or not. */
export function publishedSurplus(
  { buyers, sellers }: { readonly buyers: Curve; readonly sellers: Curve },
  roundNano: number,
  priceCapNano: number,
): Surplus {
  const inFull = ({ bids }: Curve, counts: (bid: Bid) => boolean) => bids.map(bid => (counts(bid) ? bid.energyWh : 0));
  const boughtWh = inFull(buyers, bid => bid.priceNano >= roundNano);
  const paid = new ValueSum();
  buyers.bids.forEach(({ priceNano }, i) => {
    if (priceNano !== priceCapNano) paid.add(roundNano, boughtWh[i]);
  });
  return surplusOf(
    { bids: buyers.bids, energyWh: boughtWh, responsivePico: paid.total() },
    { curve: sellers, energyWh: inFull(sellers, bid => bid.priceNano <= roundNano), earnedNano: () => roundNano },
    priceCapNano,
  );
}
