import { valueOf } from "./money.js";

/** What a round is worth to those who trade, in pico. */
export interface Surplus {
  /** Of buyers below the cap: what they would have paid beyond the price. */
  readonly consumerPico: bigint;
  /** The same for each of these buyers on average, rounded down. */
  readonly averageConsumerPico: bigint;
  /** Of sellers on what they deliver to buyers below the cap, and to unresponsive load. */
  readonly supplierPico: bigint;
  readonly unresponsiveSupplierPico: bigint;
}

/** Some energy bought or sold at a bid's price. */
export interface Traded {
  readonly priceNano: number;
  readonly energyWh: number;
}

/**
 * Surplus of both sides at a price; `sellers` stand in ascending order. Unresponsive buyers, whose benefit nobody knows, are
 * left out; the cheapest supply is counted as theirs. As in TESP's `surplusCalculation`.
 */
export function surplusOf(
  { buyers, sellers }: { buyers: readonly Traded[]; sellers: readonly Traded[] },
  priceNano: number,
  priceCapNano: number,
): Surplus {
  let [consumerPico, supplierPico, unresponsiveSupplierPico] = [0n, 0n, 0n];
  let [unresponsiveWh, responsiveWh, responsiveBuyers] = [0, 0, 0];
  for (const buyer of buyers) {
    if (buyer.energyWh === 0) continue;
    if (buyer.priceNano === priceCapNano) unresponsiveWh += buyer.energyWh;
    else {
      responsiveWh += buyer.energyWh;
      responsiveBuyers += 1;
      consumerPico += valueOf(buyer.priceNano - priceNano, buyer.energyWh);
    }
  }
  for (const seller of sellers) {
    const firstWh = Math.min(unresponsiveWh, seller.energyWh);
    const thenWh = Math.min(responsiveWh, seller.energyWh - firstWh);
    unresponsiveWh -= firstWh;
    responsiveWh -= thenWh;
    unresponsiveSupplierPico += valueOf(priceNano - seller.priceNano, firstWh);
    supplierPico += valueOf(priceNano - seller.priceNano, thenWh);
    if (unresponsiveWh + responsiveWh === 0) break;
  }
  const averageConsumerPico = responsiveBuyers === 0 ? 0n : consumerPico / BigInt(responsiveBuyers);
  return { consumerPico, averageConsumerPico, supplierPico, unresponsiveSupplierPico };
}
