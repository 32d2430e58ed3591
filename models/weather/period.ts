import type { HourlyWeather, WeatherRow } from "./profile.js";
import { refuseFaults, type WeatherField, type WeatherFile, type WeatherRecord } from "./weather-file.js";

/** Days of a year whose weather is wanted. */
export interface WeatherPeriod {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly days: number;
}

/** Hours on each side that the interpolation looks at; what lies farther away weighs less than 1e-18. */
const MARGIN_HOURS = 24;
const HOUR_MS = 3_600_000;

/**
 * The hours of a period, wherever the file has them: its own years do not matter, and a typical year goes round.
 * Throws `ModelError` with every fault: a missing or doubled hour, 29 February on one side only, a value that is
 * missing, no number or out of bounds.
 */
export function hoursOfPeriod(file: WeatherFile, period: WeatherPeriod): HourlyWeather {
  const faults: string[] = [];
  const records = recordsByHour(file, faults);
  const firstHour = Date.UTC(period.year, period.month - 1, period.day) / HOUR_MS;
  const lastHour = firstHour + 24 * period.days;
  const wanted = range(firstHour, lastHour).map(hour => ({ hour, record: records.get(keyOf(hour)) }));
  const missing = wanted.filter(({ record }) => record === undefined).map(({ hour }) => hour);
  faults.push(
    ...leapFaults(file, { records, hours: wanted.map(({ hour }) => hour) }),
    ...gapFaults(file, records, missing),
  );
  const find = (hour: number) => records.get(keyOf(hour));
  const before = neighbours(file, i => find(firstHour - i)).reverse();
  const after = neighbours(file, i => find(lastHour + i));
  const all = [...before, ...wanted.flatMap(({ record }) => record ?? []), ...after];
  const rows = all.map(record => valuesOf(file, record, faults));
  refuseFaults(faults);
  return { rows, first: before.length, days: period.days };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The records next to the period, as far as they reach without a gap or a fault. */
function neighbours({ fields }: WeatherFile, at: (distance: number) => WeatherRecord | undefined): WeatherRecord[] {
  const found: WeatherRecord[] = [];
  for (let i = 1; i <= MARGIN_HOURS; i++) {
    const record = at(i);
    if (record === undefined || fields.some(field => problemOf(field, readCell(field, record)) !== undefined)) break;
    found.push(record);
  }
  return found;
}

/** Month, day and hour-ending number of an hour since 1970, as one number. */
function keyOf(hour: number): number {
  const begin = new Date((hour - 1) * HOUR_MS);
  return (begin.getUTCMonth() + 1) * 10_000 + begin.getUTCDate() * 100 + begin.getUTCHours() + 1;
}

const LEAP_DAY_NOON = 22_912;

function recordsByHour({ name, records }: WeatherFile, faults: string[]): Map<number, WeatherRecord> {
  const byHour = new Map<number, WeatherRecord>();
  for (const record of records) {
    const key = record.month * 10_000 + record.day * 100 + record.hour;
    const known = byHour.get(key);
    if (known === undefined) byHour.set(key, record);
    else faults.push(`${name}, line ${record.line}: The hour of line ${known.line} comes again. Keep one of them.`);
  }
  return byHour;
}

/** A file with 29 February does not fit a period that goes from 28 February to 1 March. */
function leapFaults(
  { name }: WeatherFile,
  { records, hours }: { readonly records: ReadonlyMap<number, WeatherRecord>; readonly hours: readonly number[] },
): string[] {
  const leap = records.get(LEAP_DAY_NOON);
  const keys = hours.map(keyOf);
  const isPassed = keys.some((key, i) => key === 22_824 && keys[i + 1] === 30_101);
  if (leap === undefined || !isPassed) return [];
  return [`${name}, line ${leap.line}: The file has 29 February, the year asked for has not. Ask for a leap year.`];
}

function gapFaults(
  { name }: WeatherFile,
  records: ReadonlyMap<number, WeatherRecord>,
  missing: readonly number[],
): string[] {
  return missing
    .filter((hour, i) => i === 0 || missing[i - 1] !== hour - 1)
    .map(hour => {
      const isLeap = Math.floor(keyOf(hour) / 100) === 229;
      const cure = isLeap
        ? "Ask for a year that is no leap year, or for days without 29 February."
        : "Add its rows, or ask for days that the file has.";
      return `${name}, line ${records.get(keyOf(hour - 1))?.line ?? 1}: There is no hour ${stampOf(hour)}. ${cure}`;
    });
}

/** `07-01 05:00`, the end of an hour. */
function stampOf(hour: number): string {
  const key = keyOf(hour);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(key / 10_000))}-${two(Math.floor(key / 100) % 100)} ${two(key % 100)}:00`;
}

function valuesOf({ name, fields }: WeatherFile, record: WeatherRecord, faults: string[]): WeatherRow {
  return fields.map(field => {
    const value = readCell(field, record);
    const problem = problemOf(field, value);
    if (problem !== undefined) {
      const place = `${name}, line ${record.line}, column ${field.title}`;
      faults.push(`${place}: "${record.cells[field.place]}" ${problem}`);
    }
    return field.convert(value);
  });
}

function readCell({ place }: WeatherField, { cells }: WeatherRecord): number {
  return cells[place] === "" ? NaN : Number(cells[place]);
}

function problemOf({ min, max, isMissing }: WeatherField, value: number): string | undefined {
  if (isMissing(value)) return "stands for a missing value. Put a measured or interpolated one in its place.";
  if (!Number.isFinite(value)) return "is no number. Correct the cell.";
  if (value < min || value > max) return `is not between ${min} and ${max}. Correct the cell.`;
  return undefined;
}
