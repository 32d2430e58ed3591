import { splineAt, splineCoefficients } from "./spline.js";

/** Columns of a weather profile, in order: name and unit. */
export const WEATHER_COLUMNS = [
  "temperature [degF]",
  "humidity [1]",
  "solarDirect [W/ft2]",
  "solarDiffuse [W/ft2]",
  "pressure [mbar]",
  "windSpeed [mph]",
] as const;

/** Weather of one moment: a value for each of `WEATHER_COLUMNS`. */
export type WeatherRow = readonly number[];

/** Weather by the hour, and which part of it is wanted; the hours around that part serve the interpolation only. */
export interface HourlyWeather {
  /** One row for each hour, at the hour's end. */
  readonly rows: readonly WeatherRow[];
  /** Row of simulated time 0. */
  readonly first: number;
  readonly days: number;
}

const STEPS_PER_HOUR = 12;
const STEP_SECONDS = 300;
const TEMPERATURE = 0;
const HUMIDITY = 1;
/** What lies below is the spline's ripple around zero. */
const LEAST = 1e-4;

/**
 * Weather every 5 minutes from time 0 to the end of its days: quadratic splines through the hourly values.
 * All but the temperature stay above zero, and the relative humidity does not pass 1.
 */
export function interpolateWeather({ rows, first, days }: HourlyWeather): number[][] {
  const columns = WEATHER_COLUMNS.map((_, c) => splineCoefficients(rows.map(row => row[c])));
  return Array.from({ length: days * 24 * STEPS_PER_HOUR + 1 }, (_, step) =>
    columns.map((coefficients, c) => clamp(splineAt(coefficients, first + step / STEPS_PER_HOUR), c)),
  );
}

function clamp(value: number, column: number): number {
  if (column === TEMPERATURE) return value;
  if (value < LEAST) return 0;
  return column === HUMIDITY ? Math.min(value, 1) : value;
}

/** A weather profile as CSV: simulated seconds every 5 minutes, then the columns with four decimals. */
export function weatherCsv(rows: readonly WeatherRow[]): string {
  const lines = rows.map((row, i) => [i * STEP_SECONDS, ...row.map(value => value.toFixed(4))].join(","));
  return [`time [s],${WEATHER_COLUMNS.join(",")}`, ...lines, ""].join("\n");
}
