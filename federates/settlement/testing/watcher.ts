import { z } from "zod";
import { defineFederate, type AnyFederate } from "../../../runtime/index.js";
import type { SettledTotals, ToldReceipt } from "../book-keeping.js";

/** What a listener saw of one round. */
export interface Seen {
  readonly seconds: number;
  readonly receipt: ToldReceipt;
  readonly totals: SettledTotals;
  readonly accepted: readonly number[];
}

/** A federate that keeps what settlement tells. */
export function watcher(houses: readonly string[], seen: Seen[]): AnyFederate {
  return defineFederate({
    params: z.strictObject({ isBinding: z.boolean() }),
    inputs: {
      receipt: { type: "json", optional: true, wakes: "any" },
      totals: { type: "json", optional: true },
      accepted: { type: "vector", elements: houses, unit: "kW", optional: true },
    },
    outputs: {},
    create: () => ({ state: {} }),
    step(_state, { seconds, inputs: { receipt, totals, accepted = [] } }) {
      if (receipt !== undefined)
        seen.push({
          seconds,
          receipt: receipt as ToldReceipt,
          totals: totals as SettledTotals,
          accepted: [...accepted],
        });
      return undefined;
    },
  }) as unknown as AnyFederate;
}
