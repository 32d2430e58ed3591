import { FEEDER_BUSES } from "../neighbourhood/bulk.js";
import { behaviourOption, daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import { settlementOptions } from "../neighbourhood/parts/index.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import type { OptionTable, OptionValues } from "../options.js";
import { controlOptions } from "./control.js";

/** Options of the energy-trading case. */
export const OPTIONS = {
  houses: {
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 100_000,
    doc: "Houses; the first 30 are the published ones, further ones are drawn from the same distributions.",
  },
  days: daysOption(
    1,
    `Simulated days. The published weather has ${WEATHER_DAYS}; beyond, give weather.csv a longer player file and set \`until\`.`,
  ),
  step: stepOption("Step of houses, prosumers and feeder."),
  behaviour: behaviourOption(),
  feeders: {
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: FEEDER_BUSES.length,
    doc: `Feeders that the houses are shared out over, each with its own market; they hang at buses ${FEEDER_BUSES.join(", ")}.`,
  },
  feederScale: {
    kind: "number",
    minimum: 0.001,
    doc: "For how many feeders each one stands in the bulk system; by default, they are a load of about 60 MW together.",
  },
  forecast: {
    kind: "choice",
    choices: ["none", "perfect", "uncertain"],
    default: "none",
    doc: "By what weather houses bid: that of the moment, or a forecast of the coming period without or with error.",
  },
  ...controlOptions,
  ...settlementOptions,
  seed: seedOption,
} as const satisfies OptionTable;

/** What the case depends on. */
export type PetOptions = OptionValues<typeof OPTIONS>;
