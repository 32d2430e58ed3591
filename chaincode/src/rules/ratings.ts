import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { readCounter, readJson, readMembers, readName, readText, readWord } from "./input.js";
import { keys } from "./keys.js";
import type { Side } from "./round.js";
import { readBook } from "./settled-book.js";
import { checkStatement } from "./statements.js";
import { saveOnce } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** Rates a counterparty of a settled round, 1 to 5, by signature; once, and never again otherwise. */
export async function rate(transaction: Transaction, args: readonly string[]): Promise<string> {
  const { state, emit } = transaction;
  const said = readRating(args[0]);
  const { market, period, from, to, score } = said;
  await checkStatement(transaction, { kind: "rating", by: from, statement: said });
  const { bids, accepted } = await readBook(state, market, period);
  const trades = (name: string, side: Side) =>
    bids.some((bid, i) => bid.bidder === name && bid.side === side && accepted[i] !== "0");
  const met = (trades(from, "buy") && trades(to, "sell")) || (trades(from, "sell") && trades(to, "buy"));
  if (from === to || !met) refuse("COUNTERPARTY", `${from} and ${to} did not trade in round ${period} of ${market}.`);
  const value = { score };
  const what = `the rating of ${to} by ${from} for round ${period} of ${market}`;
  if (await saveOnce(state, keys.rating(to, market, period, from), { value, what }))
    emit("Rated", { market, period, from, to, score });
  return canonical(value);
}

function readRating(text: string) {
  const names = ["market", "period", "from", "to", "score", "signature"] as const;
  const said = readMembers(readJson(text, "the rating"), "the rating", names);
  return {
    market: readName(said.market, "the market of the rating"),
    period: readCounter(said.period, "the period of the rating"),
    from: readName(said.from, "who rates"),
    to: readName(said.to, "who is rated"),
    score: readWord(said.score, "the score", ["1", "2", "3", "4", "5"]),
    signature: readText(said.signature, "the signature of the rating", 100),
  };
}
