import { parseDuration, type Complex } from "../../broker/wire/index.js";
import type { InputDeclaration, OutputFile, SetupContext } from "../../runtime/index.js";
import { portsOf } from "./fields.js";
import { AGGREGATE_ABOVE, AGGREGATES } from "./metrics-table.js";
import type { RecorderParams } from "./params.js";
import type { Inputs } from "./terms.js";

/** Samples of all numeric inputs since the last record batch. Plain data; times are ticks. */
export interface Series {
  readonly period: number;
  readonly ticksPerSecond: number;
  /** Rows of a full batch. */
  readonly rows: number;
  readonly columns: readonly SeriesColumn[];
  readonly times: Float64Array;
  next: number;
  /** Rows that wait for the next batch. */
  count: number;
  /** True once the schema is written. */
  hasSchema: boolean;
}

/** One column of `series.arrow`: a number, or a list of fixed length, in each row. */
export interface SeriesColumn {
  readonly name: string;
  readonly input: string;
  readonly part: "number" | "re" | "im" | "elements" | "aggregate";
  readonly unit: string;
  /** Names of the list's entries; none for a single number. */
  readonly elements: readonly string[];
  readonly values: Float64Array;
}

/** The series of a case; undefined where it is switched off or nothing numeric comes in. */
export function createSeries(params: RecorderParams, setup: SetupContext): Series | undefined {
  const { enabled, rows, period } = params.series;
  if (!enabled || params.record === "none" || params.record === "metrics") return undefined;
  const aggregateAll = params.record === "aggregate";
  const columns = Object.entries(portsOf(params))
    .filter(([name]) => params.inputs[name]?.series !== false)
    .flatMap(([name, port]) => columnsOf(name, port, { rows, aggregateAll, params }));
  if (columns.length === 0) return undefined;
  const { ticksPerSecond } = setup;
  const ticks = parseDuration(period, ticksPerSecond === 1e9 ? "1ns" : "1us");
  const times = new Float64Array(rows);
  return { period: ticks, ticksPerSecond, rows, columns, times, next: 0, count: 0, hasSchema: false };
}

interface ColumnSetting {
  readonly rows: number;
  readonly aggregateAll: boolean;
  readonly params: RecorderParams;
}

function columnsOf(
  input: string,
  port: InputDeclaration,
  { rows, aggregateAll, params }: ColumnSetting,
): SeriesColumn[] {
  const column = (name: string, part: SeriesColumn["part"], elements: readonly string[] = []): SeriesColumn => {
    const values = new Float64Array(rows * Math.max(1, elements.length));
    return { name, input, part, unit: port.unit ?? "", elements, values };
  };
  if (port.combine === "list") return [];
  if (port.type === "number" || port.type === "boolean") return [column(input, "number")];
  if (port.type === "complex") return [column(`${input}.re`, "re"), column(`${input}.im`, "im")];
  if (port.type !== "vector") return [];
  const isLarge = params.record === undefined && (port.elements?.length ?? 0) > AGGREGATE_ABOVE;
  if (port.elements === undefined || aggregateAll || isLarge) return [column(input, "aggregate", AGGREGATES)];
  return [column(input, "elements", port.elements)];
}

/**
 * Adds a row when one is due; NaN stands for an input without a value.
 * Returns a promise when a batch is full, to be awaited before the next row.
 */
export function appendRow(
  series: Series,
  inputs: Inputs,
  time: number,
  file: () => OutputFile,
): Promise<void> | undefined {
  if (time < series.next) return undefined;
  series.times[series.count] = time / series.ticksPerSecond;
  for (const column of series.columns) putValue(column, series.count, inputs[column.input]);
  series.count++;
  series.next = (Math.floor(time / series.period) + 1) * series.period;
  return series.count === series.rows ? writeBatch(series, file()) : undefined;
}

function putValue({ part, values, elements }: SeriesColumn, row: number, value: unknown): void {
  const width = Math.max(1, elements.length);
  if (value === undefined || value === null) values.fill(NaN, row * width, (row + 1) * width);
  else if (part === "number") values[row] = Number(value);
  else if (part === "re" || part === "im") values[row] = (value as Complex)[part];
  else if (part === "elements") values.set(value as Float64Array, row * width);
  else values.set(aggregate(value as Float64Array), row * width);
}

/** Minimum, mean, maximum and sum. */
function aggregate(values: Float64Array): [number, number, number, number] {
  let [sum, min, max] = [0, Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, sum / values.length, max, sum];
}

/** Writes the rows that wait, and before the first batch the schema. */
async function writeBatch(series: Series, file: OutputFile): Promise<void> {
  const { encodeBatch } = await import("./arrow-stream.js");
  const { schema, batch } = encodeBatch(series);
  if (!series.hasSchema) file.append(schema);
  file.append(batch);
  file.flush();
  series.hasSchema = true;
  series.count = 0;
}

/** Writes what is left and the mark that ends an Arrow stream; a resumed run cuts both off again. */
export async function finishSeries(series: Series, file: OutputFile): Promise<void> {
  if (series.count > 0) await writeBatch(series, file);
  const { END_OF_STREAM } = await import("./arrow-stream.js");
  if (series.hasSchema) file.append(END_OF_STREAM);
  file.flush();
}
