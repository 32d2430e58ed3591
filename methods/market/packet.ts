import { clearInTurn } from "./bilateral.js";
import type { ClearingRule } from "./clearing.js";
import { turnCurve } from "./merit-order.js";

/**
 * Packets under a limit: sellers offer the capacity, buyers are requests for a packet each. They are looked at in the order
 * of their lots, whatever they bid; one that still fits is admitted whole, one that does not is refused, and a smaller one
 * after it may still fit. Nothing is admitted above its price. The coordinator of packetized energy management (Almassalkhi,
 * Frolik, Hines: Packetized energy management, 2017) as a market.
 */
export const packet: ClearingRule = {
  name: "packet",
  clear: (book, rules) => clearInTurn(book, rules, { line: bids => turnCurve(bids, rules.lot), whole: () => true }),
};
