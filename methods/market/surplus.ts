import { valueOf } from "./money.js";

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

/** Energy that a bid gets, and what it pays for all of it. */
export interface Bought {
  readonly priceNano: number;
  readonly energyWh: number;
  readonly paidPico: bigint;
}

/** Energy that a bid delivers, and the price that it receives. */
export interface Sold {
  readonly priceNano: number;
  readonly energyWh: number;
  readonly earnedNano: number;
}

/**
 * Surplus of both sides; `sellers` stand in ascending order. Unresponsive buyers, whose benefit nobody knows, are
 * left out; the cheapest supply is counted as theirs. As in TESP's `surplusCalculation`.
 */
export function surplusOf(
  { buyers, sellers }: { buyers: readonly Bought[]; sellers: readonly Sold[] },
  priceCapNano: number,
): Surplus {
  let [consumerPico, supplierPico, unresponsiveSupplierPico] = [0n, 0n, 0n];
  let [unresponsiveWh, responsiveWh, responsiveBuyers] = [0, 0, 0];
  for (const { priceNano, energyWh, paidPico } of buyers) {
    if (energyWh === 0) continue;
    if (priceNano === priceCapNano) unresponsiveWh += energyWh;
    else {
      responsiveWh += energyWh;
      responsiveBuyers += 1;
      consumerPico += valueOf(priceNano, energyWh) - paidPico;
    }
  }
  for (const { priceNano, energyWh, earnedNano } of sellers) {
    const firstWh = Math.min(unresponsiveWh, energyWh);
    const thenWh = Math.min(responsiveWh, energyWh - firstWh);
    unresponsiveWh -= firstWh;
    responsiveWh -= thenWh;
    unresponsiveSupplierPico += valueOf(earnedNano - priceNano, firstWh);
    supplierPico += valueOf(earnedNano - priceNano, thenWh);
    if (unresponsiveWh + responsiveWh === 0) break;
  }
  const averageConsumerPico = responsiveBuyers === 0 ? 0n : consumerPico / BigInt(responsiveBuyers);
  return { consumerPico, averageConsumerPico, supplierPico, unresponsiveSupplierPico };
}
