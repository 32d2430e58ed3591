import type { Book } from "./book.js";
import { refuse } from "./errors.js";
import type { Side } from "./round.js";

/** The bids of one side of a zone at the last price that is served. */
export interface Level {
  readonly name: string;
  readonly members: readonly number[];
  readonly side: Side;
  readonly level: bigint | undefined;
}

/** Bids at the last price that cannot all be served share in proportion: whole Wh, the last ones by largest remainder, then by name. */
export function checkShares(book: Book, { name, members, side, level }: Level): void {
  const { bids, prices, energies, accepted } = book;
  const equals = members.filter(i => prices[i] === level && bids[i].side === side && energies[i] > 0n);
  let [asked, given] = [0n, 0n];
  for (const i of equals) [asked, given] = [asked + energies[i], given + accepted[i]];
  if (given === asked) return;
  const shares = equals.map(i => ({
    i,
    whole: (energies[i] * given) / asked,
    remainder: (energies[i] * given) % asked,
  }));
  let left = shares.reduce((rest, { whole }) => rest - whole, given);
  shares.sort((one, other) => {
    if (one.remainder !== other.remainder) return one.remainder > other.remainder ? -1 : 1;
    return bids[one.i].bidder < bids[other.i].bidder ? -1 : 1;
  });
  for (const { i, whole } of shares) {
    const share = left > 0n ? whole + 1n : whole;
    left -= 1n;
    if (accepted[i] !== share)
      refuse(
        "RATIONING",
        `in ${name} ${bids[i].bidder} gets ${accepted[i]} Wh; its share of ${given} Wh is ${share} Wh.`,
      );
  }
}
