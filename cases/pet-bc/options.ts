import { behaviourOption, daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import { settlementOptions } from "../neighbourhood/parts/index.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options of the case with a battery to trade with. */
export const OPTIONS = {
  houses: {
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 100_000,
    doc: "Houses; the first 30 are the published ones, further ones are drawn from the same distributions.",
  },
  days: daysOption(4, "Simulated days; the published case has four."),
  step: stepOption("Step of houses, prosumers and feeder."),
  strategy: {
    kind: "choice",
    choices: ["utility", "random"],
    default: "utility",
    doc: "How a house chooses among its feasible trades.",
  },
  behaviour: behaviourOption(),
  ...settlementOptions,
  seed: seedOption,
} as const satisfies OptionTable;

/** What the case depends on. */
export type PetBcOptions = OptionValues<typeof OPTIONS>;
