import { ModelError } from "../model-error.js";

/** Where a file's weather was observed. */
export interface WeatherStation {
  readonly name: string;
  readonly latitudeDeg: number;
  /** East is positive. */
  readonly longitudeDeg: number;
  /** Hours ahead of UTC, without daylight saving. */
  readonly utcOffsetH: number;
}

/** One of the six quantities as a format writes it; in the order of `WEATHER_COLUMNS`. */
export interface WeatherField {
  /** Its name, for messages. */
  readonly title: string;
  /** Place in the row. */
  readonly place: number;
  /** Bounds in the format's unit; beyond, a value is wrong. */
  readonly min: number;
  readonly max: number;
  /** True for the format's codes of a missing value. */
  isMissing(value: number): boolean;
  /** From the format's unit to that of the column. */
  convert(value: number): number;
}

/** One hour of a file: its date, its hour-ending number 1 to 24, its cells as text. */
export interface WeatherRecord {
  readonly line: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly cells: readonly string[];
}

/** A weather file, read as far as its rows; values are read once it is known which are wanted. */
export interface WeatherFile {
  /** Name for messages. */
  readonly name: string;
  readonly station: WeatherStation;
  readonly fields: readonly WeatherField[];
  readonly records: readonly WeatherRecord[];
}

/** At most so many faults of one file are reported. */
const MAX_FAULTS = 20;

/** Throws `ModelError` when there are faults: the first twenty, with the number of the others. */
export function refuseFaults(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length - MAX_FAULTS;
  throw new ModelError("MODEL_WEATHER", [
    ...faults.slice(0, MAX_FAULTS),
    ...(more > 0 ? [`There are ${more} further faults.`] : []),
  ]);
}

/** The lines of a text, whatever their ends, without those that are empty at its end. */
export function linesOf(text: string): string[] {
  return text
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split(/\r\n|\r|\n/);
}

/** Cells of a line of comma-separated values; quotes around a cell may hold commas. */
export function cellsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:\s*"([^"]*)"\s*|([^,]*))/g)].map(match => (match[1] ?? match[2]).trim());
}

/** Reads the rows below a file's head: `stampOf` finds month, day and hour of a row's cells, or undefined. */
export function readRecords(
  { name, lines, headLines, columns }: WeatherSheet,
  stampOf: (cells: readonly string[]) => readonly [month: number, day: number, hour: number] | undefined,
): WeatherRecord[] {
  const faults: string[] = [];
  const records: WeatherRecord[] = [];
  lines.slice(headLines).forEach((text, i) => {
    const line = headLines + i + 1;
    const cells = cellsOf(text);
    const stamp = stampOf(cells);
    if (cells.length < columns) {
      faults.push(`${name}, line ${line}: It has ${cells.length} columns instead of ${columns}. Complete the line.`);
    } else if (stamp === undefined || !isReal(stamp)) {
      faults.push(`${name}, line ${line}: "${cells.slice(0, 5).join(",")}" begins with no date and hour from 1 to 24.`);
    } else {
      const [month, day, hour] = stamp;
      records.push({ line, month, day, hour, cells });
    }
  });
  refuseFaults(faults);
  return records;
}

/** A file's lines, how many of them are its head, and how many columns a row has at least. */
export interface WeatherSheet {
  readonly name: string;
  readonly lines: readonly string[];
  readonly headLines: number;
  readonly columns: number;
}

/** True for a date of a leap year and an hour from 1 to 24. */
function isReal([month, day, hour]: readonly [number, number, number]): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  return (
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && Number.isInteger(hour) && hour >= 1 && hour <= 24
  );
}
