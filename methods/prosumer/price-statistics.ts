/** What bidders know about the price, USD/kWh. */
export interface PriceStatistics {
  readonly mean: number;
  readonly sigma: number;
}

/** The values that the published agents start from and, because their update does nothing, keep for good. */
export const initialStatistics: PriceStatistics = { mean: 0.02078, sigma: 0.01 };

/** The last prices of a market, oldest first: plain data, at most `length` of them. */
export interface PriceWindow {
  readonly length: number;
  readonly pricesUsdPerKwh: readonly number[];
}

/** A window for this many prices; a day of 300-s rounds has 288. */
export function priceWindow(length: number): PriceWindow {
  return { length, pricesUsdPerKwh: [] };
}

/** The window after one more round. */
export function observePrice({ length, pricesUsdPerKwh }: PriceWindow, priceUsdPerKwh: number): PriceWindow {
  const kept = pricesUsdPerKwh.slice(Math.max(0, pricesUsdPerKwh.length + 1 - length));
  return { length, pricesUsdPerKwh: [...kept, priceUsdPerKwh] };
}

/** Mean and standard deviation (of the sample) over the window; `prior` until there are two prices. */
export function windowStatistics({ pricesUsdPerKwh }: PriceWindow, prior = initialStatistics): PriceStatistics {
  const count = pricesUsdPerKwh.length;
  if (count < 2) return prior;
  const mean = pricesUsdPerKwh.reduce((sum, price) => sum + price, 0) / count;
  const squares = pricesUsdPerKwh.reduce((sum, price) => sum + (price - mean) * (price - mean), 0);
  return { mean, sigma: Math.sqrt(squares / (count - 1)) };
}

/**
 * Mean and standard deviation of a whole window of which the prices not yet known are taken to vary as `prior` says:
 * a few equal prices make no market look still. Once the window is full these are its own (deviation of the population).
 */
export function pooledStatistics(
  { length, pricesUsdPerKwh }: PriceWindow,
  prior: PriceStatistics = initialStatistics,
): PriceStatistics {
  const missing = length - pricesUsdPerKwh.length;
  const mean = (pricesUsdPerKwh.reduce((sum, price) => sum + price, 0) + missing * prior.mean) / length;
  const squares = pricesUsdPerKwh.reduce((sum, price) => sum + (price - mean) * (price - mean), 0);
  const fromPrior = prior.sigma * prior.sigma + (prior.mean - mean) * (prior.mean - mean);
  return { mean, sigma: Math.sqrt((squares + missing * fromPrior) / length) };
}
