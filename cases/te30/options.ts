import { daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import { settlementOptions } from "../neighbourhood/parts/index.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options of TESP's te30. */
export const OPTIONS = {
  houses: {
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 10_000,
    doc: "Houses, dealt to the phases evenly; the first 30 are published ones, further ones are drawn.",
  },
  phases: {
    kind: "choice",
    choices: ["ABC", "AB", "BC", "AC", "A", "B", "C"],
    default: "ABC",
    doc: "Phases that have houses.",
  },
  days: daysOption(2, "Simulated days."),
  step: stepOption("Step of houses, thermostats and feeder."),
  participation: {
    kind: "number",
    default: 1,
    minimum: 0,
    maximum: 1,
    doc: "Part of the houses that bid and answer to the price; the others follow their schedules.",
  },
  deadBand: {
    kind: "number",
    minimum: 0.1,
    maximum: 20,
    unit: "degF",
    doc: "Dead band of every thermostat; by default each household's own of 2 to 3 degF.",
  },
  cycleSeconds: {
    kind: "number",
    default: 120,
    minimum: 0,
    maximum: 3600,
    unit: "s",
    doc: "Shortest time between two switches of a cooling unit.",
  },
  ...settlementOptions,
  seed: seedOption,
} as const satisfies OptionTable;

/** What the case depends on. */
export type Te30Options = OptionValues<typeof OPTIONS>;
