import {
  hoursOfPeriod,
  interpolateWeather,
  readEpw,
  readTmy3,
  weatherCsv,
  type WeatherPeriod,
  type WeatherStation,
} from "../models/index.js";
import { readModel } from "./model-faults.js";

const READERS = { tmy3: readTmy3, epw: readEpw } as const;

/** A format in which weather is published. */
export type WeatherFormat = keyof typeof READERS;

/** A weather file and the part of it that a case needs. */
export interface WeatherSource {
  readonly format: WeatherFormat;
  /** Name of the file, for messages. */
  readonly name: string;
  readonly text: string;
  readonly period: WeatherPeriod;
}

/** What the weather federate reads, every 5 minutes from time 0 on, and where it was observed. */
export interface WeatherProfile {
  readonly station: WeatherStation;
  readonly rows: number;
  readonly csv: string;
}

/**
 * A weather profile from a file of hourly weather.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault: file, line, column, value and cure.
 */
export function weatherProfile({ format, name, text, period }: WeatherSource): WeatherProfile {
  const { station, rows } = readModel(() => {
    const file = READERS[format](text, name);
    return { station: file.station, rows: interpolateWeather(hoursOfPeriod(file, period)) };
  });
  return { station, rows: rows.length, csv: weatherCsv(rows) };
}
