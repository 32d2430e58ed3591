import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { readCounter, readJson, readList, readMembers, readName, readNatural, readTime, readWord } from "./input.js";
import { keys } from "./keys.js";
import { pricings, type MarketTerms, type Transformer } from "./market.js";
import { rules } from "./round.js";
import type { State } from "./state.js";
import { need, save, saveOnce } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** A market as it stands in the state: which terms hold from which period on, oldest first. */
export interface Market {
  readonly market: string;
  readonly terms: readonly { readonly from: string; readonly terms: MarketTerms }[];
}

/** Opens a market; the same terms again change nothing. */
export async function createMarket({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const market = readName(args[0], "the market");
  const terms = readTerms(readJson(args[1], "the terms"), market);
  await need(state, keys.participant(terms.operator), `participant ${terms.operator} to operate ${market}`);
  const value = { market, terms: [{ from: "0", terms }] };
  const isNew = await saveOnce(state, keys.market(market), { value, what: `market ${market}` });
  if (isNew) {
    await state.put(keys.cursor(market), "0");
    emit("MarketCreated", { market });
  }
  return canonical(value);
}

/** Changes a market's terms from a period on that is not settled yet; the clock of its periods stays. */
export async function setTerms({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const [name, from] = [readName(args[0], "the market"), readCounter(args[1], "the first period of the terms")];
  const market = await readMarket(state, name);
  const terms = readTerms(readJson(args[2], "the terms"), name);
  const latest = market.terms[market.terms.length - 1];
  const change = { from, terms };
  if (canonical(latest) === canonical(change)) return canonical(market);
  const next = await nextPeriod(state, name);
  if (BigInt(from) < next || BigInt(from) <= BigInt(latest.from))
    refuse(
      "SEQUENCE",
      `terms of ${name} from period ${from} come too late; ${next} is next, the last change is of ${latest.from}.`,
    );
  if (terms.start !== latest.terms.start || terms.periodSeconds !== latest.terms.periodSeconds)
    refuse(
      "CONFLICT",
      `the periods of ${name} begin at ${latest.terms.start}, ${latest.terms.periodSeconds} s each; open another market.`,
    );
  await need(state, keys.participant(terms.operator), `participant ${terms.operator} to operate ${name}`);
  const changed: Market = { market: name, terms: [...market.terms, change] };
  await save(state, keys.market(name), changed);
  emit("TermsSet", { market: name, from });
  return canonical(changed);
}

export function readMarket(state: State, market: string): Promise<Market> {
  return need<Market>(state, keys.market(market), `market ${market}`);
}

/** The period that settles next. */
export async function nextPeriod(state: State, market: string): Promise<bigint> {
  return BigInt((await state.get(keys.cursor(market))) ?? refuse("UNKNOWN", `there is no market ${market}.`));
}

/** What holds in a period. */
export function termsAt({ market, terms }: Market, period: string): MarketTerms {
  const applied = terms.findLast(({ from }) => BigInt(from) <= BigInt(period));
  return applied?.terms ?? refuse("CORRUPT", `market ${market} has no terms for period ${period}.`);
}

const termNames = [
  ...(["rule", "pricing", "start", "periodSeconds", "priceCap", "maxEnergy"] as const),
  ...(["fee", "operator", "escrow", "sealed"] as const),
];

function readTerms(value: unknown, market: string): MarketTerms {
  const here = `the terms of ${market}`;
  const terms = readMembers(value, here, termNames, ["transformer"]);
  const read: MarketTerms = {
    rule: readWord(terms.rule, `the rule in ${here}`, rules),
    pricing: readWord(terms.pricing, `the pricing in ${here}`, pricings),
    start: readTime(terms.start, `the start in ${here}`),
    periodSeconds: readCounter(terms.periodSeconds, `the period in ${here}`),
    priceCap: readNatural(terms.priceCap, `the price cap in ${here}`),
    maxEnergy: readNatural(terms.maxEnergy, `the largest energy in ${here}`),
    fee: readNatural(terms.fee, `the fee in ${here}`),
    operator: readName(terms.operator, `the operator in ${here}`),
    escrow: readWord(terms.escrow, `the escrow in ${here}`, ["balance", "hold"]),
    sealed: readWord(terms.sealed, `"sealed" in ${here}`, ["no", "yes"]),
    transformer: terms.transformer === undefined ? undefined : readTransformer(terms.transformer, here),
  };
  if (read.periodSeconds === "0") refuse("BAD_INPUT", `${here} have periods of 0 s.`);
  if (read.sealed === "yes" && read.escrow === "balance")
    refuse("BAD_INPUT", `${here} want sealed bids without holds; a bid that is never revealed must cost something.`);
  return read;
}

function readTransformer(value: unknown, here: string): Transformer {
  const { importLimit, exportLimit, outside } = readMembers(value, `the transformer in ${here}`, [
    "importLimit",
    "exportLimit",
    "outside",
  ]);
  return {
    importLimit: readNatural(importLimit, `the import limit in ${here}`),
    exportLimit: readNatural(exportLimit, `the export limit in ${here}`),
    outside: readList(outside, `those outside in ${here}`, 1000).map(name => readName(name, `one outside in ${here}`)),
  };
}
