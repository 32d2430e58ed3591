import { Accounts } from "./accounts.js";
import { canonical } from "./canonical.js";
import { checkClearing } from "./clearing.js";
import { refuse } from "./errors.js";
import { isoTime } from "./input.js";
import { keys } from "./keys.js";
import type { MarketTerms } from "./market.js";
import { nextPeriod, readMarket, termsAt, type Market } from "./markets.js";
import type { Participant } from "./participant.js";
import { checkActive } from "./participants.js";
import { bookMovements } from "./movements.js";
import { movementsOf, receiptFor, roundDigest, roundText } from "./receipt.js";
import { readRounds } from "./round-input.js";
import type { Receipt, Round } from "./round.js";
import { saveBook } from "./settled-book.js";
import { bidText, type Verifier } from "./signing.js";
import type { State } from "./state.js";
import { load, need } from "./storage.js";
import type { Transaction } from "./transaction.js";

/**
 * Settles 1 to 32 consecutive rounds of a market, all or none: who bid, what was signed, the clearing, the money. A round that
 * is settled already gives its receipt again if it is the same, and is refused if it is not. Answers with the receipts.
 */
export async function settle(transaction: Transaction, args: readonly string[]): Promise<string> {
  const { state, verifier, emit } = transaction;
  const rounds = readRounds(args[0]);
  const [{ market: name }] = rounds;
  const market = await readMarket(state, name);
  const next = await nextPeriod(state, name);
  const before = await receiptsBefore(state, rounds, next);
  const fresh = rounds.slice(before.length);
  if (fresh.length === 0) return canonical(before);
  if (BigInt(fresh[0].period) !== next)
    refuse("SEQUENCE", `round ${fresh[0].period} of ${name} comes before round ${next} is settled.`);
  const parties = await readParties(state, fresh);
  checkParties(fresh, market, parties);
  await checkSignatures(fresh, parties, verifier);
  const accounts = new Accounts(state);
  await accounts.load([...parties.keys(), ...fresh.map(({ period }) => termsAt(market, period).operator)]);
  const receipts: Receipt[] = [...before];
  for (const round of fresh)
    receipts.push(await settleRound({ state, accounts }, round, termsAt(market, round.period)));
  await accounts.write();
  await state.put(keys.cursor(name), String(next + BigInt(fresh.length)));
  emit("RoundsSettled", { receipts: receipts.slice(before.length) });
  return canonical(receipts);
}

async function settleRound(
  { state, accounts }: { state: State; accounts: Accounts },
  round: Round,
  terms: MarketTerms,
): Promise<Receipt> {
  const book = checkClearing(round, terms);
  const moved = movementsOf(round, terms);
  await bookMovements({ state, accounts }, { round, terms, book, moved });
  const text = roundText(round);
  const receipt = receiptFor(round, moved, text);
  await saveBook(state, round, text);
  await state.put(keys.receipt(round.market, round.period), canonical(receipt));
  return receipt;
}

/** Receipts of the rounds that are settled already, which are the first ones. */
async function receiptsBefore(state: State, rounds: readonly Round[], next: bigint): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const round of rounds) {
    const { market, period } = round;
    if (BigInt(period) >= next) break;
    const receipt = await need<Receipt>(state, keys.receipt(market, period), `receipt of round ${period} of ${market}`);
    const digest = roundDigest(round);
    if (receipt.digest !== digest)
      refuse(
        "CONFLICT",
        `round ${period} of ${market} was settled with digest ${receipt.digest}; this one has ${digest}.`,
      );
    receipts.push(receipt);
  }
  return receipts;
}

type Parties = ReadonlyMap<string, Participant>;

async function readParties(state: State, rounds: readonly Round[]): Promise<Parties> {
  const names = [...new Set(rounds.flatMap(({ bids }) => bids.map(({ bidder }) => bidder)))];
  const found = await Promise.all(names.map(name => load<Participant>(state, keys.participant(name))));
  return new Map(
    names.map((name, i) => [name, found[i] ?? refuse("UNKNOWN", `there is no participant ${name}, who bids.`)]),
  );
}

/** Rounds close when the market says, and every bidder may bid then. */
function checkParties(rounds: readonly Round[], market: Market, parties: Parties): void {
  for (const { period, closesAt, bids } of rounds) {
    const { start, periodSeconds } = termsAt(market, period);
    const close = isoTime(Date.parse(start) + Number(period) * Number(periodSeconds) * 1000);
    if (closesAt !== close)
      refuse(
        "SEQUENCE",
        `round ${period} of ${market.market} says that it closes at ${closesAt}; the market says ${close}.`,
      );
    for (const name of new Set(bids.map(({ bidder }) => bidder))) {
      const party = parties.get(name);
      if (party !== undefined) checkActive(party, closesAt);
    }
  }
}

async function checkSignatures(rounds: readonly Round[], parties: Parties, verifier: Verifier): Promise<void> {
  const signed = rounds.flatMap(({ market, period, bids }) => bids.map(bid => ({ market, period, bid })));
  const checks = signed.map(({ market, period, bid }) => ({
    publicKey: parties.get(bid.bidder)?.publicKey ?? "",
    text: bidText(market, period, bid),
    signature: bid.signature,
  }));
  const sound = await verifier(checks);
  const forged = signed.find((_, i) => sound[i] !== true);
  if (forged === undefined) return;
  const { bid, period, market } = forged;
  refuse(
    "SIGNATURE",
    `${bid.bidder} did not sign that it will ${bid.side} ${bid.energy} Wh at ${bid.price} in round ${period} of ${market} (nonce ${bid.nonce}).`,
  );
}
