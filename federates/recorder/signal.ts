import type { PortType } from "../../runtime/index.js";
import {
  bookLimit,
  clearLimit,
  countEntries,
  createLimit,
  isSameRange,
  openLimits,
  rangeOf,
  type Limit,
  type Range,
} from "./limits.js";
import type { Statistic, Term } from "./params.js";
import { dig, evaluate, type Inputs } from "./terms.js";

/** What a signal has to keep. */
export interface SignalNeeds {
  readonly terms: readonly Term[];
  readonly size: number;
  /** Takes values at multiples of this many ticks only, each for the time before it; 0 takes every change. */
  readonly sample: number;
  /** Keeps the latest value as it came (text, json) and computes nothing. */
  readonly raw: boolean;
  readonly statistics: readonly Statistic[];
  readonly limits: readonly NeededLimit[];
}

/** A range, and whether somebody asks how far beyond it the values are. */
export interface NeededLimit extends Range {
  readonly keepsExcess: boolean;
}

/** Values of one window in the order they came, one row for each object's value, with their durations. */
export interface History {
  rows: Float64Array[];
  ticks: number[];
}

/** One quantity of a list of objects, followed through a window. Plain data; times are ticks. */
export interface Signal extends Pick<SignalNeeds, "terms" | "sample" | "raw"> {
  readonly held: Float64Array;
  readonly scratch: Float64Array;
  readonly integral: Float64Array | undefined;
  readonly min: Float64Array | undefined;
  readonly max: Float64Array | undefined;
  readonly limits: readonly Limit[];
  readonly history: History | undefined;
  latest: unknown;
  /** Time from which there are values in this window; NaN before the first one. */
  from: number;
  /** Time up to which everything is booked. */
  since: number;
  /** True until this window has a value of its own. */
  fresh: boolean;
}

/** A signal that has seen nothing. */
export function createSignal({ terms, size, sample, raw, statistics, limits }: SignalNeeds): Signal {
  const array = () => new Float64Array(raw ? 0 : size);
  const needs = (...some: Statistic[]) => (some.some(one => statistics.includes(one)) ? array() : undefined);
  return {
    terms,
    sample,
    raw,
    held: array(),
    scratch: array(),
    integral: needs("avg", "energy"),
    min: needs("min"),
    max: needs("max"),
    limits: limits.map(limit => createLimit(limit, raw ? 0 : size, limit.keepsExcess)),
    history: statistics.includes("median") ? { rows: [], ticks: [] } : undefined,
    latest: undefined,
    from: NaN,
    since: NaN,
    fresh: true,
  };
}

/** The needs with one statistic more, and the place of its limit; −1 for a statistic without. */
export function withStatistic(
  needs: SignalNeeds,
  statistic: Statistic,
  bounds: { readonly limit?: number; readonly limits?: readonly [number, number] },
): { readonly needs: SignalNeeds; readonly limit: number } {
  const statistics = [...needs.statistics, statistic];
  const range = rangeOf(statistic, bounds);
  if (range === undefined) return { needs: { ...needs, statistics }, limit: -1 };
  const place = needs.limits.findIndex(known => isSameRange(known, range));
  const keepsExcess = statistic.startsWith("energy") || (needs.limits[place]?.keepsExcess ?? false);
  const limits = [...needs.limits];
  const limit = place < 0 ? limits.length : place;
  limits[limit] = { ...range, keepsExcess };
  return { needs: { ...needs, statistics, limits }, limit };
}

/** True when statistics of this port's values can only be "the latest as it came". */
export function isRaw(type: PortType | undefined, statistic: Statistic): boolean {
  return statistic === "last" && (type === "json" || type === "string" || type === "boolean");
}

/**
 * Takes in what the inputs hold at `time`; a value holds from then on, a sample for the time before.
 * What has not changed costs one comparison, so the result does not depend on how often this is called.
 */
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
  if (equal(values, signal.held)) return;
  const { held, integral, min, max, limits, history } = signal;
  if (
    integral !== undefined &&
    min !== undefined &&
    max !== undefined &&
    limits.length === 0 &&
    history === undefined
  ) {
    bookAndFollow({ held, integral, min, max }, values, at - signal.since);
    signal.since = at;
    return;
  }
  book(signal, at);
  if (min !== undefined) lower(min, values);
  if (max !== undefined) raise(max, values);
  countEntries(limits, held, values);
  held.set(values);
}

type Spread = Record<"held" | "integral" | "min" | "max", Float64Array>;

/** What `observe` does for minimum, maximum and average, in one pass over the memory: the usual case of large populations. */
function bookAndFollow({ held, integral, min, max }: Spread, values: Float64Array, ticks: number): void {
  for (let i = 0; i < held.length; i++) {
    const value = values[i];
    integral[i] += held[i] * ticks;
    held[i] = value;
    if (value < min[i]) min[i] = value;
    if (value > max[i]) max[i] = value;
  }
}

function begin(signal: Signal, values: Float64Array, at: number): void {
  signal.from = at;
  signal.since = at;
  signal.held.set(values);
}

/** Starts minimum, maximum and counts of a window with its first values. */
function open(signal: Signal, values: Float64Array): void {
  signal.fresh = false;
  signal.min?.set(values);
  signal.max?.set(values);
  openLimits(signal.limits, values);
}

function equal(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function lower(min: Float64Array, values: Float64Array): void {
  for (let i = 0; i < min.length; i++) if (values[i] < min[i]) min[i] = values[i];
}

function raise(max: Float64Array, values: Float64Array): void {
  for (let i = 0; i < max.length; i++) if (values[i] > max[i]) max[i] = values[i];
}

/** Books the values that were held since the last booking. */
export function book(signal: Signal, at: number): void {
  const { held, integral, limits, history, since } = signal;
  const ticks = at - since;
  signal.since = at;
  if (!(ticks > 0)) return;
  if (integral !== undefined) for (let i = 0; i < held.length; i++) integral[i] += held[i] * ticks;
  for (const limit of limits) bookLimit(limit, held, ticks);
  history?.rows.push(held.slice());
  history?.ticks.push(ticks);
}

/** Begins the next window at `start` with the values that hold there. */
export function reopen(signal: Signal, start: number): void {
  if (signal.raw || Number.isNaN(signal.from)) return;
  signal.from = start;
  signal.since = start;
  signal.integral?.fill(0);
  signal.limits.forEach(clearLimit);
  if (signal.history !== undefined) Object.assign(signal.history, { rows: [], ticks: [] });
  signal.fresh = true;
  if (signal.sample === 0) open(signal, signal.held);
}
