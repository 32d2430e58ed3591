import {
  fromNano,
  fromPico,
  observePrice,
  priceWindow,
  toKw,
  windowStatistics,
  type Clearing,
  type MarketCondition,
  type PriceWindow,
} from "../../methods/index.js";
import type { Behaviour } from "../../runtime/index.js";

/** What everybody learns of a round. */
export interface MarketRound {
  /** Inside the feeder; the mean price of the round's trades where each has its own. */
  readonly clearingPriceUsdPerKwh: number;
  /** 0 null, 1 failure, 2 price, 3 exact, 4 marginal seller, 5 marginal buyer. */
  readonly clearingType: number;
  readonly clearedKw: number;
  readonly condition: MarketCondition;
  readonly lmpUsdPerKwh: number;
  readonly consumerSurplusUsd: number;
  readonly averageConsumerSurplusUsd: number;
  readonly supplierSurplusUsd: number;
  /** The market-wide marginal quantity by which the published control set single houses; published behaviour only. */
  readonly publishedMarginalKw: number;
  /** The part of a bid at the clearing price that the published markets dispatched; published behaviour only. */
  readonly publishedMarginalFraction: number;
  /** Bids that got something, of buyers and of sellers. */
  readonly served: { readonly buyers: number; readonly sellers: number };
  /** Demand at any price that nobody could serve. */
  readonly unservedKw: number;
  /** Inside price less outside price, and what of the buyers' money no seller receives; 0 below the transformer's limit. */
  readonly congestion: { readonly priceUsdPerKwh: number; readonly rentUsd: number };
  /** Of the prices of a window that ends with this round; a deviation of 0 until there are two. */
  readonly statistics: { readonly meanUsdPerKwh: number; readonly deviationUsdPerKwh: number };
  readonly totals: MarketTotals;
}

/** Sums since the start. */
export interface MarketTotals {
  readonly rounds: number;
  readonly clearedKwh: number;
  /** Bids that got something, the utility's among them. */
  readonly servedBids: number;
  readonly unservedKwh: number;
  readonly congestionRentUsd: number;
}

/** What a market keeps of its rounds: plain data. */
export interface RoundHistory {
  rounds: number;
  clearedWh: number;
  servedBids: number;
  unservedWh: number;
  /** Decimal digits, because plain data has no big integers. */
  rentPico: string;
  prices: PriceWindow;
}

/** Before the first round; statistics will look back over so many rounds. */
export function createHistory(windowRounds: number): RoundHistory {
  return { rounds: 0, clearedWh: 0, servedBids: 0, unservedWh: 0, rentPico: "0", prices: priceWindow(windowRounds) };
}

/** A cleared round and what it was cleared under. */
export interface ClearedRound {
  readonly clearing: Clearing;
  readonly condition: MarketCondition;
  readonly lmpUsdPerKwh: number;
  readonly periodSeconds: number;
  readonly behaviour: Behaviour;
}

/** Adds a round to the history and tells it to everybody. Published surplus is counted in kW times price; corrected, in money. */
export function reportRound(history: RoundHistory, cleared: ClearedRound): MarketRound {
  const { clearing, condition, lmpUsdPerKwh, periodSeconds, behaviour } = cleared;
  const { surplus, priceNano, quantityWh, type, published, unservedWh, congestion } = clearing;
  history.rounds++;
  history.clearedWh += quantityWh;
  const served = { buyers: countServed(clearing.buyers), sellers: countServed(clearing.sellers) };
  history.servedBids += served.buyers + served.sellers;
  history.unservedWh += unservedWh;
  history.rentPico = `${BigInt(history.rentPico) + (congestion?.rentPico ?? 0n)}`;
  history.prices = observePrice(history.prices, fromNano(priceNano));
  const perRound = behaviour === "published" ? 3600 / periodSeconds : 1;
  const { mean, sigma } = windowStatistics(history.prices, { mean: fromNano(priceNano), sigma: 0 });
  return {
    clearingPriceUsdPerKwh: fromNano(priceNano),
    clearingType: type,
    clearedKw: toKw(quantityWh, periodSeconds),
    condition,
    lmpUsdPerKwh,
    consumerSurplusUsd: perRound * fromPico(surplus.consumerPico),
    averageConsumerSurplusUsd: perRound * fromPico(surplus.averageConsumerPico),
    supplierSurplusUsd: perRound * fromPico(surplus.supplierPico),
    publishedMarginalKw: published === undefined ? 0 : toKw(published.quantityWh, periodSeconds),
    publishedMarginalFraction: published?.fraction ?? 0,
    served,
    unservedKw: toKw(unservedWh, periodSeconds),
    congestion: {
      priceUsdPerKwh: congestion === undefined ? 0 : fromNano(priceNano - congestion.outsidePriceNano),
      rentUsd: fromPico(congestion?.rentPico ?? 0n),
    },
    statistics: { meanUsdPerKwh: mean, deviationUsdPerKwh: sigma },
    totals: totalsOf(history),
  };
}

function countServed({ acceptedWh }: Clearing["buyers"]): number {
  return acceptedWh.reduce((count, energyWh) => count + (energyWh > 0 ? 1 : 0), 0);
}

function totalsOf({ rounds, clearedWh, servedBids, unservedWh, rentPico }: RoundHistory): MarketTotals {
  return {
    rounds,
    clearedKwh: clearedWh / 1000,
    servedBids,
    unservedKwh: unservedWh / 1000,
    congestionRentUsd: fromPico(BigInt(rentPico)),
  };
}
