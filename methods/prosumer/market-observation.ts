import type { Quantity } from "../learning/index.js";
import type { HouseBid } from "../market/index.js";

/** What is known of a round once it has cleared. */
export interface ClearedRound {
  readonly bids: readonly HouseBid[];
  readonly clearingPriceUsdPerKwh: number;
  readonly clearedKw: number;
  readonly lmpUsdPerKwh: number;
}

/** What a house expects of the coming period. */
export interface OwnForecast {
  readonly generationKw: number;
  readonly loadKw: number;
}

/** Numbers of an observation that tell of the last round; the same for every house. */
const OF_THE_ROUND = 11;

/** What a learning household sees before it bids in a market of so many houses: names, units, and what each is divided by. */
export function marketObservation(houses: number): readonly Quantity[] {
  const ratio = (name: string) => ({ name, unit: "1", low: 0, high: 1 });
  const price = (name: string) => ({ name, unit: "USD/kWh", low: 0, high: 1 });
  const power = (name: string, high: number) => ({ name, unit: "kW", low: 0, high });
  return [
    ratio("sellerShare"),
    ratio("buyerShare"),
    power("sellerQuantity", 10 * houses),
    power("buyerQuantity", 10 * houses),
    price("sellerPriceMean"),
    price("sellerPriceDeviation"),
    price("buyerPriceMean"),
    price("buyerPriceDeviation"),
    price("clearingPrice"),
    power("clearedQuantity", 10 * houses),
    price("marginalPrice"),
    power("ownGeneration", 20),
    power("ownLoad", 15),
  ];
}

/** The part of an observation that tells of the last round, before there was one. */
export const noRound = (): Float64Array => new Float64Array(OF_THE_ROUND);

/**
 * What a cleared round tells every household, in the units of `marketObservation`. Houses that need nothing count as buyers;
 * the buyers' quantity includes demand at any price; prices are those of bids with a quantity.
 */
export function describeRound({ bids, clearingPriceUsdPerKwh, clearedKw, lmpUsdPerKwh }: ClearedRound): Float64Array {
  const share = (role: HouseBid["role"]) => bids.filter(bid => bid.role === role).length / Math.max(1, bids.length);
  const quantity = (role: HouseBid["role"]) =>
    bids.reduce((sum, bid) => (bid.role === role ? sum + bid.quantityKw + bid.uncoveredKw : sum), 0);
  return Float64Array.of(
    ...[share("seller"), share("buyer"), quantity("seller"), quantity("buyer")],
    ...pricesOf(bids, "seller"),
    ...pricesOf(bids, "buyer"),
    ...[clearingPriceUsdPerKwh, clearedKw, lmpUsdPerKwh],
  );
}

/** Mean and standard deviation (of the population) of one role's prices; 0 without any. */
function pricesOf(bids: readonly HouseBid[], role: HouseBid["role"]): [mean: number, deviation: number] {
  const prices = bids.filter(bid => bid.role === role && bid.quantityKw > 0).map(bid => bid.priceUsdPerKwh);
  if (prices.length === 0) return [0, 0];
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
  const squares = prices.reduce((sum, price) => sum + (price - mean) * (price - mean), 0);
  return [mean, Math.sqrt(squares / prices.length)];
}

/** Writes one house's observation, each number divided by its bound; what lies beyond a bound is not clipped. */
export function observeMarket(
  into: Float64Array,
  schema: readonly Quantity[],
  round: Float64Array,
  { generationKw, loadKw }: OwnForecast,
): void {
  for (let k = 0; k < OF_THE_ROUND; k++) into[k] = round[k] / schema[k].high;
  into[OF_THE_ROUND] = generationKw / schema[OF_THE_ROUND].high;
  into[OF_THE_ROUND + 1] = loadKw / schema[OF_THE_ROUND + 1].high;
}
