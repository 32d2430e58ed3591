import type { PortType } from "../../runtime/index.js";
import type { Statistic, Term } from "./params.js";
import { dig, evaluate, isList, type Inputs } from "./terms.js";

/** One quantity of a list of objects, followed through a window. Plain data; times are ticks. */
export interface Signal {
  readonly terms: readonly Term[];
  /** Takes values at multiples of this many ticks only, each for the time before it; 0 takes every change. */
  readonly sample: number;
  /** Keeps the latest value as it came (text, json) and computes nothing. */
  readonly raw: boolean;
  readonly limits: readonly Limit[];
  /** Values of this window with their durations, for the median. */
  readonly history: History[] | undefined;
  latest: unknown;
  /** Time from which there are values in this window; NaN before the first one. */
  from: number;
  /** True until this window has a value of its own. */
  fresh: boolean;
  readonly scratch: Float64Array;
  readonly held: Float64Array;
  readonly since: Float64Array;
  readonly integral: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Time that each object spends beyond a bound, and how often it went there. */
export interface Limit {
  readonly above: boolean;
  readonly bound: number;
  readonly ticks: Float64Array;
  readonly count: Float64Array;
}

interface History {
  values: number[];
  ticks: number[];
}

/** What a signal has to keep. */
export interface SignalNeeds {
  readonly terms: readonly Term[];
  readonly size: number;
  readonly sample: number;
  readonly raw: boolean;
  readonly median: boolean;
  readonly limits: readonly Pick<Limit, "above" | "bound">[];
}

/** A signal that has seen nothing. */
export function createSignal({ terms, size, sample, raw, median, limits }: SignalNeeds): Signal {
  const array = () => new Float64Array(raw ? 0 : size);
  return {
    terms,
    sample,
    raw,
    limits: limits.map(limit => ({ ...limit, ticks: array(), count: array() })),
    history: median ? Array.from({ length: size }, () => ({ values: [], ticks: [] })) : undefined,
    latest: undefined,
    from: NaN,
    fresh: true,
    scratch: array(),
    held: array(),
    since: array(),
    integral: array(),
    min: array(),
    max: array(),
  };
}

/** True when statistics of this port's values can only be "the latest as it came". */
export function isRaw(type: PortType | undefined, statistic: Statistic): boolean {
  return statistic === "last" && (type === "json" || type === "string" || type === "boolean");
}

/** Takes in what the inputs hold at `time`; a value holds from then on, a sample for the time before. */
export function observe(signal: Signal, inputs: Inputs, time: number): void {
  if (signal.raw) {
    const [term] = signal.terms;
    const value = dig(inputs[term.input], term.path);
    if (value !== undefined) signal.latest = value;
    return;
  }
  const values = evaluate(signal.terms, inputs, signal.scratch);
  if (values === undefined) return;
  const at = time - signal.sample;
  if (Number.isNaN(signal.from)) begin(signal, values, at);
  if (signal.fresh) open(signal, values);
  follow(signal, values, at);
}

function begin(signal: Signal, values: Float64Array, at: number): void {
  signal.from = at;
  signal.held.set(values);
  signal.since.fill(at);
}

/** Starts minimum, maximum and counts of a window with its first values. */
function open(signal: Signal, values: Float64Array): void {
  signal.fresh = false;
  signal.min.set(values);
  signal.max.set(values);
  for (const { above, bound, count } of signal.limits) {
    for (let i = 0; i < count.length; i++) count[i] = isBeyond(values[i], above, bound) ? 1 : 0;
  }
}

/** The inner loop: costs one comparison for each object that keeps its value. */
function follow(signal: Signal, values: Float64Array, at: number): void {
  const { held, since, integral, min, max, limits, history } = signal;
  const plain = limits.length === 0 && history === undefined;
  for (let i = 0; i < held.length; i++) {
    const value = values[i];
    if (value === held[i]) continue;
    if (plain) integral[i] += held[i] * (at - since[i]);
    else settle(signal, i, at);
    since[i] = at;
    if (!plain) countEntries(signal, i, value);
    held[i] = value;
    if (value < min[i]) min[i] = value;
    if (value > max[i]) max[i] = value;
  }
}

/** Books the value that object `i` has held since its last change. */
function settle({ held, since, integral, limits, history }: Signal, i: number, at: number): void {
  const ticks = at - since[i];
  if (ticks === 0) return;
  integral[i] += held[i] * ticks;
  for (const limit of limits) if (isBeyond(held[i], limit.above, limit.bound)) limit.ticks[i] += ticks;
  history?.[i].values.push(held[i]);
  history?.[i].ticks.push(ticks);
}

function countEntries({ held, limits }: Signal, i: number, value: number): void {
  for (const { above, bound, count } of limits) {
    if (isBeyond(value, above, bound) && !isBeyond(held[i], above, bound)) count[i]++;
  }
}

function isBeyond(value: number, above: boolean, bound: number): boolean {
  return above ? value > bound : value < bound;
}

/** Books everything up to the end of a window, so that `readStatistic` can be asked. */
export function settleAll(signal: Signal, end: number): void {
  for (let i = 0; i < signal.held.length; i++) {
    settle(signal, i, end);
    signal.since[i] = end;
  }
}

/** Begins the next window at `start` with the values that hold there. */
export function reopen(signal: Signal, start: number): void {
  if (signal.raw || Number.isNaN(signal.from)) return;
  signal.from = start;
  signal.integral.fill(0);
  for (const { ticks } of signal.limits) ticks.fill(0);
  signal.history?.forEach(history => {
    history.values = [];
    history.ticks = [];
  });
  signal.fresh = true;
  if (signal.sample === 0) open(signal, signal.held);
}

/** A statistic of object `i` over the window that `settleAll` closed at `end`; undefined without any value. */
export function readStatistic(signal: Signal, statistic: Statistic, { i, end, limit }: Reading): unknown {
  if (signal.raw) return isList(signal.latest) ? signal.latest[i] : signal.latest;
  if (Number.isNaN(signal.from) || signal.fresh) return undefined;
  const ticks = end - signal.from;
  switch (statistic) {
    case "min":
      return signal.min[i];
    case "max":
      return signal.max[i];
    case "avg":
      return ticks > 0 ? signal.integral[i] / ticks : signal.held[i];
    case "median":
      return median(signal.history?.[i], signal.held[i]);
    case "energy":
      return signal.integral[i];
    case "durationAbove":
    case "durationBelow":
      return signal.limits[limit].ticks[i];
    case "countAbove":
    case "countBelow":
      return signal.limits[limit].count[i];
    default:
      return signal.held[i];
  }
}

/** What is read: the object, the window's end, which limit. Integrals come in value × ticks, durations in ticks. */
export interface Reading {
  readonly i: number;
  readonly end: number;
  readonly limit: number;
}

/**
 * Median of a piecewise constant quantity: half of the time it is at most this, half of the time at least;
 * the middle of all values for which that is so. Equals the median of samples that each hold equally long.
 */
function median(history: History | undefined, held: number): number {
  if (history === undefined || history.values.length === 0) return held;
  const { values, ticks } = history;
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const half = ticks.reduce((a, b) => a + b, 0) / 2;
  let before = 0;
  for (let k = 0; k < order.length; k++) {
    before += ticks[order[k]];
    if (before > half || k === order.length - 1) return values[order[k]];
    if (before === half) return (values[order[k]] + values[order[k + 1]]) / 2;
  }
  return held;
}
