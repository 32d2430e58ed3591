import type { Bid } from "./book.js";
import type { Curve } from "./merit-order.js";
import { ValueSum } from "./money.js";

/** What a round is worth to those who trade, in pico. */
export interface Surplus {
  /** Of buyers below the cap: what they would have paid beyond what they pay. */
  readonly consumerPico: bigint;
  /** The same for each of these buyers on average, rounded down. */
  readonly averageConsumerPico: bigint;
  /** Of sellers on what they deliver to buyers below the cap, and to unresponsive load. */
  readonly supplierPico: bigint;
  readonly unresponsiveSupplierPico: bigint;
}

/** What buyers get, in the order of their bids. */
export interface Bought {
  readonly bids: readonly Bid[];
  readonly energyWh: readonly number[];
  /** What those below the cap pay together. */
  readonly responsivePico: bigint;
}

/** What sellers deliver and receive for a kWh; the curve is in ascending order. */
export interface Sold {
  readonly curve: Curve;
  readonly energyWh: readonly number[];
  readonly earnedNano: (seller: number) => number;
}

/**
 * Surplus of both sides. Unresponsive buyers, whose benefit nobody knows, are left out; the cheapest supply is counted as
 * theirs. As in TESP's `surplusCalculation`.
 */
export function surplusOf(bought: Bought, sold: Sold, priceCapNano: number): Surplus {
  let [unresponsiveWh, responsiveWh, responsiveBuyers] = [0, 0, 0];
  const benefit = new ValueSum();
  for (let i = 0; i < bought.bids.length; i++) {
    const energyWh = bought.energyWh[i];
    if (energyWh === 0) continue;
    const { priceNano } = bought.bids[i];
    if (priceNano === priceCapNano) unresponsiveWh += energyWh;
    else {
      responsiveWh += energyWh;
      responsiveBuyers += 1;
      benefit.add(priceNano, energyWh);
    }
  }
  const consumerPico = benefit.total() - bought.responsivePico;
  const averageConsumerPico = responsiveBuyers === 0 ? 0n : consumerPico / BigInt(responsiveBuyers);
  return { consumerPico, averageConsumerPico, ...supplierSurplus(sold, unresponsiveWh, responsiveWh) };
}

function supplierSurplus({ curve, energyWh, earnedNano }: Sold, unresponsiveWh: number, responsiveWh: number) {
  const [responsive, unresponsive] = [new ValueSum(), new ValueSum()];
  for (let k = 0; k < curve.order.length && unresponsiveWh + responsiveWh > 0; k++) {
    const i = curve.order[k];
    const firstWh = Math.min(unresponsiveWh, energyWh[i]);
    const thenWh = Math.min(responsiveWh, energyWh[i] - firstWh);
    unresponsiveWh -= firstWh;
    responsiveWh -= thenWh;
    const gainNano = earnedNano(i) - curve.priceNano[k];
    unresponsive.add(gainNano, firstWh);
    responsive.add(gainNano, thenWh);
  }
  return { supplierPico: responsive.total(), unresponsiveSupplierPico: unresponsive.total() };
}
