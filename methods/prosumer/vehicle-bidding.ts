/** What a vehicle's agent knows when it bids. */
export interface VehicleOutlook {
  readonly stateOfCharge: number;
  readonly isHome: boolean;
  /** Seconds until it leaves; until it is back when it is away. */
  readonly changesInS: number;
  readonly chargeEfficiency: number;
  readonly dischargeEfficiency: number;
}

/** Powers at the battery's side from which the agent may choose, kW; positive charges. */
export interface ChargeRange {
  readonly lowKw: number;
  readonly highKw: number;
}

const PARKED: ChargeRange = { lowKw: 0, highKw: 0 };

/** Bands of the state of charge, from the top, with their ranges: a full battery only gives, an empty one must be charged. */
const BANDS: readonly (readonly [from: number, range: ChargeRange])[] = [
  [0.9, { lowKw: -5, highKw: 0 }],
  [0.3, { lowKw: -5, highKw: 5 }],
  [0.2, { lowKw: 0, highKw: 5 }],
  [-Infinity, { lowKw: 2.5, highKw: 5 }],
];

/** What a vehicle may do in the coming period; nothing while it is away or leaves before the period's end. */
export function chargeRange(outlook: VehicleOutlook, periodSeconds: number): ChargeRange {
  if (!outlook.isHome || outlook.changesInS < periodSeconds) return PARKED;
  return BANDS.find(([from]) => outlook.stateOfCharge >= from)?.[1] ?? PARKED;
}

/** What vehicles know of past prices, USD/kWh: mean and inter-quartile range of a day, mean of the last half hour. */
export interface PriceHistory {
  readonly dayMean: number;
  readonly dayQuartileRange: number;
  readonly halfHourMean: number;
}

const PRICES_OF_HALF_AN_HOUR = 6;

/** History of the last prices, one for each 300-s period, oldest first; undefined before there is a day of them. */
export function priceHistory(pricesUsdPerKwh: readonly number[], periodsOfDay: number): PriceHistory | undefined {
  if (pricesUsdPerKwh.length < periodsOfDay) return undefined;
  const day = pricesUsdPerKwh.slice(-periodsOfDay);
  const sorted = [...day].sort((a, b) => a - b);
  return {
    dayMean: mean(day),
    dayQuartileRange: quantile(sorted, 0.75) - quantile(sorted, 0.25),
    halfHourMean: mean(day.slice(-PRICES_OF_HALF_AN_HOUR)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Quantile of sorted values, linear between them (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** One order at the meter: power in kW, price in USD/kWh; a quantity of 0 is none. */
export interface Order {
  readonly quantityKw: number;
  readonly priceUsdPerKwh: number;
}

/** A vehicle's two orders of a round. */
export interface VehicleOrders {
  readonly buy: Order;
  readonly sell: Order;
}

const NO_ORDER: Order = { quantityKw: 0, priceUsdPerKwh: 0 };

/** How eager vehicles are: below the day's mean by so many quartile ranges they buy. */
export interface VehicleTaste {
  readonly buyQuartileRatio: number;
  /** What must be charged is bought at this price. */
  readonly anyPriceUsdPerKwh: number;
}

/**
 * Orders of a vehicle: what must be charged is bought at any price; otherwise it buys all it can below the day's mean price
 * less a part of its quartile range, and sells all it can above that and above the last half hour. Without a day of prices
 * it only buys what it must. (Rule of the V2G energy-trading study of 2023 that extended PEMT-CoSim.)
 */
export function vehicleOrders(
  { lowKw, highKw }: ChargeRange,
  { chargeEfficiency, dischargeEfficiency }: Pick<VehicleOutlook, "chargeEfficiency" | "dischargeEfficiency">,
  history: PriceHistory | undefined,
  { buyQuartileRatio, anyPriceUsdPerKwh }: VehicleTaste,
): VehicleOrders {
  if (lowKw > 0)
    return { buy: { quantityKw: highKw / chargeEfficiency, priceUsdPerKwh: anyPriceUsdPerKwh }, sell: NO_ORDER };
  if (history === undefined) return { buy: NO_ORDER, sell: NO_ORDER };
  const { dayMean, dayQuartileRange, halfHourMean } = history;
  const buyPrice = Math.max(dayMean - buyQuartileRatio * dayQuartileRange, 0);
  const sellPrice = Math.max(buyPrice + 0.05 * dayQuartileRange, halfHourMean + 0.1 * dayQuartileRange);
  return {
    buy: highKw > 0 ? { quantityKw: highKw / chargeEfficiency, priceUsdPerKwh: buyPrice } : NO_ORDER,
    sell: lowKw < 0 ? { quantityKw: -lowKw * dischargeEfficiency, priceUsdPerKwh: sellPrice } : NO_ORDER,
  };
}

/** Power at the battery's side that carries out what was bought and sold at the meter, kW. */
export function chargeOfTrade(
  boughtKw: number,
  soldKw: number,
  { chargeEfficiency, dischargeEfficiency }: Pick<VehicleOutlook, "chargeEfficiency" | "dischargeEfficiency">,
): number {
  const netKw = boughtKw - soldKw;
  return netKw > 0 ? netKw * chargeEfficiency : netKw / dischargeEfficiency;
}
