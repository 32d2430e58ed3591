import type { InputDeclarations } from "../../runtime/index.js";
import { withPlace, type ResolvedField } from "./fields.js";
import type { Statistic, Term } from "./params.js";
import { book, createSignal, isRaw, observe, reopen, withStatistic, type Signal, type SignalNeeds } from "./signal.js";
import { readStatistic, type Reading } from "./reading.js";
import type { Inputs } from "./terms.js";

/** Objects with the same fields, and the signals behind these fields. Plain data. */
export interface Group {
  readonly objects: readonly string[];
  readonly signals: readonly Signal[];
  readonly columns: readonly Column[];
}

/** One field of a group: a statistic of a signal, or a constant. */
interface Column {
  readonly name: string;
  readonly statistic: Statistic;
  /** Index of the signal; −1 for a constant. */
  readonly signal: number;
  readonly limit: number;
  readonly constant: unknown;
  /** Turns value × ticks into value × hours, or ticks into seconds. */
  readonly divisor: number;
}

/** What the fields of a group share. */
export interface GroupSetting {
  readonly objects: readonly string[];
  readonly ports: InputDeclarations;
  /** Ticks; 0 for every change. */
  readonly sample: number;
  readonly ticksPerSecond: number;
}

/** A group that has seen nothing; fields with the same terms share a signal. */
export function createGroup(fields: readonly ResolvedField[], setting: GroupSetting): Group {
  const needs: SignalNeeds[] = [];
  const keys = new Map<string, number>();
  const columns = fields.map((field): Column => {
    const { name, statistic, constant = null } = field;
    const terms = field.terms.map(term => withPlace(term, setting.ports));
    const divisor = divisorOf(statistic, setting.ticksPerSecond);
    if (terms.length === 0) return { name, statistic, signal: -1, limit: -1, constant, divisor };
    const raw = terms.length === 1 && isRaw(setting.ports[terms[0].input]?.type, statistic);
    const key = JSON.stringify([raw, terms]);
    const signal = keys.get(key) ?? needs.push(emptyNeeds(terms, raw, setting)) - 1;
    keys.set(key, signal);
    const known = withStatistic(needs[signal], statistic, field);
    needs[signal] = known.needs;
    return { name, statistic, signal, limit: known.limit, constant, divisor };
  });
  return { objects: setting.objects, signals: needs.map(createSignal), columns };
}

function divisorOf(statistic: Statistic, ticksPerSecond: number): number {
  if (statistic.startsWith("energy")) return ticksPerSecond * 3600;
  return statistic.startsWith("duration") ? ticksPerSecond : 1;
}

function emptyNeeds(terms: readonly Term[], raw: boolean, { objects, sample }: GroupSetting): SignalNeeds {
  return { terms, size: objects.length, sample, raw, statistics: [], limits: [] };
}

/** Takes in what the inputs hold at `time`; sampled signals only at their times after `start`. */
export function observeGroup({ signals }: Group, inputs: Inputs, time: number, start: number): void {
  for (const signal of signals) {
    if (signal.sample > 0 && (time % signal.sample !== 0 || time <= start)) continue;
    observe(signal, inputs, time);
  }
}

/** Books everything up to `end`; then `readColumn` gives the window's values until `reopenGroup`. */
export function settleGroup({ signals }: Group, end: number): void {
  for (const signal of signals) book(signal, end);
}

/** Begins the next window. */
export function reopenGroup({ signals }: Group, start: number): void {
  for (const signal of signals) reopen(signal, start);
}

/** The values of field `column` of all objects in the window that ended at `end`; undefined where there is none. */
export function readColumn(group: Group, column: number, end: number): Reading {
  const { statistic, signal, limit, constant, divisor } = group.columns[column];
  if (signal < 0) return { all: constant };
  const found = readStatistic(group.signals[signal], statistic, { end, limit });
  return "all" in found || divisor === 1 ? found : { each: found.each, divisor: found.divisor * divisor };
}

/** The value of one object. */
export function readCell(reading: Reading, i: number): unknown {
  if ("all" in reading) return reading.all;
  const value = reading.each[i];
  return typeof value === "number" && reading.divisor !== 1 ? value / reading.divisor : value;
}
