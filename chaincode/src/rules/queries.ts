import { canonical } from "./canonical.js";
import { checkClearing } from "./clearing.js";
import type { Dispute } from "./disputes.js";
import { refuse, SettlementError } from "./errors.js";
import { readSupply } from "./funds.js";
import { readCounter, readName, readText } from "./input.js";
import { keys } from "./keys.js";
import { nextPeriod, readMarket, termsAt } from "./markets.js";
import type { Account, JournalEntry, Participant } from "./participant.js";
import { readParticipant } from "./participants.js";
import { movementsOf, receiptOf } from "./receipt.js";
import type { Receipt, Round } from "./round.js";
import { parseBook, readBook } from "./settled-book.js";
import { bidText } from "./signing.js";
import { keyAttributes, ordered, type Page, type State } from "./state.js";
import { load, need, parseStored } from "./storage.js";
import type { Transaction } from "./transaction.js";

const pageLength = 100;
const mostReceipts = 1000;

export async function receipt({ state }: Transaction, args: readonly string[]): Promise<string> {
  return canonical(await readReceipt(state, readPlace(args)));
}

/** Receipts of up to 1000 rounds from a period on, in their order; fewer where fewer are settled. */
export async function receipts({ state }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = readPlace(args);
  const count = readLimit(args[2]);
  const end = await nextPeriod(state, market);
  const found: Receipt[] = [];
  for (let k = BigInt(period); k < end && found.length < count; k++)
    found.push(await readReceipt(state, { market, period: String(k) }));
  return canonical(found);
}

/** A market's terms and the period that it settles next. */
export async function market({ state }: Transaction, args: readonly string[]): Promise<string> {
  const name = readName(args[0], "the market");
  const found = await readMarket(state, name);
  return canonical({ ...found, next: String(await nextPeriod(state, name)) });
}

/** All bids of a settled round with their signatures, and what each was given. */
export async function book({ state }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = readPlace(args);
  return canonical(await readBook(state, market, period));
}

/** Checks a settled round again, from the state alone: signatures, clearing, receipt. Keys used before count too. */
export async function verify({ state, verifier }: Transaction, args: readonly string[]): Promise<string> {
  const place = readPlace(args);
  const round = await readBook(state, place.market, place.period);
  const terms = termsAt(await readMarket(state, place.market), place.period);
  const kept = await readReceipt(state, place);
  const name = `round ${place.period} of ${place.market}`;
  try {
    checkClearing(round, terms);
  } catch (error) {
    if (error instanceof SettlementError) refuse("CORRUPT", `${name} as kept is refused: ${error.message}`);
    throw error;
  }
  const again = { ...receiptOf(round, terms), version: kept.version };
  if (canonical(again) !== canonical(kept)) refuse("CORRUPT", `the receipt of ${name} does not fit its book.`);
  const checks = await signatureChecks(state, round);
  const sound = await verifier(
    checks.flatMap(({ keysOf, ...check }) => keysOf.map(publicKey => ({ ...check, publicKey }))),
  );
  let at = 0;
  for (const { keysOf, bidder } of checks) {
    if (!sound.slice(at, at + keysOf.length).includes(true))
      refuse("CORRUPT", `${name} has a bid that ${bidder} did not sign.`);
    at += keysOf.length;
  }
  return canonical({ valid: true, digest: kept.digest, bids: String(round.bids.length) });
}

async function signatureChecks(state: State, round: Round) {
  const names = [...new Set(round.bids.map(({ bidder }) => bidder))];
  const found = await Promise.all(names.map(name => readParticipant(state, name)));
  const parties = new Map(found.map(party => [party.participant, [party.publicKey, ...party.retiredKeys]]));
  return round.bids.map(bid => ({
    bidder: bid.bidder,
    keysOf: parties.get(bid.bidder) ?? [],
    text: bidText(round.market, round.period, bid),
    signature: bid.signature,
  }));
}

