import { bookOf, type Book } from "./book.js";
import type { MarketTerms } from "./market.js";
import { checkPayAsBid } from "./pay-as-bid.js";
import type { ClearedRound } from "./round.js";
import { checkUniform } from "./uniform.js";

/** Refuses a round that its market's rule does not give; trusts nobody, and clears nothing itself. One pass over the bids. */
export function checkClearing(round: ClearedRound, terms: MarketTerms): Book {
  const book = bookOf(round, terms);
  if (round.rule === "uniform") checkUniform(round, book, terms);
  else checkPayAsBid(round, book, terms);
  return book;
}
