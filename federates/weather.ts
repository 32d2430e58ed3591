import { z } from "zod";
import { parseDuration } from "../broker/wire/index.js";
import { defineFederate } from "../runtime/index.js";
import { rowAt, valueAt } from "./player/played-rows.js";
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
  check: (settings, setup) => playerFaults(playerParams(settings), setup),
  create(settings, context) {
    const rows = createPlayer(playerParams(settings), context);
    const leadTicks = parseDuration(settings.lead, context.ticksPerSecond === 1e9 ? "1ns" : "1us");
    return { state: { rows, leadTicks }, outputs: record(rows, 0) };
  },
  step: ({ rows, leadTicks }, { time }) => ({ outputs: record(rows, time + leadTicks) }),
});

function playerParams({ file, maxGap }: z.output<typeof params>): PlayerParams {
  return { file, time: "time", outputs: QUANTITIES, interpolation: "hold", maxGap };
}

function record(rows: ReturnType<typeof createPlayer>, time: number) {
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
