import type { Statistic } from "./params.js";
import type { History, Signal } from "./signal.js";
import { isList } from "./terms.js";

/** A statistic of all objects: one entry for each, to be divided by `divisor`, or one value for all. */
export type Reading = { readonly each: ArrayLike<unknown>; readonly divisor: number } | { readonly all: unknown };

/** A statistic over the window that was booked up to `end`. Integrals come in value × ticks, durations in ticks. */
export function readStatistic(
  signal: Signal,
  statistic: Statistic,
  { end, limit }: { end: number; limit: number },
): Reading {
  if (signal.raw) return isList(signal.latest) ? { each: signal.latest, divisor: 1 } : { all: signal.latest };
  if (Number.isNaN(signal.from) || signal.fresh) return { all: undefined };
  const ticks = end - signal.from;
  switch (statistic) {
    case "min":
      return { each: signal.min ?? [], divisor: 1 };
    case "max":
      return { each: signal.max ?? [], divisor: 1 };
    case "avg":
      return ticks > 0 ? { each: signal.integral ?? [], divisor: ticks } : { each: signal.held, divisor: 1 };
    case "median":
      return { each: signal.held.map((held, i) => median(signal.history, i, held)), divisor: 1 };
    case "energy":
      return { each: signal.integral ?? [], divisor: 1 };
    case "durationAbove":
    case "durationBelow":
    case "durationOutside":
      return { each: signal.limits[limit].ticks, divisor: 1 };
    case "countAbove":
    case "countBelow":
    case "countOutside":
      return { each: signal.limits[limit].count, divisor: 1 };
    case "energyAbove":
    case "energyBelow":
    case "energyOutside":
      return { each: signal.limits[limit].excess ?? [], divisor: 1 };
    default:
      return { each: signal.held, divisor: 1 };
  }
}

/**
 * Median of a piecewise constant quantity: half of the time it is at most this, half of the time at least;
 * the middle of all values for which that is so. Equals the median of samples that each hold equally long.
 */
function median(history: History | undefined, i: number, held: number): number {
  if (history === undefined || history.rows.length === 0) return held;
  const { rows, ticks } = history;
  const order = rows.map((_, k) => k).sort((a, b) => rows[a][i] - rows[b][i]);
  const half = ticks.reduce((a, b) => a + b, 0) / 2;
  let before = 0;
  for (let k = 0; k < order.length; k++) {
    before += ticks[order[k]];
    const value = rows[order[k]][i];
    if (before > half || k === order.length - 1) return value;
    if (before === half) return (value + rows[order[k + 1]][i]) / 2;
  }
  return held;
}
