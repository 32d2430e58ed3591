import { behaviourOption, daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import { settlementOptions } from "../neighbourhood/parts/index.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options of the case with vehicles. */
export const OPTIONS = {
  houses: { kind: "integer", default: 30, minimum: 1, maximum: 10_000, doc: "Houses." },
  evs: {
    kind: "integer",
    minimum: 0,
    maximum: 10_000,
    doc: "Houses that own a vehicle, the first ones; by default all.",
  },
  pvs: {
    kind: "integer",
    minimum: 0,
    maximum: 10_000,
    doc: "Houses that have panels, the first ones; by default all.",
  },
  gridCapKw: {
    kind: "number",
    default: 200,
    minimum: 0,
    unit: "kW",
    doc: "What the grid offers to the houses at most; the published study has 200 and 100.",
  },
  evBuyIqrRatio: {
    kind: "number",
    default: 0.3,
    minimum: 0,
    maximum: 1,
    doc: "By how many quartile ranges of a day's prices a price must be below their mean for a vehicle to buy.",
  },
  wholeOrders: { kind: "flag", doc: "A buyer gets its whole order or nothing, as in the published study." },
  days: daysOption(4, "Simulated days; vehicles trade from the second on."),
  step: stepOption("Step of houses, vehicles and feeder."),
  behaviour: behaviourOption("Whether cooling orders each house's own power or 4 kW for all."),
  ...settlementOptions,
  seed: seedOption,
} as const satisfies OptionTable;

/** What is given. */
export type EvOptions = OptionValues<typeof OPTIONS>;

/** What the case depends on. */
export interface EvSettings extends EvOptions {
  readonly evs: number;
  readonly pvs: number;
}

/** Every house has a vehicle and panels where nothing else is said. */
export function settingsOf(options: EvOptions): EvSettings {
  const { houses, evs = houses, pvs = houses } = options;
  return { ...options, evs, pvs };
}
