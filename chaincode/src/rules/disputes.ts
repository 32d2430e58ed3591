import { Accounts } from "./accounts.js";
import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { readCounter, readInteger, readJson, readList, readMembers, readName, readText, readWord } from "./input.js";
import { keys } from "./keys.js";
import { readMarket, termsAt } from "./markets.js";
import { checkDistinct } from "./participants.js";
import { readBook } from "./settled-book.js";
import { checkStatement } from "./statements.js";
import { need, save, saveOnce } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** A complaint about a settled round. The round itself is never written again. */
export interface Dispute {
  readonly claimant: string;
  readonly reason: string;
  readonly verdict: "open" | "upheld" | "rejected";
  readonly corrections: readonly Correction[];
}

/** 1e-12 currency that a participant gets; negative where it gives. */
export interface Correction {
  readonly participant: string;
  readonly amount: string;
}

/** Opens a dispute about a round in which the claimant bid, by its signature. */
export async function openDispute(transaction: Transaction, args: readonly string[]): Promise<string> {
  const { state, emit } = transaction;
  const said = readDispute(args[0]);
  const { market, period, dispute, claimant, reason } = said;
  await checkStatement(transaction, { kind: "dispute", by: claimant, statement: said });
  const { bids } = await readBook(state, market, period);
  if (!bids.some(({ bidder }) => bidder === claimant))
    refuse("COUNTERPARTY", `${claimant} did not bid in round ${period} of ${market}.`);
  const key = keys.dispute(market, period, dispute);
  const what = `dispute ${dispute} about round ${period} of ${market}`;
  const value = { claimant, reason, verdict: "open", corrections: [] } satisfies Dispute;
  if (await saveOnce(state, key, { value, what })) emit("DisputeOpened", { market, period, dispute, claimant });
  return canonical(value);
}

/**
 * Decides a dispute once. If it is upheld, money moves between participants of the round and the market's operator; what some
 * get, others give.
 */
export async function resolveDispute({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period, dispute, verdict, corrections } = readResolution(args[0]);
  const what = `dispute ${dispute} about round ${period} of ${market}`;
  const key = keys.dispute(market, period, dispute);
  const before = await need<Dispute>(state, key, what);
  const after = { ...before, verdict, corrections };
  const text = canonical(after);
  if (text === canonical(before)) return text;
  if (before.verdict !== "open") refuse("CONFLICT", `${what} is ${before.verdict} already.`);
  const { bids } = await readBook(state, market, period);
  const { operator } = termsAt(await readMarket(state, market), period);
  const parties = new Set([operator, ...bids.map(({ bidder }) => bidder)]);
  const stranger = corrections.find(({ participant }) => !parties.has(participant));
  if (stranger !== undefined)
    refuse("COUNTERPARTY", `${stranger.participant} has no part in round ${period} of ${market}.`);
  const accounts = new Accounts(state);
  await accounts.load(corrections.map(({ participant }) => participant));
  for (const { participant, amount } of corrections)
    accounts.enter(participant, { kind: "correction", amount, reference: `${market}/${period}/${dispute}` });
  await accounts.write();
  await save(state, key, after);
  emit("DisputeResolved", { market, period, dispute, verdict });
  return text;
}

function readDispute(text: string) {
  const names = ["market", "period", "dispute", "claimant", "reason", "signature"] as const;
  const said = readMembers(readJson(text, "the dispute"), "the dispute", names);
  return {
    market: readName(said.market, "the market of the dispute"),
    period: readCounter(said.period, "the period of the dispute"),
    dispute: readName(said.dispute, "the name of the dispute"),
    claimant: readName(said.claimant, "the claimant"),
    reason: readText(said.reason, "the reason", 500),
    signature: readText(said.signature, "the signature of the dispute", 100),
  };
}

function readResolution(text: string) {
  const names = ["market", "period", "dispute", "verdict", "corrections"] as const;
  const resolution = readMembers(readJson(text, "the resolution"), "the resolution", names);
  const verdict = readWord(resolution.verdict, "the verdict", ["upheld", "rejected"]);
  return {
    market: readName(resolution.market, "the market of the resolution"),
    period: readCounter(resolution.period, "the period of the resolution"),
    dispute: readName(resolution.dispute, "the dispute"),
    verdict,
    corrections: readCorrections(resolution.corrections, verdict),
  };
}

function readCorrections(value: unknown, verdict: "upheld" | "rejected"): Correction[] {
  if (verdict === "rejected") {
    if (Array.isArray(value) && value.length === 0) return [];
    return refuse("BAD_INPUT", "a rejected dispute corrects nothing; give [].");
  }
  const corrections = readList(value, "corrections", 1000).map(each => {
    const { participant, amount } = readMembers(each, "a correction", ["participant", "amount"]);
    const name = readName(participant, "the participant of a correction");
    return { participant: name, amount: readInteger(amount, `the correction for ${name}`) };
  });
  checkDistinct(corrections.map(({ participant }) => participant));
  const balance = corrections.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  if (balance !== 0n) refuse("UNBALANCED", `the corrections add up to ${balance} pico, not to 0.`);
  return corrections;
}
