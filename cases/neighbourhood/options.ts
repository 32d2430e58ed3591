import type { Option } from "../options.js";
import { WEATHER_DAYS } from "./weather.js";

/** How many days are simulated; the published weather is the limit. */
export function daysOption(days: number, doc: string) {
  return { kind: "integer", default: days, minimum: 1, maximum: WEATHER_DAYS, unit: "d", doc } as const;
}

/** The step of what the sentence says. */
export function stepOption(doc: string) {
  return { kind: "number", default: 15, minimum: 1, maximum: 300, unit: "s", doc } as const;
}

/** Whether quirks are put right or reproduced. */
export function behaviourOption(doc = "Whether the published system's quirks are put right or reproduced.") {
  return { kind: "choice", choices: ["corrected", "published"], default: "corrected", doc } as const;
}

/** The seed of a case. */
export const seedOption = {
  kind: "integer",
  default: 0,
  minimum: 0,
  doc: "Seed of everything that is drawn.",
} as const satisfies Option;
