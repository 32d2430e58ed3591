import { parseDuration } from "../../broker/wire/index.js";
import type { OutputFile, SetupContext } from "../../runtime/index.js";
import { DEFAULT_PERIOD, METRIC_CLASSES } from "./classes/index.js";
import { clockOf, clockText } from "./clock.js";
import { elementsOf, fieldsOf, portsOf } from "./fields.js";
import { createGroup, observeGroup, readCell, readColumn, reopenGroup, settleGroup, type Group } from "./group.js";
import type { Reading } from "./reading.js";
import { formatValue } from "./numbers.js";
import { isWindowEntry, type GroupParams, type RecorderParams } from "./params.js";
import type { Inputs } from "./terms.js";

/** Objects of a class above which `aggregate` is the default. */
export const AGGREGATE_ABOVE = 1000;

/** The statistics over the objects that stand for them in an aggregated class. */
export const AGGREGATES = ["min", "mean", "max", "sum"] as const;

/** One class of metrics and its open window. Plain data; times are ticks. */
export interface MetricsTable {
  readonly class: string;
  /** Name of the journal in the run folder. */
  readonly journal: string;
  /** First line of the journal. */
  readonly header: string;
  readonly period: number;
  readonly ticksPerSecond: number;
  /** Where the open window starts and ends: it is (start, end]. */
  start: number;
  end: number;
  readonly groups: readonly Group[];
  readonly aggregate: boolean;
  /** Objects of each group that are written singly. */
  readonly singles: readonly (readonly number[])[];
}

/** Ticks of the times that a group states or its class knows. */
export function groupTimes(
  group: GroupParams,
  ticksPerSecond: number,
): { period: number; offset: number; sample: number } {
  const known = METRIC_CLASSES[group.class];
  const ticks = (duration: string | number) => parseDuration(duration, ticksPerSecond === 1e9 ? "1ns" : "1us");
  const period = ticks(group.period ?? DEFAULT_PERIOD);
  const offset = group.offset ?? known?.offset;
  const sample = group.sample ?? known?.sample;
  return {
    period,
    offset: offset === undefined ? period : ticks(offset),
    sample: sample === undefined ? 0 : ticks(sample),
  };
}

/** The tables of a case, one for each class; where only the summary is kept, those that it is made from. */
export function createTables(params: RecorderParams, setup: SetupContext): MetricsTable[] {
  const needed = params.summary.flatMap(entry => (isWindowEntry(entry) ? [entry.class] : []));
  const classes = new Set(params.metrics.map(group => group.class));
  const kept = [...classes].filter(name => params.record !== "none" || needed.includes(name));
  return kept.map(name => createTable(params, setup, name));
}

function createTable(params: RecorderParams, setup: SetupContext, name: string): MetricsTable {
  const { ticksPerSecond, caseName } = setup;
  const parts = params.metrics.filter(group => group.class === name);
  const { period, offset } = groupTimes(parts[0], ticksPerSecond);
  const ports = portsOf(params);
  const groups = parts.map(part => {
    const objects = elementsOf(params, part.elements).map(element => part.prefix + element);
    return createGroup(fieldsOf(part), {
      objects,
      ports,
      sample: groupTimes(part, ticksPerSecond).sample,
      ticksPerSecond,
    });
  });
  const count = groups.reduce((sum, group) => sum + group.objects.length, 0);
  const aggregate = params.record === undefined ? count > AGGREGATE_ABOVE : params.record === "aggregate" && count > 1;
  const singles = groups.map(({ objects }, g) =>
    objects.flatMap((object, i) =>
      !aggregate || parts[g].singles.some(pattern => matches(object, pattern)) ? [i] : [],
    ),
  );
  return {
    class: name,
    journal: `${name}_${caseName}_metrics.jsonl`,
    header: headerOf(parts[0], params, setup),
    period,
    ticksPerSecond,
    start: offset - period,
    end: offset,
    groups,
    aggregate,
    singles,
  };
}

function headerOf(group: GroupParams, params: RecorderParams, setup: SetupContext): string {
  const metadata = fieldsOf(group).map(({ name, units }, index) => [name, { units, index }] as const);
  const clock = clockOf(setup);
  const zone = group.zone ?? params.zone ?? clock.zone;
  return JSON.stringify({
    ...group.extra,
    Metadata: Object.fromEntries(metadata),
    StartTime: clockText(clock, 0, zone),
  });
}

/** True when a name fits a pattern in which `*` stands for any text. */
export function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map(part => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** Takes in what the inputs hold at `time`. */
export function observeTable(table: MetricsTable, inputs: Inputs, time: number): void {
  for (const group of table.groups) observeGroup(group, inputs, time, table.start);
}

/** The next time at which a table has to run: the end of its window or a sample; later than `time`. */
export function nextTime(table: MetricsTable, time: number): number {
  let next = table.end;
  for (const { signals } of table.groups) {
    for (const { sample } of signals) if (sample > 0) next = Math.min(next, (Math.floor(time / sample) + 1) * sample);
  }
  return next;
}

/** Closes the window that ends now: hands it to `write`, then opens the next one. */
export function closeWindow(table: MetricsTable, write: (table: MetricsTable) => void): void {
  for (const group of table.groups) settleGroup(group, table.end);
  write(table);
  for (const group of table.groups) reopenGroup(group, table.end);
  table.start = table.end;
  table.end += table.period;
}

/** Appends the window that was just closed to the class's journal and makes it survive the process. */
export function writeWindow(table: MetricsTable, file: OutputFile): void {
  file.append(`${windowLine(table)}\n`);
  file.flush();
}

/** `{"300":{"object":[values]}}`; null for a class without objects. */
export function windowLine(table: MetricsTable): string {
  const objects: string[] = [];
  if (table.aggregate) objects.push(...aggregateRows(table));
  table.groups.forEach((group, g) => {
    if (table.singles[g].length === 0) return;
    const columns = group.columns.map((_, column) => readColumn(group, column, table.end));
    for (const i of table.singles[g]) {
      objects.push(
        `${JSON.stringify(group.objects[i])}:[${columns.map(values => formatValue(readCell(values, i))).join(",")}]`,
      );
    }
  });
  return `{"${table.end / table.ticksPerSecond}":${objects.length === 0 ? "null" : `{${objects.join(",")}}`}}`;
}

function aggregateRows({ groups, end }: MetricsTable): string[] {
  const columns = groups[0].columns.map((_, column) => aggregateColumn(groups, column, end));
  return AGGREGATES.map((name, row) => `"${name}":[${columns.map(column => formatValue(column[row])).join(",")}]`);
}

/** Minimum, mean, maximum and sum over the objects that have a number; undefined where none has. */
function aggregateColumn(groups: readonly Group[], column: number, end: number): (number | undefined)[] {
  const total: Total = { count: 0, sum: 0, min: Infinity, max: -Infinity };
  for (const group of groups) addReading(total, readColumn(group, column, end), group.objects.length);
  const { count, sum, min, max } = total;
  return count === 0 ? [undefined, undefined, undefined, undefined] : [min, sum / count, max, sum];
}

interface Total {
  count: number;
  sum: number;
  min: number;
  max: number;
}

function addReading(total: Total, reading: Reading, size: number): void {
  let { count, sum, min, max } = total;
  const { each, divisor } =
    "all" in reading ? { each: new Array<unknown>(size).fill(reading.all), divisor: 1 } : reading;
  for (let i = 0; i < size; i++) {
    const found = each[i];
    if (typeof found !== "number" && typeof found !== "boolean") continue;
    const value = Number(found) / divisor;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  Object.assign(total, { count, sum, min, max });
}
