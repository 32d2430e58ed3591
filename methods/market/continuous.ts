import { clearInTurn } from "./bilateral.js";
import type { ClearingRule } from "./clearing.js";
import { meritCurve } from "./merit-order.js";

/**
 * Continuous double auction: the highest bid chooses first. Each buyer takes the cheapest energy left at no more than its
 * price and pays every seller that seller's price. Bids of one price take turns by lot.
 */
export const continuous: ClearingRule = {
  name: "continuous",
  clear: (book, rules) =>
    clearInTurn(book, rules, { line: bids => meritCurve(bids, "highest", rules.lot), whole: () => false }),
};

/**
 * As `continuous`, but a buyer gets its whole quantity or nothing. What is bid at the cap is the demand of many loads
 * together and takes what there is.
 */
export const continuousWhole: ClearingRule = {
  name: "continuous-whole",
  clear: (book, rules) =>
    clearInTurn(book, rules, {
      line: bids => meritCurve(bids, "highest", rules.lot),
      whole: bid => bid.priceNano < rules.priceCapNano,
    }),
};
