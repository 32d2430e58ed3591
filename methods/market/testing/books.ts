import fc from "fast-check";
import type { Bid, Book } from "../book.js";
import type { ClearingRules } from "../clearing.js";

/** A cap so low that small integer prices collide often, with each other and with the cap. */
export const capNano = 20;

/** Bidders on the far side of the transformer have long names. */
export const isOutside = (bidder: string) => bidder.length > 3;

const bids = (bidders: readonly string[]) =>
  fc.array(
    fc.record({
      bidder: fc.constantFrom(...bidders),
      priceNano: fc.integer({ min: -capNano, max: capNano }),
      energyWh: fc.nat(7),
    }),
    { maxLength: 6 },
  );
const bidders = ["ann", "bob", "cy", "dee", "eve", "flo"];
const everybody = [...bidders, "utility", "neighbours"];

/** Small books of a feeder without an outside; names collide too. */
export const books: fc.Arbitrary<Book> = fc.record({ buyers: bids(bidders), sellers: bids(bidders) });

/** Small books of a feeder and of what lies beyond its transformer. */
export const coupledBooks: fc.Arbitrary<Book> = fc.record({ buyers: bids(everybody), sellers: bids(everybody) });

/** Bids that nobody should send. */
const odd = fc.constantFrom(0, -1, 0.5, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER, 3, 1e300);
const wildBids = fc.array(fc.record({ bidder: fc.constantFrom("", "ann", "bob"), priceNano: odd, energyWh: odd }), {
  maxLength: 3,
});

/** Books that are in order, and books that are not. */
export const anyBooks: fc.Arbitrary<Book> = fc.oneof(
  { weight: 3, arbitrary: coupledBooks },
  { weight: 1, arbitrary: fc.record({ buyers: wildBids, sellers: wildBids }) },
);

/** No transformer or one with any limits, and lots by name or by hash. */
export const drawnRules: fc.Arbitrary<Omit<ClearingRules, "behaviour">> = fc.record({
  priceCapNano: fc.constant(capNano),
  transformer: fc.option(fc.record({ importWh: fc.nat(8), exportWh: fc.nat(8), isOutside: fc.constant(isOutside) }), {
    nil: undefined,
  }),
  lot: fc.option(
    fc.nat(999).map(seed => (bidder: string) => (bidder.charCodeAt(1) * 7919 * (seed + 1)) % 13),
    { nil: undefined },
  ),
});

/** A book and the same bids in another order. */
export function shuffled(arbitrary: fc.Arbitrary<Book>): fc.Arbitrary<readonly [Book, Book]> {
  const anyOrder = (side: readonly Bid[]) => fc.shuffledSubarray([...side], { minLength: side.length });
  return arbitrary.chain(book =>
    fc.tuple(fc.constant(book), fc.record({ buyers: anyOrder(book.buyers), sellers: anyOrder(book.sellers) })),
  );
}
