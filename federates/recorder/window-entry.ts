import { reduceAcross, type Across } from "./across.js";
import { elementsOf } from "./fields.js";
import { readColumn, type Group } from "./group.js";
import type { MetricsTable } from "./metrics-table.js";
import type { RecorderParams, WindowParams } from "./params.js";
import type { Reading } from "./reading.js";

/** What the windows of one metrics field of one or more objects come to. Plain data. */
export interface WindowEntry {
  readonly key: string;
  readonly class: string;
  readonly places: readonly Place[];
  readonly over: WindowParams["over"];
  readonly across: Across;
  readonly weight: number;
  /** Windows with a value, and what they come to so far: one entry for each object. */
  readonly counts: Float64Array;
  readonly values: Float64Array;
}

/** The columns of one group that are added, and the objects that count, from place `first` of the entry on. */
interface Place {
  readonly group: number;
  readonly columns: readonly number[];
  readonly objects: Int32Array;
  readonly first: number;
}

/** An entry that has seen no window. */
export function createWindowEntry(
  entry: WindowParams,
  params: RecorderParams,
  tables: readonly MetricsTable[],
): WindowEntry {
  const { key, over, weight = 1, across = "sum" } = entry;
  const groups = tables.find(table => table.class === entry.class)?.groups ?? [];
  const fields = typeof entry.field === "string" ? [entry.field] : entry.field;
  const places: Place[] = [];
  let size = 0;
  groups.forEach((group, g) => {
    const columns = fields.map(field => group.columns.findIndex(({ name }) => name === field));
    if (columns.includes(-1)) return;
    const objects = objectsOf(entry, group, params).slice(0, isSingle(entry) ? 1 - size : undefined);
    if (objects.length > 0) places.push({ group: g, columns, objects: Int32Array.from(objects), first: size });
    size += objects.length;
  });
  const array = () => new Float64Array(size);
  return { key, class: entry.class, places, over, across, weight, counts: array(), values: array() };
}

const isSingle = ({ objects, across }: WindowParams) => objects === undefined && across === undefined;

function objectsOf({ object, objects }: WindowParams, group: Group, params: RecorderParams): number[] {
  const wanted = objects === undefined ? undefined : new Set(elementsOf(params, objects));
  const places: number[] = [];
  group.objects.forEach((name, i) => {
    if (wanted === undefined ? object === undefined || object === name : wanted.has(name)) places.push(i);
  });
  return places;
}

/** Takes in a window that was just closed. */
export function addWindowTo(entry: WindowEntry, table: MetricsTable): void {
  if (entry.class !== table.class) return;
  for (const { group, columns, objects, first } of entry.places) {
    const readings = columns.map(column => numbersOf(readColumn(table.groups[group], column, table.end)));
    for (let k = 0; k < objects.length; k++) {
      let value = 0;
      for (const { each, all, divisor } of readings) value += each === undefined ? all : each[objects[k]] / divisor;
      if (Number.isFinite(value)) addValue(entry, first + k, value);
    }
  }
}

/** Numbers of a column, one for each object or one for all; NaN is what is none. */
interface Numbers {
  readonly each: Float64Array | undefined;
  readonly all: number;
  readonly divisor: number;
}

function numbersOf(reading: Reading): Numbers {
  const numberOf = (value: unknown) => (typeof value === "number" ? value : NaN);
  if ("all" in reading) return { each: undefined, all: numberOf(reading.all), divisor: 1 };
  const { each, divisor } = reading;
  return { each: each instanceof Float64Array ? each : Float64Array.from(each, numberOf), all: NaN, divisor };
}

function addValue({ over, counts, values }: WindowEntry, i: number, value: number): void {
  const isFirst = counts[i]++ === 0;
  if (over === "sum" || over === "mean") values[i] += value;
  else if (isFirst || isBetter(over, value, values[i])) values[i] = value;
}

function isBetter(over: WindowParams["over"], value: number, known: number): boolean {
  if (over === "min") return value < known;
  if (over === "max") return value > known;
  return over === "last" || Math.abs(value) > Math.abs(known);
}

/** What all windows come to; undefined before the first value. */
export function windowEntryValue({ over, across, weight, counts, values }: WindowEntry): number | undefined {
  const known: number[] = [];
  counts.forEach((count, i) => {
    if (count > 0) known.push((weight * values[i]) / (over === "mean" ? count : 1));
  });
  return known.length === 0 ? undefined : reduceAcross(known, across);
}
