import { fileURLToPath } from "node:url";
import { type CsvTable, requireCsvTable } from "../../../runtime/csv-table.js";

/** The data lie in the source folder, which the package carries; this file runs from its compiled copy. */
const FOLDER = new URL("../../../../cases/dispatch/data/", import.meta.url);

/** A table of this folder with these numeric columns; columns that are optional and missing are empty. */
export function readNumbers(file: string, columns: readonly string[], optional = false): CsvTable {
  const declared = columns.map(name => ({ name, type: "number" as const, optional }));
  return requireCsvTable(fileURLToPath(new URL(file, FOLDER)), declared);
}

/** Node numbers 0 to count − 1 as column titles. */
export function nodeTitles(count: number): string[] {
  return Array.from({ length: count }, (_, node) => String(node));
}

/** Values of a quarter-hourly series at the given number of steps a day: every fourth value for 24, no averaging. */
export function everyStep(values: Float64Array, steps: number): number[] {
  const stride = values.length / steps;
  return Array.from({ length: steps }, (_, step) => values[step * stride]);
}

/** A price that changes at certain hours of the day, as one value per step. */
export function tariffOver(steps: number, changes: readonly (readonly [fromHour: number, price: number])[]): number[] {
  return Array.from({ length: steps }, (_, step) => {
    const hour = (step * 24) / steps;
    return changes.findLast(([from]) => from <= hour)?.[1] ?? NaN;
  });
}
