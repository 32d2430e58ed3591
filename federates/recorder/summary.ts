import type { SetupContext } from "../../runtime/index.js";
import { plainField, portsOf } from "./fields.js";
import { createGroup, observeGroup, readCell, readColumn, settleGroup, type Group } from "./group.js";
import type { MetricsTable } from "./metrics-table.js";
import { formatValue } from "./numbers.js";
import {
  isWindowEntry,
  type FieldParams,
  type RecorderParams,
  type SummaryParams,
  type WindowParams,
} from "./params.js";
import type { Inputs } from "./terms.js";

/** The quantities of a whole run. Plain data. */
export interface Summary {
  /** Keys in the order of the case. */
  readonly keys: readonly string[];
  /** Statistics of inputs over the run, as one object with one window. */
  readonly group: Group;
  readonly windows: readonly WindowEntry[];
}

/** What the windows of one metrics field come to. */
interface WindowEntry {
  readonly key: string;
  readonly class: string;
  /** Group, column and object within the class. */
  readonly group: number;
  readonly column: number;
  readonly object: number;
  readonly over: "min" | "max" | "mean" | "sum" | "last" | "worst";
  readonly weight: number;
  count: number;
  value: number;
}

type DirectParams = Exclude<SummaryParams, WindowParams>;

/** The field that stands for an entry over the whole run. */
export function fieldOfEntry({ key, ...rest }: DirectParams): FieldParams {
  return { ...rest, name: key, units: "" };
}

/** A summary that has seen nothing. */
export function createSummary(params: RecorderParams, setup: SetupContext, tables: readonly MetricsTable[]): Summary {
  const direct = params.summary
    .filter((entry): entry is DirectParams => !isWindowEntry(entry))
    .map(entry => plainField(fieldOfEntry(entry)));
  const { ticksPerSecond } = setup;
  return {
    keys: params.summary.map(entry => entry.key),
    group: createGroup(direct, { objects: ["run"], ports: portsOf(params), sample: 0, ticksPerSecond }),
    windows: params.summary.filter(isWindowEntry).map(entry => windowEntry(entry, tables)),
  };
}

function windowEntry(entry: WindowParams, tables: readonly MetricsTable[]): WindowEntry {
  const { key, over, weight = 1 } = entry;
  const groups = tables.find(table => table.class === entry.class)?.groups ?? [];
  const place = (objects: readonly string[]) => (entry.object === undefined ? 0 : objects.indexOf(entry.object));
  const group = groups.findIndex(({ objects }) => place(objects) >= 0 && objects.length > 0);
  const column = group < 0 ? -1 : groups[group].columns.findIndex(({ name }) => name === entry.field);
  const object = group < 0 ? -1 : place(groups[group].objects);
  return { key, class: entry.class, group, column, object, over, weight, count: 0, value: 0 };
}

/** Takes in what the inputs hold at `time`. */
export function observeSummary({ group }: Summary, inputs: Inputs, time: number): void {
  observeGroup(group, inputs, time, -1);
}

/** Takes in a window that was just closed. */
export function addWindow(summary: Summary, table: MetricsTable): void {
  for (const entry of summary.windows) {
    if (entry.class !== table.class || entry.column < 0) continue;
    const value = readCell(readColumn(table.groups[entry.group], entry.column, table.end), entry.object);
    if (typeof value === "number" && Number.isFinite(value)) addValue(entry, value);
  }
}

function addValue(entry: WindowEntry, value: number): void {
  const isFirst = entry.count++ === 0;
  if (entry.over === "sum" || entry.over === "mean") entry.value += value;
  else if (isFirst || isBetter(entry, value)) entry.value = value;
}

function isBetter({ over, value: known }: WindowEntry, value: number): boolean {
  if (over === "min") return value < known;
  if (over === "max") return value > known;
  return over === "last" || Math.abs(value) > Math.abs(known);
}

/** The summary as JSON text; the run's statistics reach to `end`, the last time that was simulated. */
export function summaryText(summary: Summary, end: number): string {
  settleGroup(summary.group, end);
  const found = new Map<string, unknown>();
  summary.group.columns.forEach(({ name }, column) =>
    found.set(name, readCell(readColumn(summary.group, column, end), 0)),
  );
  for (const { key, over, count, value, weight } of summary.windows) {
    found.set(key, count === 0 ? undefined : (weight * value) / (over === "mean" ? count : 1));
  }
  const lines = summary.keys.map(key => `  ${JSON.stringify(key)}: ${formatValue(found.get(key))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
