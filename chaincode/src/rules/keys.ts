import { compositeKey, ordered } from "./state.js";

/** Where everything is kept. Periods and counters are padded, so that ranges are in their order. */
export const keys = {
  market: (market: string) => compositeKey("market", market),
  /** The next period to settle: apart from the terms, which every round reads and none writes. */
  cursor: (market: string) => compositeKey("cursor", market),
  participant: (participant: string) => compositeKey("participant", participant),
  account: (participant: string) => compositeKey("account", participant),
  journal: (participant: string, entry: string | bigint) => compositeKey("journal", participant, ordered(entry)),
  reference: (reference: string) => compositeKey("reference", reference),
  supply: () => compositeKey("supply"),
  hold: (market: string, period: string, participant: string) =>
    compositeKey("hold", market, ordered(period), participant),
  gate: (market: string, period: string) => compositeKey("gate", market, ordered(period)),
  seal: (market: string, period: string, bid: { readonly bidder: string; readonly nonce: string }) =>
    compositeKey("seal", market, ordered(period), bid.bidder, bid.nonce),
  receipt: (market: string, period: string) => compositeKey("receipt", market, ordered(period)),
  book: (market: string, period: string) => compositeKey("book", market, ordered(period)),
  dispute: (market: string, period: string, dispute: string) =>
    compositeKey("dispute", market, ordered(period), dispute),
  rating: (of: string, market: string, period: string, by: string) =>
    compositeKey("rating", of, market, ordered(period), by),
  meter: (market: string, period: string, participant: string) =>
    compositeKey("meter", market, ordered(period), participant),
};
