import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { isName } from "gridloom-settlement/rules";
import { unresponsiveName, utilityName } from "../../methods/index.js";

/** One market whose rounds are settled. */
const market = z.strictObject({
  rule: z.enum(["uniform", "continuous", "continuous-whole", "packet"]).default("uniform"),
  /** How the contract checks a uniform price: by the declared rule, or by the bounds within which nobody loses. */
  pricing: z.enum(["corrected", "published", "interval"]).default("corrected"),
  periodSeconds: z.int().positive(),
  /** Second at which period 0 closes. */
  closesAtSeconds: z.int().nonnegative(),
  priceCapUsdPerKwh: z.number().positive(),
  /** What may flow between the feeder and the utility in either direction. */
  transformerKw: z.number().nonnegative().optional(),
  /** Whoever bids, besides the utility and the unresponsive load. */
  bidders: z.array(z.string()).nonempty(),
  /** Names of accounts, where those of bidders are not meant; in the bidders' order, because equal shares go by name. */
  accounts: z.record(z.string(), z.string()).default({}),
  /** What each bidder pays in at the start; utility and unresponsive load pay in as much as all bidders together. */
  depositUsd: z.number().positive().default(1000),
});

export const settlementParams = z.strictObject({
  /** `advisory` settles what was cleared while the simulation goes on; with `binding` power moves once it is committed. */
  mode: z.enum(["advisory", "binding"]).default("advisory"),
  /** What follows a refused round when binding: the run ends, or nothing is traded in that period. */
  onRefusal: z.enum(["stop", "repair"]).default("stop"),
  /** Rounds that may wait for the ledger before the simulation waits for it. */
  outboxRounds: z.int().positive().default(512),
  /** Wall-clock time without an answer after which the ledger counts as gone. */
  patienceSeconds: z.number().positive().default(60),
  /** Account of whoever holds the markets: it gets fees and congestion rent. */
  operator: z.string().default("operator"),
  /** What buyers pay besides the price. */
  feeUsdPerKwh: z.number().nonnegative().default(0),
  /** Markets by the name of the input at which their rounds come. */
  markets: z.record(z.string().regex(/^[A-Za-z]\w*$/), market),
});

export type SettlementParams = z.output<typeof settlementParams>;
export type MarketParams = SettlementParams["markets"][string];

/** Account of a bidder: its name, unless the case says another. */
export function accountOf({ accounts }: Pick<MarketParams, "accounts">, bidder: string): string {
  return accounts[bidder] ?? bidder;
}

/** Accounts of a market, those of the two pools last. */
export function accountsOf(market: MarketParams): string[] {
  return namesOf(market).map(bidder => accountOf(market, bidder));
}

function namesOf({ bidders }: MarketParams): string[] {
  return [...bidders, utilityName, unresponsiveName];
}

/** Accounts that the contract would refuse, that would be two parties' at once, or whose order is not that of their bidders. */
export function accountFaults(params: SettlementParams): Fault[] {
  const markets = Object.entries(params.markets);
  return [...sharedFaults(params), ...markets.flatMap(([name, market]) => nameFaults(name, market))];
}

function sharedFaults({ markets, operator }: SettlementParams): Fault[] {
  const owner = new Map([[operator, "the operator"]]);
  return Object.entries(markets).flatMap(([name, market]) =>
    accountsOf(market).flatMap(account => {
      const other = owner.get(account);
      owner.set(account, name);
      if (other === undefined) return [];
      const problem = `The account "${account}" is one of ${other} already.`;
      return [{ path: `params.markets.${name}`, problem, cure: "Give it another name under `accounts`." }];
    }),
  );
}

/** The contract serves equal bids by the names of accounts, the market by those of bidders: both must have one order. */
function nameFaults(name: string, market: MarketParams): Fault[] {
  const path = `params.markets.${name}`;
  const odd = accountsOf(market).find(account => !isName(account));
  if (odd !== undefined) {
    const problem = `The account "${odd}" cannot be one on a ledger.`;
    const cure = "Name it under `accounts` with 1 to 64 letters, digits, inner spaces and . : @ / _ -";
    return [{ path, problem, cure }];
  }
  const names = namesOf(market).sort();
  const place = names.findIndex((bidder, i) => i > 0 && accountOf(market, bidder) < accountOf(market, names[i - 1]));
  if (place < 0) return [];
  const [one, other] = [names[place - 1], names[place]];
  const problem = `"${one}" comes before "${other}", but its account "${accountOf(market, one)}" after "${accountOf(market, other)}".`;
  return [{ path, problem, cure: "Name accounts in the order of their bidders: equal bids share by name." }];
}
