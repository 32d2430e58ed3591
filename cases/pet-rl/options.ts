import { BACKEND_NAMES } from "../../federates/learning/load-backend.js";
import { LEARNING_MODES } from "../../federates/prosumers/learning-params.js";
import { behaviourOption, daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import { settlementOptions } from "../neighbourhood/parts/index.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options of the case whose households learn what to bid. */
export const OPTIONS = {
  houses: {
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 100_000,
    doc: "Houses, two learning agents each; the first 30 are the published ones.",
  },
  days: daysOption(WEATHER_DAYS, `Simulated days. The published weather has ${WEATHER_DAYS}.`),
  step: stepOption("Step of houses, prosumers and feeder."),
  backend: {
    kind: "choice",
    choices: BACKEND_NAMES,
    default: "tfjs-wasm",
    doc: "What does the matrix products of learning; `plain` needs no further package and repeats every bit.",
  },
  mode: {
    kind: "choice",
    choices: LEARNING_MODES,
    default: "seller-buyer",
    doc: "Who learns; `random` and `ramp` set prices without learning, for comparison.",
  },
  trainShare: {
    kind: "number",
    default: 0.5,
    minimum: 0,
    maximum: 1,
    doc: "Part of the run in which agents explore and learn.",
  },
  behaviour: behaviourOption(),
  ...settlementOptions,
  seed: seedOption,
} as const satisfies OptionTable;

/** What the case depends on. */
export type PetRlOptions = OptionValues<typeof OPTIONS>;
