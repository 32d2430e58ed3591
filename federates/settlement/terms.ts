import type { ClearedRound, MarketTerms } from "gridloom-settlement/rules";
import type { MarketOpening } from "../../ledger/index.js";
import { toNano, toWh, utilityName } from "../../methods/index.js";
import type { SettlementRound } from "../market/market-round.js";
import { accountOf, accountsOf, type MarketParams, type SettlementParams } from "./params.js";

/** 1e-12 currency of one unit of it. */
const picoPerUnit = 1_000_000_000_000n;
/** Wh that no bid reaches: what a bid may ask for is bounded by what its bidder has paid in. */
const MAX_ENERGY_WH = "1000000000000";

/** What a market promises to its participants, as the contract has it. `start` is the wall-clock time of second 0. */
export function termsOf(market: MarketParams, params: SettlementParams, start: string): MarketTerms {
  const { rule, pricing, periodSeconds, closesAtSeconds, priceCapUsdPerKwh, transformerKw } = market;
  const limit = transformerKw === undefined ? undefined : String(toWh(transformerKw, periodSeconds));
  return {
    ...{ rule, pricing },
    start: isoAfter(start, closesAtSeconds),
    periodSeconds: String(periodSeconds),
    priceCap: String(toNano(priceCapUsdPerKwh)),
    maxEnergy: MAX_ENERGY_WH,
    fee: String(toNano(params.feeUsdPerKwh)),
    operator: params.operator,
    escrow: "balance",
    sealed: "no",
    ...(limit !== undefined && {
      transformer: { importLimit: limit, exportLimit: limit, outside: [accountOf(market, utilityName)] },
    }),
  };
}

/** Everything that opens a market: its terms, and its participants with what they pay in. */
export function openingOf(name: string, params: SettlementParams, start: string): MarketOpening {
  const market = params.markets[name];
  const accounts = accountsOf(market);
  const each = BigInt(Math.round(market.depositUsd * 1e6)) * (picoPerUnit / 1_000_000n);
  const pool = each * BigInt(market.bidders.length);
  const isPool = (i: number) => i >= market.bidders.length;
  return {
    market: name,
    terms: termsOf(market, params, start),
    members: accounts.map((account, i) => ({ name: account, deposit: String(isPool(i) ? pool : each) })),
  };
}

/** A round as it goes to the ledger. */
export function clearedRound(
  { market, terms, accounts }: { market: string; terms: MarketTerms; accounts: MarketParams["accounts"] },
  told: SettlementRound,
): ClearedRound {
  const { period, rule, priceCapNano, priceNano, buyers, valuePico, congestion } = told;
  const closesAt = isoAfter(terms.start, period * Number(terms.periodSeconds));
  return {
    ...{ market, period: String(period), closesAt, rule },
    priceCap: String(priceCapNano),
    price: String(priceNano),
    bids: told.bidders.map((bidder, i) => ({
      bidder: accountOf({ accounts }, bidder),
      side: i < buyers ? "buy" : "sell",
      price: String(told.bidNano[i]),
      energy: String(told.energyWh[i]),
      nonce: String(2 * period + (i < buyers ? 1 : 2)),
    })),
    accepted: told.acceptedWh.map(String),
    ...(valuePico !== undefined && { values: valuePico }),
    ...(congestion !== undefined && {
      congestion: { flow: String(congestion.flowWh), outsidePrice: String(congestion.outsidePriceNano) },
    }),
  };
}

/** The round in whose place nothing is traded. */
export function emptyRound({ market, period, closesAt, rule, priceCap, values }: ClearedRound): ClearedRound {
  const round = { market, period, closesAt, rule, priceCap, price: "0", bids: [], accepted: [] };
  return values === undefined ? round : { ...round, values: [] };
}

function isoAfter(start: string, seconds: number): string {
  return new Date(Date.parse(start) + seconds * 1000).toISOString();
}
