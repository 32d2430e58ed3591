/** What a house with a battery that it may trade with knows when it bids. Power in kW; the battery's is positive when it discharges. */
export interface StorageOutlook {
  readonly house: string;
  /** What the array's inverter can deliver. */
  readonly solarKw: number;
  /** Load other than cooling. */
  readonly unresponsiveKw: number;
  readonly coolingNeeded: boolean;
  /** What cooling draws while it runs. */
  readonly hvacKw: number;
  readonly stateOfCharge: number;
  /** What the battery can take and give throughout the coming period, both ≥ 0. */
  readonly chargeKw: number;
  readonly dischargeKw: number;
  /** How much too warm the house is, degF. */
  readonly excessF: number;
  readonly sellerPriceUsdPerKwh: number;
  readonly buyerPriceUsdPerKwh: number;
}

/** Everything that a house can trade in a round: the choices, and what it needs at any price. */
export interface StorageOptions {
  /** Net sale of each choice, kW, ascending; negative buys. Never empty. */
  readonly saleKw: readonly number[];
  /** Whether sun and battery cover the load other than cooling. */
  readonly baseCovered: boolean;
  /** Load other than cooling that sun and battery leave over: demand at any price. */
  readonly uncoveredKw: number;
}

/**
 * The feasible trades of a house, in whole packets of 1 kW.
 *
 * Covered, it can sell or buy whatever its battery makes up: from solar − charge − load to solar + discharge − load.
 * Not covered, its battery gives all it can, the rest of its base load is bought at any price, and what it can still
 * choose is its cooling; only a battery that has nothing to give may be charged beside it.
 * A range that holds no whole packet offers the one trade in it that is nearest to none.
 */
export function storageOptions(outlook: StorageOutlook): StorageOptions {
  const { solarKw, unresponsiveKw, chargeKw, dischargeKw } = outlook;
  const coolingKw = outlook.coolingNeeded ? outlook.hvacKw : 0;
  const baseCovered = solarKw + dischargeKw >= unresponsiveKw;
  if (baseCovered) {
    const surplusKw = solarKw - unresponsiveKw - coolingKw;
    return { saleKw: packets(surplusKw - chargeKw, surplusKw + dischargeKw), baseCovered, uncoveredKw: 0 };
  }
  const uncoveredKw = unresponsiveKw - solarKw - dischargeKw;
  const chargesToo = dischargeKw === 0 ? chargeKw : 0;
  return { saleKw: packets(-chargesToo - coolingKw, -coolingKw), baseCovered, uncoveredKw };
}

/** Whole numbers from low to high, rounded to 1e-3 first as the published agents do; the end nearest to 0 when there is none. */
function packets(lowKw: number, highKw: number): number[] {
  const low = Math.ceil(round(lowKw));
  const high = Math.floor(round(highKw));
  if (low > high) return [highKw < 0 ? highKw : Math.max(lowKw, 0)];
  return Array.from({ length: high - low + 1 }, (_, k) => low + k);
}

const round = (kw: number) => Math.round(kw * 1000) / 1000;

/** How a house values what it can trade. */
export interface StorageTaste {
  /** Weight of comfort and charge against money, in `log2(1 + weight · kW · need)` USD/kWh. */
  readonly weight: number;
}

/** What a seller's battery and array cost it, USD/kWh. */
const SELLER_COST_USD_PER_KWH = 0.005;

/** What a sale is worth, USD an hour: the price less what the energy costs its seller. */
export function sellerUtility(saleKw: number, priceUsdPerKwh: number): number {
  return (priceUsdPerKwh - SELLER_COST_USD_PER_KWH) * saleKw;
}

/**
 * What a purchase is worth, USD an hour: `(log2(1 + weight · q · need · fromGrid) − price) · q`. The need mixes how empty the
 * battery is (1 / state of charge) and how warm the house is (10 degF too warm is the limit), by what the energy is for;
 * `fromGrid` is the part of the responsive load that the house's own surplus does not serve.
 */
export function buyerUtility(outlook: StorageOutlook, purchaseKw: number, { weight }: StorageTaste): number {
  const { solarKw, unresponsiveKw, stateOfCharge, excessF, buyerPriceUsdPerKwh } = outlook;
  const coolingKw = outlook.coolingNeeded ? outlook.hvacKw : 0;
  const chargingKw = Math.max(purchaseKw + solarKw - unresponsiveKw - coolingKw, 0);
  const responsiveKw = chargingKw + coolingKw;
  if (responsiveKw <= 0) return -buyerPriceUsdPerKwh * purchaseKw;
  const emptiness = 1 / Math.max(stateOfCharge, LEAST);
  const warmth = 1 / Math.max((LIMIT_F - Math.min(Math.max(excessF, 0), LIMIT_F)) / LIMIT_F, LEAST);
  const need = (chargingKw * emptiness + coolingKw * warmth) / responsiveKw;
  const surplusKw = Math.max(solarKw - unresponsiveKw, 0);
  const fromGrid = Math.min(Math.max(1 - surplusKw / responsiveKw, 0), 1);
  return (Math.log2(1 + weight * purchaseKw * need * fromGrid) - buyerPriceUsdPerKwh) * purchaseKw;
}

const LEAST = 1e-4;
const LIMIT_F = 10;

/** The choice with the greatest utility; of equal ones the one nearest to no trade. */
export function bestSaleKw(outlook: StorageOutlook, options: StorageOptions, taste: StorageTaste): number {
  const utility = (saleKw: number) =>
    saleKw > 0
      ? sellerUtility(saleKw, outlook.sellerPriceUsdPerKwh)
      : saleKw < 0
        ? buyerUtility(outlook, -saleKw, taste)
        : 0;
  return options.saleKw.reduce((best, saleKw) => {
    const gain = utility(saleKw) - utility(best);
    return gain > 0 || (gain === 0 && Math.abs(saleKw) < Math.abs(best)) ? saleKw : best;
  });
}

/**
 * The published choice: a misplaced `else` sets the utility of every purchase to 0, and the first of equal choices wins. So a
 * house sells all it can whenever that pays more than 0, and buys all it can otherwise.
 */
export function publishedSaleKw(outlook: StorageOutlook, { saleKw }: StorageOptions): number {
  const most = saleKw[saleKw.length - 1];
  return most > 0 && sellerUtility(most, outlook.sellerPriceUsdPerKwh) > 0 ? most : saleKw[0];
}
