import type { DemandBid } from "../../models/index.js";
import {
  acceptedByBidder,
  aggregateBid,
  assembleBook,
  clear,
  fromNano,
  fromPico,
  toKw,
  toNano,
  type Behaviour,
  type Book,
  type Clearing,
  type HouseBid,
  type MarketCondition,
} from "../../methods/index.js";

/** What the houses send: lists with one entry for each house, in the order of the case. */
export interface MarketBids {
  readonly role: readonly HouseBid["role"][];
  readonly priceUsdPerKwh: readonly number[];
  readonly quantityKw: readonly number[];
  /** Demand at any price. */
  readonly uncoveredKw: readonly number[];
  readonly trades: readonly boolean[];
  readonly hvacNeeded: readonly boolean[];
}

/** What everybody learns of a round. */
export interface MarketRound {
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
  readonly totals: { readonly rounds: number; readonly clearedKwh: number };
}

/** The feeder's demand as the bulk system hears of it. */
export interface FeederBid extends DemandBid {
  /** The part of the responsive demand that was accepted and is therefore in the feeder's present load. */
  readonly servedMw: number;
}

/** What a round brings. */
export interface HeldMarket {
  readonly round: MarketRound;
  /** What each house may buy or sell, kW, in the order of the case. */
  readonly acceptedKw: Float64Array;
  readonly demandBid: FeederBid;
}

/** Settings of the market. */
export interface MarketSettings {
  readonly houses: readonly string[];
  readonly periodSeconds: number;
  readonly priceCapUsdPerKwh: number;
  readonly utilityKw: number;
  readonly initialPriceUsdPerKwh: number;
}

/** The market while it runs: plain data. */
export interface Market extends MarketSettings {
  readonly behaviour: Behaviour;
  /** The marginal price that the published market read too late for its last round. */
  lateLmpUsdPerKwh: number;
  rounds: number;
  clearedWh: number;
}

/** A market before its first round. */
export function createMarket(settings: MarketSettings, behaviour: Behaviour): Market {
  return { ...settings, behaviour, lateLmpUsdPerKwh: settings.initialPriceUsdPerKwh, rounds: 0, clearedWh: 0 };
}

/**
 * Clears one round. Published, the utility offers at the marginal price of the round before and surplus is counted in
 * kW times price; corrected, it offers at the present one and surplus is money.
 */
export function holdRound(market: Market, bids: MarketBids | undefined, lmp: number): HeldMarket {
  const { behaviour, periodSeconds, priceCapUsdPerKwh } = market;
  const lmpUsdPerKwh = behaviour === "published" ? market.lateLmpUsdPerKwh : lmp;
  market.lateLmpUsdPerKwh = lmp;
  const { book, condition } = assembleBook(houseBids(market, bids), {
    periodSeconds,
    priceCapUsdPerKwh,
    lmpUsdPerKwh,
    supplyCapacityKw: market.utilityKw,
    behaviour,
  });
  const priceCapNano = toNano(priceCapUsdPerKwh);
  const clearing = clear(book, { priceCapNano, behaviour });
  market.rounds++;
  market.clearedWh += clearing.quantityWh;
  const blocks = book.buyers.map(({ priceNano, energyWh }) => ({
    priceUsdPerKwh: fromNano(priceNano),
    quantityKw: toKw(energyWh, periodSeconds),
  }));
  const servedWh = book.buyers.reduce(
    (sum, { priceNano }, i) => sum + (priceNano < priceCapNano ? clearing.buyers.acceptedWh[i] : 0),
    0,
  );
  const servedMw = toKw(servedWh, periodSeconds) / 1000;
  const demandBid = { ...aggregateBid(blocks, { priceCapUsdPerKwh, behaviour }), servedMw };
  const round = describeRound(market, { clearing, condition, lmpUsdPerKwh });
  return { round, acceptedKw: acceptedKw(market, book, clearing), demandBid };
}

function houseBids({ houses }: Market, bids: MarketBids | undefined): HouseBid[] {
  if (bids === undefined) return [];
  return houses.map((house, i) => ({
    house,
    role: bids.role[i],
    priceUsdPerKwh: bids.priceUsdPerKwh[i],
    quantityKw: bids.quantityKw[i],
    uncoveredKw: bids.uncoveredKw[i],
    trades: bids.trades[i],
  }));
}

interface HeldRound {
  readonly clearing: Clearing;
  readonly condition: MarketCondition;
  readonly lmpUsdPerKwh: number;
}

function describeRound(market: Market, { clearing, condition, lmpUsdPerKwh }: HeldRound): MarketRound {
  const { behaviour, periodSeconds, rounds, clearedWh } = market;
  const { surplus, priceNano, quantityWh, type, published } = clearing;
  const perRound = behaviour === "published" ? 3600 / periodSeconds : 1;
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
    totals: { rounds, clearedKwh: clearedWh / 1000 },
  };
}

function acceptedKw({ houses, periodSeconds }: Market, book: Book, { buyers, sellers }: Clearing): Float64Array {
  const bought = acceptedByBidder(book.buyers, buyers);
  const sold = acceptedByBidder(book.sellers, sellers);
  return Float64Array.from(houses, house => toKw(bought.get(house) ?? sold.get(house) ?? 0, periodSeconds));
}
