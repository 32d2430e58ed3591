import type { InputDeclarations, SetupContext } from "../../runtime/index.js";
import { reduceAcross, type Across } from "./across.js";
import { elementsOf, plainField, portsOf } from "./fields.js";
import { createGroup, observeGroup, readCell, readColumn, settleGroup, type Group } from "./group.js";
import type { MetricsTable } from "./metrics-table.js";
import { formatValue } from "./numbers.js";
import { isWindowEntry, type DirectParams, type FieldParams, type RecorderParams } from "./params.js";
import type { Inputs } from "./terms.js";
import { addWindowTo, createWindowEntry, windowEntryValue, type WindowEntry } from "./window-entry.js";

/** The quantities of a whole run. Plain data. */
export interface Summary {
  /** Keys in the order of the case. */
  readonly keys: readonly string[];
  readonly runs: readonly RunEntries[];
  readonly windows: readonly WindowEntry[];
}

/** Statistics over the run, as one window, of inputs that have a value for each of the same objects. */
interface RunEntries {
  readonly group: Group;
  /** One for each column of the group. */
  readonly entries: readonly RunEntry[];
}

interface RunEntry {
  readonly key: string;
  readonly across: Across;
  readonly scale: number;
}

/** The field that stands for an entry over the whole run. */
export function fieldOfEntry({ key, elements: _, across: _1, scale: _2, ...rest }: DirectParams): FieldParams {
  return { ...rest, name: key, units: "" };
}

/** A summary that has seen nothing. */
export function createSummary(params: RecorderParams, setup: SetupContext, tables: readonly MetricsTable[]): Summary {
  const direct = params.summary.filter((entry): entry is DirectParams => !isWindowEntry(entry));
  const populations = new Map<string, DirectParams[]>();
  for (const entry of direct) {
    const population = JSON.stringify(entry.elements ?? null);
    populations.set(population, [...(populations.get(population) ?? []), entry]);
  }
  const ports = portsOf(params);
  return {
    keys: params.summary.map(entry => entry.key),
    runs: [...populations.values()].map(entries => runEntries(entries, params, { ports, setup })),
    windows: params.summary.filter(isWindowEntry).map(entry => createWindowEntry(entry, params, tables)),
  };
}

function runEntries(
  entries: readonly DirectParams[],
  params: RecorderParams,
  { ports, setup }: { ports: InputDeclarations; setup: SetupContext },
): RunEntries {
  const [{ elements }] = entries;
  const objects = elements === undefined ? ["run"] : elementsOf(params, elements);
  const fields = entries.map(entry => plainField(fieldOfEntry(entry)));
  return {
    group: createGroup(fields, { objects, ports, sample: 0, ticksPerSecond: setup.ticksPerSecond }),
    entries: entries.map(({ key, across = "sum", scale = 1 }) => ({ key, across, scale })),
  };
}

/** Takes in what the inputs hold at `time`. */
export function observeSummary({ runs }: Summary, inputs: Inputs, time: number): void {
  for (const { group } of runs) observeGroup(group, inputs, time, -1);
}

/** Takes in a window that was just closed. */
export function addWindow({ windows }: Summary, table: MetricsTable): void {
  for (const entry of windows) addWindowTo(entry, table);
}

/** The summary as JSON text; the run's statistics reach to `end`, the last time that was simulated. */
export function summaryText({ keys, runs, windows }: Summary, end: number): string {
  const found = new Map<string, unknown>();
  for (const { group, entries } of runs) {
    settleGroup(group, end);
    entries.forEach((entry, column) => found.set(entry.key, runValue(group, column, { ...entry, end })));
  }
  for (const entry of windows) found.set(entry.key, windowEntryValue(entry));
  const lines = keys.map(key => `  ${JSON.stringify(key)}: ${formatValue(found.get(key))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function runValue(group: Group, column: number, { across, scale, end }: RunEntry & { end: number }): unknown {
  const reading = readColumn(group, column, end);
  const cells = group.objects.map((_, i) => readCell(reading, i));
  if (cells.length === 1 && typeof cells[0] !== "number") return cells[0];
  const numbers = cells.filter(cell => typeof cell === "number");
  return numbers.length === 0 ? undefined : scale * reduceAcross(numbers, across);
}
