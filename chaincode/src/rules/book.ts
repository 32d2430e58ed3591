import { refuse } from "./errors.js";
import type { MarketTerms } from "./market.js";
import type { Bid, ClearedRound } from "./round.js";

/** A round's numbers, each read once; lists are in the order of the bids. */
export interface Book {
  readonly name: string;
  readonly bids: readonly Bid[];
  readonly prices: readonly bigint[];
  readonly energies: readonly bigint[];
  readonly accepted: readonly bigint[];
  readonly isOutside: readonly boolean[];
  readonly priceCap: bigint;
}

/**
 * The numbers of a round within its market's limits: cap, energy of a bid, nothing accepted beyond what was asked, as much
 * bought as sold, and no two bids of one bidder at one price.
 */
export function bookOf(round: ClearedRound, terms: MarketTerms): Book {
  const outside = new Set(terms.transformer?.outside);
  const book = {
    name: `round ${round.period} of ${round.market}`,
    bids: round.bids,
    prices: round.bids.map(({ price }) => BigInt(price)),
    energies: round.bids.map(({ energy }) => BigInt(energy)),
    accepted: round.accepted.map(BigInt),
    isOutside: round.bids.map(({ bidder }) => outside.has(bidder)),
    priceCap: BigInt(terms.priceCap),
  };
  checkTerms(round, terms, book.name);
  checkLimits(book, BigInt(terms.maxEnergy));
  checkTwins(book);
  return book;
}

function checkTerms({ rule, priceCap }: ClearedRound, terms: MarketTerms, name: string): void {
  if (rule !== terms.rule) refuse("CONFLICT", `${name} is cleared by ${rule}; the market's rule is ${terms.rule}.`);
  if (priceCap !== terms.priceCap)
    refuse("LIMIT", `${name} has a price cap of ${priceCap}; the market's is ${terms.priceCap}.`);
}

function checkLimits({ name, bids, prices, energies, accepted, priceCap }: Book, maxEnergy: bigint): void {
  let balance = 0n;
  for (let i = 0; i < bids.length; i++) {
    const { bidder, side } = bids[i];
    if (prices[i] > priceCap || prices[i] < -priceCap)
      refuse("LIMIT", `${bidder} bids a price of ${prices[i]} in ${name}; the cap is ±${priceCap}.`);
    if (energies[i] > maxEnergy)
      refuse("LIMIT", `${bidder} bids ${energies[i]} Wh in ${name}; at most ${maxEnergy} Wh may be.`);
    if (accepted[i] > energies[i])
      refuse("ALLOCATION", `${bidder} gets ${accepted[i]} Wh in ${name} of ${energies[i]} Wh that it bids.`);
    balance += side === "buy" ? accepted[i] : -accepted[i];
  }
  if (balance !== 0n) refuse("UNBALANCED", `in ${name} ${balance} Wh more are bought than sold.`);
}

/** Shares of equal bids go by name, so that a name has one bid at a price. */
function checkTwins({ name, bids }: Book): void {
  const seen = new Set<string>();
  for (const { bidder, side, price } of bids) {
    const place = `${side} ${price} ${bidder}`;
    if (seen.has(place)) refuse("CONFLICT", `${bidder} has two bids to ${side} at ${price} in ${name}; join them.`);
    seen.add(place);
  }
}
