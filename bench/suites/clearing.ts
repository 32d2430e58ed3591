import { clearingRules, type Bid, type Book, type ClearingRuleName, type ClearingRules } from "../../methods/index.js";
import { meritCurve } from "../../methods/market/merit-order.js";
import { RandomStream } from "../../runtime/index.js";
import type { Row, Runner } from "../measure.js";
import type { Suite } from "../suite.js";

const RULES: ClearingRules = { priceCapNano: 1e9, behaviour: "corrected" };

/** Rounds are repeated until so many bids have been cleared, after as many to warm up. */
const BIDS_A_SAMPLE = 1e6;

/** As many buyers as sellers, prices from 0 to 0.1 USD/kWh in nanos, 1 to 500 Wh. */
function drawBook(bids: number): Book {
  const side = (name: string): Bid[] => {
    const stream = new RandomStream(1, name);
    return Array.from({ length: bids / 2 }, (_, i) => ({
      bidder: `${name}_${i}`,
      priceNano: stream.integer(0, 1e8),
      energyWh: stream.integer(1, 500),
    }));
  };
  return { buyers: side("buyer"), sellers: side("seller") };
}

/** Median milliseconds of a piece of work on a book. */
function millisOf(work: () => void, bids: number): number {
  const turns = Math.max(3, Math.ceil(BIDS_A_SAMPLE / bids));
  const millis: number[] = [];
  for (let turn = 0; turn < 2 * turns; turn++) {
    const startedAt = performance.now();
    work();
    if (turn >= turns) millis.push(performance.now() - startedAt);
  }
  return millis.sort((a, b) => a - b)[turns >> 1];
}

function clears(rule: ClearingRuleName, book: Book, bids: number): number {
  let quantityWh = 0;
  const millis = millisOf(() => {
    ({ quantityWh } = clearingRules[rule].clear(book, RULES));
  }, bids);
  if (!(quantityWh > 0)) throw new Error(`${bids} bids trade ${quantityWh} Wh.`);
  return millis;
}

const wholeRound =
  (rule: ClearingRuleName, bids: number): Runner =>
  () =>
    Promise.resolve({ value: clears(rule, drawBook(bids), bids) });

/** What a round takes beyond putting its bids in order, for each bid. */
const afterSorting =
  (rule: ClearingRuleName, bids: number): Runner =>
  () => {
    const book = drawBook(bids);
    const sorting = millisOf(() => {
      meritCurve(book.buyers, "highest");
      meritCurve(book.sellers, "lowest");
    }, bids);
    return Promise.resolve({ value: ((clears(rule, book, bids) - sorting) * 1e6) / bids });
  };

/** A market round without a co-simulation. */
export const clearing: Suite = {
  name: "clearing",
  doc: "The clearing of one book, half buyers and half sellers; beyond sorting, the time for each bid should not grow.",
  rows({ quick }): Row[] {
    const sizes = quick ? [1e4] : [1e4, 1e5, 1e6];
    const rules = Object.keys(clearingRules) as ClearingRuleName[];
    const named = (rule: string, bids: number, part: string) => ({ bench: "clearing", labels: { rule, bids, part } });
    return [
      ...rules.map(rule => ({
        ...named(rule, 1e5, "round"),
        ...{ measure: "millisPerRound" as const, goal: 100, ours: wholeRound(rule, 1e5) },
      })),
      ...sizes.map(bids => ({
        ...named("uniform", bids, "after sorting"),
        ...{ measure: "nanosPerBid" as const, ours: afterSorting("uniform", bids) },
      })),
    ];
  },
};
