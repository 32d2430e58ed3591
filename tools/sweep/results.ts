import { join } from "node:path";
import { Bool, Field, Float64, Schema, Table, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import type { ErrorReport } from "../cli/error-report.js";
import { readSummary } from "../run/execute.js";
import { quantityOf } from "../report/quantity.js";
import { readableManifest } from "./order.js";
import type { PlannedRun } from "./plan.js";

/** One run of a sweep and what came of it. */
export interface SweepRow {
  readonly run: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly seed: number;
  /** `missing` is a run that has not begun, was interrupted or was killed. */
  readonly state: "done" | "failed" | "missing";
  readonly error?: ErrorReport;
  /** Content of its `summary.json`; empty unless it is done. */
  readonly summary: Readonly<Record<string, unknown>>;
}

/** How a planned run stands by its folder; it counts as done only when its manifest says so. */
export function rowOf({ run, parameters, seed }: PlannedRun, folder: string): SweepRow {
  const manifest = readableManifest(join(folder, run));
  const base = { run, parameters, seed };
  if (manifest?.state === "done") return { ...base, state: "done", summary: readSummary(join(folder, run)) };
  if (manifest?.state === "failed") return { ...base, state: "failed", error: manifest.error, summary: {} };
  return { ...base, state: "missing", summary: {} };
}

/** A value of the table; undefined is an empty cell. */
export type Cell = number | string | boolean | undefined;

/** A column of the table of results. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly cells: readonly Cell[];
}

/** The table of results: run, parameters, seed, state, and every key of the summaries in the order of its first appearance. */
export function tableOf(rows: readonly SweepRow[]): Column[] {
  const keys = [...new Set(rows.flatMap(({ summary }) => Object.keys(summary)))];
  const paths = Object.keys(rows[0]?.parameters ?? {});
  const column = (name: string, cellOf: (row: SweepRow) => unknown): Column => ({
    name,
    unit: quantityOf(name).unit,
    cells: rows.map(row => toCell(cellOf(row))),
  });
  return [
    column("run", ({ run }) => run),
    ...paths.map(path => column(path, ({ parameters }) => readText(parameters[path]))),
    column("seed", ({ seed }) => seed),
    column("state", ({ state }) => state),
    ...keys.map(key => column(key, ({ summary }) => summary[key])),
  ];
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

/** The number or truth value that a parameter's text is, or the text. */
function readText(text: string): Cell {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The table as CSV (RFC 4180), header first. */
export function toCsv(columns: readonly Column[]): string {
  const height = columns[0]?.cells.length ?? 0;
  const lines = Array.from({ length: height }, (_, i) => columns.map(({ cells }) => csvField(cells[i])).join(","));
  return `${[columns.map(({ name }) => csvField(name)).join(","), ...lines].join("\n")}\n`;
}

function csvField(cell: Cell): string {
  const text = cell === undefined ? "" : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as an Arrow IPC stream: float64, bool or utf8 with nulls; units stand in the fields' metadata. */
export function toArrow(columns: readonly Column[]): Uint8Array {
  const typed = columns.map(({ cells, name, unit }) => {
    const type = typeOf(cells);
    const values = cells.map(cell => (cell === undefined ? null : type instanceof Utf8 ? String(cell) : cell));
    const field = new Field(name, type, true, unit === "" ? undefined : new Map([["unit", unit]]));
    return { field, vector: vectorFromArray(values, type) };
  });
  const schema = new Schema(typed.map(({ field }) => field));
  return tableToIPC(
    new Table(schema, Object.fromEntries(typed.map(({ field, vector }) => [field.name, vector]))),
    "stream",
  );
}

function typeOf(cells: readonly Cell[]): Float64 | Bool | Utf8 {
  const known = cells.filter(cell => cell !== undefined);
  if (known.every(cell => typeof cell === "number")) return new Float64();
  return known.every(cell => typeof cell === "boolean") ? new Bool() : new Utf8();
}
