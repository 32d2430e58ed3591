import { z } from "zod";
import { parseDuration, type Fault } from "../broker/wire/index.js";
import { defineFederate, type SetupContext } from "../runtime/index.js";
import { rowAt, valueAt, type PlayedRows } from "./player/played-rows.js";
import { createPlayer, playerFaults, type PlayerParams } from "./player/player.js";

const params = z.strictObject({
  /** CSV file beside the case: time [s] and the columns below. */
  file: z.string(),
  /** How long before its time a record is published. */
  lead: z.union([z.string(), z.number()]).default("0s"),
  /** Longest time between two records. */
  maxGap: z.union([z.string(), z.number()]).default("1h"),
});

const QUANTITIES = {
  temperature: { unit: "degF", min: -150, max: 150 },
  humidity: { unit: "1", min: 0, max: 1 },
  solarDirect: { unit: "W/ft2", min: 0, max: 150 },
  solarDiffuse: { unit: "W/ft2", min: 0, max: 150 },
  pressure: { unit: "mbar", min: 500, max: 1100 },
  windSpeed: { unit: "mph", min: 0, max: 250 },
} as const;

/** The weather of a file, each record a little before its time; the first one stands before the start. */
export default defineFederate({
  doc: "Weather from a CSV file: temperature, humidity, sun, pressure, wind.",
  params,
  inputs: {},
  outputs: {
    temperature: { type: "number", unit: "degF", starts: true },
    humidity: { type: "number", unit: "1", starts: true },
    solarDirect: { type: "number", unit: "W/ft2", starts: true, doc: "Direct normal irradiance." },
    solarDiffuse: { type: "number", unit: "W/ft2", starts: true, doc: "Diffuse horizontal irradiance." },
    pressure: { type: "number", unit: "mbar", starts: true },
    windSpeed: { type: "number", unit: "mph", starts: true },
  },
  check: (settings, setup) => weatherFaults(settings, setup),
  create(settings, context) {
    const rows = createWeather(settings, context);
    const leadTicks = parseDuration(settings.lead, context.ticksPerSecond === 1e9 ? "1ns" : "1us");
    return { state: { rows, leadTicks }, outputs: record(rows, 0) };
  },
  step: ({ rows, leadTicks }, { time }) => ({ outputs: record(rows, time + leadTicks) }),
});

/** A weather file and the longest time between two of its records. */
export interface WeatherParams {
  readonly file: string;
  readonly maxGap: string | number;
}

/** The records of a weather file. Throws `COSIM_DATA_INVALID` with every fault of the file. */
export function createWeather(settings: WeatherParams, context: SetupContext): PlayedRows {
  return createPlayer(playerParams(settings), context);
}

/** Faults of a weather file: columns, units, bounds, gaps, an end before the case's. */
export function weatherFaults(settings: WeatherParams, setup: SetupContext): readonly Fault[] {
  return playerFaults(playerParams(settings), setup);
}

function playerParams({ file, maxGap }: WeatherParams): PlayerParams {
  return { file, time: "time", outputs: QUANTITIES, interpolation: "hold", maxGap };
}

/** The weather at a tick; beyond the file's end, that of the same hour of its last day. */
export function weatherAhead(rows: PlayedRows, time: number, ticksPerDay: number): WeatherRecord {
  const beyond = time - rows.times[rows.times.length - 1];
  const days = beyond > 0 ? Math.ceil(beyond / ticksPerDay) : 0;
  return record(rows, Math.max(time - days * ticksPerDay, 0));
}

type WeatherRecord = Readonly<Record<keyof typeof QUANTITIES, number>>;

function record(rows: PlayedRows, time: number): WeatherRecord {
  const row = rowAt(rows, time);
  const value = (name: keyof typeof QUANTITIES) => valueAt(rows, rows.names.indexOf(name), { row, time });
  return {
    temperature: value("temperature"),
    humidity: value("humidity"),
    solarDirect: value("solarDirect"),
    solarDiffuse: value("solarDiffuse"),
    pressure: value("pressure"),
    windSpeed: value("windSpeed"),
  };
}