/** What a participant bought, sold and paid in rounds of a market, a page of rounds at a time. */
export async function statement({ state }: Transaction, args: readonly string[]): Promise<string> {
  const [participant, name] = [readName(args[0], "the participant"), readName(args[1], "the market")];
  const found = await readMarket(state, name);
  const { entries, bookmark } = await readPage(state, ["book", [name]], args[2]);
  const lines = entries.flatMap(({ value }) => {
    const round = parseBook(value);
    const { values, fees } = movementsOf(round, termsAt(found, round.period));
    return round.bids.flatMap(({ bidder, side, price, energy }, i) => {
      if (bidder !== participant) return [];
      const [value, fee] = [String(values[i]), String(fees[i])];
      const { period, closesAt, accepted } = round;
      return [{ period, closesAt, side, price, energy, accepted: accepted[i], value, fee }];
    });
  });
  return canonical({ lines, bookmark });
}

/** Deposits, withdrawals, corrections and forfeits of an account, in their order. */
export async function journal({ state }: Transaction, args: readonly string[]): Promise<string> {
  const participant = readName(args[0], "the participant");
  const { entries, bookmark } = await readPage(state, ["journal", [participant]], args[1]);
  return canonical({ entries: entries.map(({ value }) => parseStored<JournalEntry>(value)), bookmark });
}

export async function participant({ state }: Transaction, args: readonly string[]): Promise<string> {
  const found: Participant = await readParticipant(state, readName(args[0], "the participant"));
  return canonical(found);
}

/** What a participant may use, and what is held of it. */
export async function balance({ state }: Transaction, args: readonly string[]): Promise<string> {
  const name = readName(args[0], "the participant");
  const { available, held } = await need<Account>(state, keys.account(name), `participant ${name}`);
  return canonical({ available, held });
}

export async function supply({ state }: Transaction): Promise<string> {
  return canonical(await readSupply(state));
}

/** Adds up all accounts and compares them with all money there is. */
export async function audit({ state }: Transaction): Promise<string> {
  const { deposited, withdrawn } = await readSupply(state);
  const expected = BigInt(deposited) - BigInt(withdrawn);
  let [accounts, total] = [0n, 0n];
  for await (const { value } of state.range("account", [])) {
    const { available, held } = parseStored<Account>(value);
    [accounts, total] = [accounts + 1n, total + BigInt(available) + BigInt(held)];
  }
  if (total !== expected)
    refuse("CORRUPT", `${accounts} accounts hold ${total} pico; ${expected} pico were deposited.`);
  return canonical({ accounts: String(accounts), total: String(total) });
}

/** How often a participant was rated, and the sum of its scores. */
export async function rating({ state }: Transaction, args: readonly string[]): Promise<string> {
  let [count, sum] = [0n, 0n];
  for await (const { value } of state.range("rating", [readName(args[0], "the participant")]))
    [count, sum] = [count + 1n, sum + BigInt(parseStored<{ score: string }>(value).score)];
  return canonical({ count: String(count), sum: String(sum) });
}

export async function dispute({ state }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = readPlace(args);
  const name = readName(args[2], "the dispute");
  return canonical(
    await need<Dispute>(
      state,
      keys.dispute(market, period, name),
      `dispute ${name} about round ${period} of ${market}`,
    ),
  );
}

/** Digests of the meter readings of a period by participant. */
export async function meters({ state }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = readPlace(args);
  const digests: [participant: string, digest: string][] = [];
  for await (const { key, value } of state.range("meter", [market, ordered(period)]))
    digests.push([keyAttributes(key)[2], parseStored<{ digest: string }>(value).digest]);
  return canonical(Object.fromEntries(digests));
}

interface Place {
  readonly market: string;
  readonly period: string;
}

function readPlace([market, period]: readonly string[]): Place {
  return { market: readName(market, "the market"), period: readCounter(period, "the period") };
}

async function readReceipt(state: State, { market, period }: Place): Promise<Receipt> {
  const found = await load<Receipt>(state, keys.receipt(market, period));
  return found ?? refuse("UNKNOWN", `round ${period} of ${market} is not settled.`);
}

function readPage(state: State, [type, attributes]: [string, string[]], bookmark: string): Promise<Page> {
  return state.page(type, attributes, { limit: pageLength, bookmark: readText(bookmark, "the bookmark", 400) });
}

function readLimit(text: string): number {
  const limit = Number(readCounter(text, "the limit"));
  if (limit < 1 || limit > mostReceipts) refuse("BAD_INPUT", `the limit is ${limit}; 1 to ${mostReceipts} may be.`);
  return limit;
}
