/** Length of a market period. */
export const MARKET_SECONDS = 300;

/** No bid of a house is above it, and demand at any price bids it. */
export const PRICE_CAP_USD_PER_KWH = 1;

/** What every federate that bids is told of its market: its period, the second of it at which everybody bids, its cap. */
export const bidderParams = {
  marketSeconds: MARKET_SECONDS,
  bidSeconds: 298,
  priceCapUsdPerKwh: PRICE_CAP_USD_PER_KWH,
};
