import type { DemandBid } from "../../models/index.js";
import {
  acceptedByBidder,
  aggregateBid,
  assembleBook,
  clearingRules,
  fromNano,
  toKw,
  toNano,
  toWh,
  utilityName,
  type Book,
  type Clearing,
  type ClearingRuleName,
  type ClearingRules,
  type FeedIn,
} from "../../methods/index.js";
import { RandomStream, type SetupContext } from "../../runtime/index.js";
import { readBids, type MarketBids } from "./bids.js";
import { orderBook, type BookSettings, type OrderBook } from "./order-book.js";
import { createHistory, reportRound, type MarketRound, type RoundHistory } from "./round.js";
import { settlementRound, type SettlementRound } from "./settlement-round.js";

export type { MarketBids, MarketRound, SettlementRound };

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
  /** Only in the rounds whose order book is told. */
  readonly orderBook: OrderBook | undefined;
  /** Only where rounds are settled. */
  readonly settlement: SettlementRound | undefined;
}

/** Settings of the market. */
export interface MarketSettings {
  readonly houses: readonly string[];
  readonly periodSeconds: number;
  readonly priceCapUsdPerKwh: number;
  readonly utilityKw: number;
  readonly initialPriceUsdPerKwh: number;
  /** What becomes of a bid above the cap; published markets clip it, corrected ones refuse it. */
  readonly aboveCap?: "clip" | "refuse";
  readonly rule: ClearingRuleName;
  readonly transformerKw?: number;
  readonly feedIn?: FeedIn;
  readonly readsPriceLate?: boolean;
  readonly statistics: { readonly windowSeconds: number };
  readonly book?: BookSettings;
  readonly tellsSettlement?: boolean;
}

/** Who a market is: how it behaves, and where its lots come from. */
export type MarketIdentity = Pick<SetupContext, "name" | "behaviour" | "seed">;

/** The market while it runs: plain data. */
export interface Market extends MarketSettings, MarketIdentity {
  readonly aboveCap: "clip" | "refuse";
  /** The marginal price that the published market read too late for its last round. */
  lateLmpUsdPerKwh: number;
  readonly history: RoundHistory;
}

/** A market before its first round. */
export function createMarket(settings: MarketSettings, { name, behaviour, seed }: MarketIdentity): Market {
  const { aboveCap = behaviour === "published" ? "clip" : "refuse" } = settings;
  const windowRounds = Math.max(1, Math.round(settings.statistics.windowSeconds / settings.periodSeconds));
  const lateLmpUsdPerKwh = settings.initialPriceUsdPerKwh;
  return { ...settings, aboveCap, name, behaviour, seed, lateLmpUsdPerKwh, history: createHistory(windowRounds) };
}

/**
 * Clears one round. Published, the utility offers at the marginal price of the round before unless the case says otherwise;
 * corrected, at the present one.
 * @throws BookError naming each house whose bid cannot be.
 */
export function holdRound(market: Market, bids: MarketBids | undefined, lmp: number): HeldMarket {
  const { behaviour, periodSeconds, priceCapUsdPerKwh } = market;
  const readsLate = market.readsPriceLate ?? behaviour === "published";
  const lmpUsdPerKwh = readsLate ? market.lateLmpUsdPerKwh : lmp;
  market.lateLmpUsdPerKwh = lmp;
  const { book, condition } = assembleBook(bids === undefined ? [] : readBids(market, bids), {
    periodSeconds,
    priceCapUsdPerKwh,
    lmpUsdPerKwh,
    supplyCapacityKw: market.utilityKw,
    feedIn: market.feedIn,
    behaviour,
  });
  const cleared = clearingRules[market.rule].clear(book, rulesOf(market));
  const settlement = market.tellsSettlement === true ? settlementOf(market, book, cleared) : undefined;
  const clearing = bids === undefined ? { ...cleared, priceNano: utilityPriceNano(book) } : cleared;
  const round = reportRound(market.history, { clearing, condition, lmpUsdPerKwh, periodSeconds, behaviour });
  const demandBid = feederBid(market, book, clearing);
  const told = orderBook(book, round, { settings: market.book, periodSeconds });
  return { round, acceptedKw: acceptedKw(market, book, clearing), demandBid, orderBook: told, settlement };
}

function settlementOf({ history, rule, priceCapUsdPerKwh }: Market, book: Book, cleared: Clearing): SettlementRound {
  return settlementRound(book, cleared, { period: history.rounds, rule, priceCapNano: toNano(priceCapUsdPerKwh) });
}

/** What a round without any bid is priced at. */
function utilityPriceNano({ sellers }: Book): number {
  return sellers.find(({ bidder }) => bidder === utilityName)?.priceNano ?? 0;
}

/** The utility is the world beyond the transformer. */
function rulesOf({ behaviour, priceCapUsdPerKwh, transformerKw, periodSeconds, ...market }: Market): ClearingRules {
  const lots = `${market.name}/lot/${market.history.rounds}`;
  const rules: ClearingRules = {
    ...{ behaviour, priceCapNano: toNano(priceCapUsdPerKwh) },
    lot: bidder => new RandomStream(market.seed, `${lots}/${bidder}`).next(),
  };
  if (transformerKw === undefined && market.feedIn === undefined) return rules;
  const limitWh = transformerKw === undefined ? Infinity : toWh(transformerKw, periodSeconds);
  return { ...rules, transformer: { importWh: limitWh, exportWh: limitWh, isOutside: name => name === utilityName } };
}

/** Demand at any price, and the houses' demand that responds to the price; what the utility takes is no demand. */
function feederBid({ priceCapUsdPerKwh, periodSeconds, behaviour }: Market, book: Book, clearing: Clearing): FeederBid {
  const priceCapNano = toNano(priceCapUsdPerKwh);
  let servedWh = 0;
  const blocks = book.buyers.flatMap(({ bidder, priceNano, energyWh }, i) => {
    if (bidder === utilityName) return [];
    if (priceNano < priceCapNano) servedWh += clearing.buyers.acceptedWh[i];
    return [{ priceUsdPerKwh: fromNano(priceNano), quantityKw: toKw(energyWh, periodSeconds) }];
  });
  return { ...aggregateBid(blocks, { priceCapUsdPerKwh, behaviour }), servedMw: toKw(servedWh, periodSeconds) / 1000 };
}

function acceptedKw({ houses, periodSeconds }: Market, book: Book, { buyers, sellers }: Clearing): Float64Array {
  const bought = acceptedByBidder(book.buyers, buyers);
  const sold = acceptedByBidder(book.sellers, sellers);
  return Float64Array.from(houses, house => toKw(bought.get(house) ?? sold.get(house) ?? 0, periodSeconds));
}
