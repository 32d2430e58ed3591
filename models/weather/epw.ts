import { fahrenheit, fraction, milesPerHour, millibar, wattsPerSqft } from "./fields.js";
import { cellsOf, linesOf, readRecords, refuseFaults, type WeatherField, type WeatherFile } from "./weather-file.js";

const HEAD_LINES = 8;
const COLUMNS = 22;

/** The six columns by their places, in the order of `WEATHER_COLUMNS`, with the codes of what is missing. */
const FIELDS: readonly WeatherField[] = [
  field(6, "dry bulb temperature (C)", { min: -90, max: 65, missing: 99.9, convert: fahrenheit }),
  field(8, "relative humidity (%)", { min: 0, max: 100, missing: 999, convert: fraction }),
  field(14, "direct normal radiation (Wh/m2)", { min: 0, max: 1500, missing: 9999, convert: wattsPerSqft }),
  field(15, "diffuse horizontal radiation (Wh/m2)", { min: 0, max: 1500, missing: 9999, convert: wattsPerSqft }),
  field(9, "atmospheric station pressure (Pa)", { min: 50_000, max: 110_000, missing: 999_999, convert: millibar }),
  field(21, "wind speed (m/s)", { min: 0, max: 100, missing: 999, convert: milesPerHour }),
];

function field(
  place: number,
  title: string,
  { missing, ...rest }: Pick<WeatherField, "min" | "max" | "convert"> & { readonly missing: number },
): WeatherField {
  return { place, title, ...rest, isMissing: value => value >= missing };
}

/**
 * Reads an EPW file: eight lines of head, a row for every hour with its ending stamp.
 * Source: U.S. Department of Energy, EnergyPlus Auxiliary Programs, EPW data dictionary.
 * Throws `ModelError` with every fault: file, line, column, value, cure.
 */
export function readEpw(text: string, name: string): WeatherFile {
  const lines = linesOf(text);
  const location = cellsOf(lines[0]);
  const [latitudeDeg, longitudeDeg, utcOffsetH] = location.slice(6, 9).map(Number);
  const periods = cellsOf(lines[HEAD_LINES - 1] ?? "");
  refuseFaults([
    ...(location[0] === "LOCATION" && [latitudeDeg, longitudeDeg, utcOffsetH].every(Number.isFinite)
      ? []
      : [`${name}, line 1: It is no LOCATION of an EPW file with latitude, longitude and time zone.`]),
    ...periodFaults(name, periods),
  ]);
  const records = readRecords({ name, lines, headLines: HEAD_LINES, columns: COLUMNS }, ([, ...stamp]) => {
    const [month, day, hour] = stamp.map(Number);
    return [month, day, hour];
  });
  return { name, station: { name: location[1], latitudeDeg, longitudeDeg, utcOffsetH }, fields: FIELDS, records };
}

function periodFaults(name: string, [keyword, , perHour]: readonly (string | undefined)[]): string[] {
  const place = `${name}, line ${HEAD_LINES}`;
  if (keyword !== "DATA PERIODS")
    return [`${place}: The line DATA PERIODS is missing. The head of an EPW file has eight lines.`];
  if (Number(perHour) === 1) return [];
  return [`${place}, column records per hour: "${perHour}" is not 1. Give a file with one row for each hour.`];
}
