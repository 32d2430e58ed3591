import { basename } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { weatherProfile, type WeatherFormat, type WeatherProfile } from "../../cases/weather-profile.js";
import { readText, writePart } from "./files.js";

/** What of a weather file is wanted, as the user wrote it, and where the profile goes. */
export interface WeatherImport {
  readonly file: string;
  readonly out: string;
  readonly year: number;
  /** First day, `MM-DD`. */
  readonly from: string;
  readonly days: number;
}

/** Name of the profile within its folder. */
const PROFILE = "weather.csv";

/**
 * Writes `weather.csv` from a weather file; returns its path with what it holds.
 * @throws CosimError `COSIM_OPTION_INVALID`, `COSIM_DATA_INVALID`, `COSIM_RUN_FOLDER`.
 */
export function importWeather(
  format: WeatherFormat,
  { file, out, year, from, days }: WeatherImport,
): WeatherProfile & { readonly path: string } {
  const period = { year, ...dayOf(year, from), days };
  const profile = weatherProfile({ format, name: basename(file), text: readText(file), period });
  return { ...profile, path: writePart(out, PROFILE, profile.csv) };
}

function dayOf(year: number, from: string): { month: number; day: number } {
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(from)?.map(Number) ?? [];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return { month, day };
  throw new CosimError("COSIM_OPTION_INVALID", `--from is "${from}", which is no day of ${year}. Write it as 07-01.`);
}
