import { basename, join } from "node:path";
import { readCsvTable, type CsvColumn, type CsvFault } from "../../runtime/csv-table.js";
import type { Horizon } from "./kit.js";
import { readRecent } from "./recent-tables.js";

/** A quantity of a case: one number, or one for each row of a series. Plain data. */
export type Rows = number | Float64Array;

/** Where a cell says that its values stand: a column of a series file, times a factor. */
interface Reference {
  readonly file: string;
  readonly column: string;
  readonly factor: number;
}

/** `h-load:7 * 0.19` is column 7 of `h-load.csv`, times 0.19. */
const REFERENCE = /^([\w./-]+):([^*]+?)(?:\s*\*\s*(\S+))?$/;

/**
 * The values that a cell speaks of: a number, or a reference to a series.
 * Faults are those of the cell, and those of the column it names.
 */
export function readRows(
  cell: string,
  { folder, at, faults }: { readonly folder: string; readonly at: CsvFault; readonly faults: CsvFault[] },
): Rows {
  const number = cell === "" ? NaN : Number(cell);
  if (Number.isFinite(number)) return number;
  const reference = readReference(cell);
  if (reference === undefined) {
    faults.push({ ...at, problem: `"${cell}" is neither a number nor a series; write 3.5 or pv:7 or pv:7 * 0.5.` });
    return NaN;
  }
  const { file, column, factor } = reference;
  const name = `${file}.csv`;
  const { table, faults: inFile } = readRecent(join(folder, name), "series", readSeries);
  if (table === undefined) {
    for (const fault of inFile) if (!faults.some(known => isSameFault(known, fault))) faults.push(fault);
    return NaN;
  }
  if (!table.header.includes(column)) {
    const known = table.header.slice(0, 8).join(", ");
    faults.push({ ...at, problem: `"${cell}" names a column that ${name} does not have; it has ${known}, ...` });
    return NaN;
  }
  const values = table.numbers(column);
  return factor === 1 ? values.slice() : values.map(value => value * factor);
}

function readReference(cell: string): Reference | undefined {
  const match = REFERENCE.exec(cell);
  if (match === null) return undefined;
  const [, file, column, given = "1"] = match;
  const factor = Number(given);
  return Number.isFinite(factor) ? { file, column, factor } : undefined;
}

function isSameFault(a: CsvFault, b: CsvFault): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column && a.problem === b.problem;
}

/** Every column of a series file as numbers, but `time` and `step`. */
function readSeries(path: string): ReturnType<typeof readCsvTable> {
  const { table, faults } = readCsvTable(path, []);
  if (table === undefined) return { faults };
  const names = table.header.filter(name => name !== "time" && name !== "step");
  const seen = new Set<string>();
  const repeated = names.find(name => seen.size === seen.add(name).size);
  if (repeated !== undefined) {
    return { faults: [{ file: basename(path), line: 1, column: repeated, problem: "Two columns have this name." }] };
  }
  const columns = names.map((name): CsvColumn => ({ name, type: "number" }));
  return readCsvTable(path, columns);
}

/** Why a series does not fit a day of so many rows; undefined when it does. */
export function lengthProblem(rows: Rows, rowsPerDay: number): string | undefined {
  if (typeof rows === "number" || (rows.length > 0 && rows.length % rowsPerDay === 0)) return undefined;
  return `The series has ${rows.length} rows; a day has ${rowsPerDay} ("rowsPerDay"), so give ${rowsPerDay}, ${2 * rowsPerDay}, ... rows.`;
}

/** The part of a quantity that a horizon needs. Of finer series every n-th row counts; shorter ones begin again. */
export function profileAt(rows: Rows, rowsPerDay: number, { day, steps }: Horizon): number | number[] {
  if (typeof rows === "number") return rows;
  const first = (day % (rows.length / rowsPerDay)) * rowsPerDay;
  const stride = rowsPerDay / steps;
  return Array.from({ length: steps }, (_, step) => rows[first + step * stride]);
}
