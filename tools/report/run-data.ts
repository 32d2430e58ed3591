import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { assembleMetrics } from "../../federates/recorder/index.js";
import { readDispatch, type DispatchData } from "./dispatch-data.js";

/** One class of metrics of a run. */
export interface MetricsData {
  readonly startTime: string;
  /** Place of each field in an object's values. */
  readonly index: ReadonlyMap<string, number>;
  /** Ends of the windows in seconds, in order. */
  readonly times: readonly number[];
  /** Objects and their values of each window. */
  readonly windows: readonly Readonly<Record<string, readonly unknown[]>>[];
}

/** What a report is made from; all of it stands in the run folder. */
export interface RunData {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly metrics: ReadonlyMap<string, MetricsData>;
  /** The case that was run. */
  readonly case: CaseData;
  /** Events of one kind, in order of time; read when asked for. */
  readonly events: (kind: string) => readonly EventData[];
  /** Undefined unless the run is one of a decentralised dispatch. */
  readonly dispatch?: DispatchData;
}

/** What plots look up in a case. */
export interface CaseData {
  /** Wall-clock time of second 0. */
  readonly start?: string;
  readonly federates?: Readonly<Record<string, { readonly use?: string; readonly params?: Record<string, unknown> }>>;
}

/** One line of `events.jsonl`. */
export interface EventData {
  /** Simulated seconds. */
  readonly time: number;
  readonly [key: string]: unknown;
}

/**
 * Reads a run folder; metrics of a run that was killed are put together first.
 * @throws CosimError `COSIM_RUN_FOLDER` when it is no run folder or a file of it cannot be read.
 */
export function readRun(folder: string): RunData {
  if (!existsSync(folder)) throw new CosimError("COSIM_RUN_FOLDER", `There is no run folder ${folder}.`);
  assembleMetrics(folder);
  const metrics = new Map<string, MetricsData>();
  for (const name of readdirSync(folder).sort()) {
    const match = /_metrics\.json$/.test(name) ? name.slice(0, -"_metrics.json".length) : undefined;
    if (match !== undefined) metrics.set(classOf(match), metricsOf(readJson(folder, name)));
  }
  return {
    manifest: readJson(folder, "manifest.json"),
    summary: readJson(folder, "summary.json"),
    metrics,
    case: readJson(folder, "case.json"),
    events: eventReader(folder),
    dispatch: readDispatch(folder),
  };
}

/** Reads the file at the first question; only lines of the wanted kind are parsed, and a line that was cut is left out. */
function eventReader(folder: string): RunData["events"] {
  const path = join(folder, "events.jsonl");
  let lines: readonly string[] | undefined;
  return kind => {
    lines ??= existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
    const mark = `"event":${JSON.stringify(kind)}`;
    return lines.filter(line => line.includes(mark)).map(line => JSON.parse(line) as EventData);
  };
}

/** `billing_meter` of `billing_meter_pet`: the longest class that a file's name begins with. */
function classOf(stem: string): string {
  const known = ["billing_meter", "house_bids"].find(name => stem.startsWith(`${name}_`));
  return known ?? stem.slice(0, stem.indexOf("_"));
}

function readJson(folder: string, name: string): Record<string, unknown> {
  const path = join(folder, name);
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new CosimError("COSIM_RUN_FOLDER", `${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

function metricsOf(file: Readonly<Record<string, unknown>>): MetricsData {
  const metadata = (file.Metadata ?? {}) as Record<string, { index: number }>;
  const times = Object.keys(file)
    .filter(key => /^\d+(\.\d+)?$/.test(key))
    .map(Number)
    .sort((a, b) => a - b);
  return {
    startTime: typeof file.StartTime === "string" ? file.StartTime : "",
    index: new Map(Object.entries(metadata).map(([name, { index }]) => [name, index])),
    times,
    windows: times.map(time => (file[String(time)] ?? {}) as Record<string, readonly unknown[]>),
  };
}

/** How the values of several objects in one window become one. */
export type Over = "min" | "mean" | "max" | "sum";

/**
 * A field over time as one number for each window: over the objects whose names fit, or over the aggregates of a large class.
 * NaN where there is none; undefined when the class has no such field or no window.
 */
export function fieldOver(
  data: MetricsData | undefined,
  field: string,
  over: Over,
  fits = (_name: string) => true,
): number[] | undefined {
  const index = data?.index.get(field);
  if (data === undefined || index === undefined || data.times.length === 0) return undefined;
  const values = data.windows.map(window => windowValue(window, index, { over, fits }));
  return values.every(Number.isNaN) ? undefined : values;
}

/** True for the aggregates of a large class in place of its objects. */
export function isAggregated(window: Readonly<Record<string, unknown>>): boolean {
  return "mean" in window && "sum" in window;
}

/** Objects of a class; none where they are aggregated. */
export function objectsOf(data: MetricsData | undefined): string[] {
  const [first = {}] = data?.windows ?? [];
  return isAggregated(first) ? [] : Object.keys(first);
}

interface Selection {
  readonly over: Over;
  readonly fits: (name: string) => boolean;
}

function windowValue(
  window: Readonly<Record<string, readonly unknown[]>>,
  index: number,
  { over, fits }: Selection,
): number {
  const names = isAggregated(window) ? [over] : Object.keys(window).filter(fits);
  const numbers = names.map(name => window[name][index]).filter(value => typeof value === "number");
  if (numbers.length === 0) return NaN;
  if (over === "min") return numbers.reduce((a, b) => Math.min(a, b));
  if (over === "max") return numbers.reduce((a, b) => Math.max(a, b));
  const sum = numbers.reduce((a, b) => a + b, 0);
  return over === "mean" ? sum / numbers.length : sum;
}
