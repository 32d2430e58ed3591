import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { CosimError, type Unit } from "../broker/wire/index.js";
import { whyUnreadable } from "./unreadable.js";

/** A column that a file must have; its header is `name` or `name [unit]`. */
export interface CsvColumn {
  readonly name: string;
  readonly type: "number" | "text";
  /** Checked where the header states one. */
  readonly unit?: Unit;
  /** Such a column may be missing; then it has no values. */
  readonly optional?: boolean;
  /** Values must not decrease from row to row (`sorted`) or must increase (`increasing`). */
  readonly order?: "sorted" | "increasing";
  readonly min?: number;
  readonly max?: number;
}

/** One fault of a file. Lines count from 1, the header included. */
export interface CsvFault {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly problem: string;
}

/** The declared columns of a file: numbers as a typed array, texts as a list. */
export interface CsvTable {
  readonly rows: number;
  /** Names of all columns, declared or not, in the order of the file. */
  readonly header: readonly string[];
  numbers(column: string): Float64Array;
  texts(column: string): readonly string[];
  /** Line of the file that a row stands in. */
  lineOf(row: number): number;
}

/** At most so many faults of one file are reported. */
const MAX_FAULTS = 20;

interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file with a header row; lines that begin with `#` are comments, further columns are ignored.
 * All faults come together: unreadable file, missing column, another unit, text or NaN for a number, bounds, order.
 */
export function readCsvTable(
  path: string,
  columns: readonly CsvColumn[],
): { table?: CsvTable; faults: readonly CsvFault[] } {
  const file = basename(path);
  const { rows, fault } = readRows(path);
  if (rows === undefined) return { faults: [fault] };
  const [header, ...body] = rows;
  if (header === undefined) return { faults: [{ file, line: 1, problem: "The file is empty." }] };
  const faults: CsvFault[] = [];
  const found = new Map<string, Float64Array | string[]>();
  for (const column of columns) {
    const values = readColumn(column, { file, header, body }, faults);
    if (values !== undefined) found.set(column.name, values);
  }
  if (faults.length > 0) return { faults: faults.slice(0, MAX_FAULTS) };
  return { table: tableOf(found, header, body), faults };
}

/**
 * As `readCsvTable`, but throws.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault, each with file, line and column.
 */
export function requireCsvTable(path: string, columns: readonly CsvColumn[]): CsvTable {
  const { table, faults } = readCsvTable(path, columns);
  if (table !== undefined) return table;
  throw new CosimError("COSIM_DATA_INVALID", faults.map(formatCsvFault).join("\n"));
}

/** `weather.csv, line 7, column temperature: "x" is no number.` */
export function formatCsvFault({ file, line, column, problem }: CsvFault): string {
  return `${file}, line ${line}${column === undefined ? "" : `, column ${column}`}: ${problem}`;
}

function readRows(path: string): { rows: Row[]; fault?: undefined } | { rows?: undefined; fault: CsvFault } {
  const options = { info: true, bom: true, comment: "#", comment_no_infix: true, skip_empty_lines: true, trim: true };
  try {
    return { rows: parse(readFileSync(path), options) as unknown as Row[] };
  } catch (error) {
    const line = error instanceof CsvError ? Number((error as unknown as { lines?: number }).lines ?? 1) : 1;
    return { fault: { file: basename(path), line, problem: `It cannot be read: ${whyUnreadable(error)}.` } };
  }
}

interface Sheet {
  readonly file: string;
  readonly header: Row;
  readonly body: readonly Row[];
}

function readColumn(
  column: CsvColumn,
  { file, header, body }: Sheet,
  faults: CsvFault[],
): Float64Array | string[] | undefined {
  const { name, optional, unit } = column;
  const titles = header.record.map(splitTitle);
  const place = titles.findIndex(title => title.name === name);
  const headerFault = (problem: string) => faults.push({ file, line: header.info.lines, column: name, problem });
  if (place < 0) {
    const known = titles.map(title => title.name).join(", ");
    if (optional !== true) headerFault(`The column is missing; there are ${known}.`);
    return undefined;
  }
  const stated = titles[place].unit;
  if (unit !== undefined && stated !== undefined && stated !== unit) {
    headerFault(`It is in "${stated}"; "${unit}" is expected.`);
  }
  const texts = body.map(row => row.record[place]);
  if (column.type === "text") return texts;
  const values = Float64Array.from(texts, text => (text === "" ? NaN : Number(text)));
  values.forEach((value, row) => {
    const problem = valueProblem(column, { text: texts[row], value, before: row > 0 ? values[row - 1] : -Infinity });
    if (problem !== undefined) faults.push({ file, line: body[row].info.lines, column: name, problem });
  });
  return values;
}

/** `temperature [degF]` is a name and a unit. */
function splitTitle(title: string): { name: string; unit?: string } {
  const match = /^(.*?)\s*\[(.*)\]$/.exec(title);
  return match === null ? { name: title } : { name: match[1], unit: match[2] };
}

interface Cell {
  readonly text: string;
  readonly value: number;
  readonly before: number;
}

function valueProblem({ min, max, order }: CsvColumn, { text, value, before }: Cell): string | undefined {
  if (!Number.isFinite(value)) return `"${text}" is no number.`;
  if (min !== undefined && value < min) return `${value} is less than ${min}.`;
  if (max !== undefined && value > max) return `${value} is more than ${max}.`;
  if (order === "sorted" && value < before) return `${value} comes after ${before}; rows must be in order.`;
  if (order === "increasing" && value <= before) return `${value} comes after ${before}; every row must be later.`;
  return undefined;
}

function tableOf(found: ReadonlyMap<string, Float64Array | string[]>, header: Row, body: readonly Row[]): CsvTable {
  const column = (name: string) => found.get(name);
  return {
    rows: body.length,
    header: header.record.map(title => splitTitle(title).name),
    numbers(name) {
      const values = column(name);
      return values instanceof Float64Array ? values : new Float64Array();
    },
    texts(name) {
      const values = column(name);
      return values === undefined || values instanceof Float64Array ? [] : values;
    },
    lineOf: row => body[row].info.lines,
  };
}
