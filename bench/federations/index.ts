import { CosimError } from "../../broker/wire/index.js";
import type { AnyFederate } from "../../runtime/index.js";
import { coupled } from "./coupled.js";
import { echo } from "./echo.js";
import type { Pattern } from "./federation.js";
import { ring } from "./ring.js";
import { timing } from "./timing.js";
import { vector } from "./vector.js";

export type { Federation, Pattern, Size } from "./federation.js";
export { REPORT, type Frames, type Report, type Tally } from "./tally.js";

/** Every pattern by name. */
export const PATTERNS = { echo, ring, timing, vector, coupled } as const satisfies Record<string, Pattern>;

/** Name of a pattern. */
export type PatternName = keyof typeof PATTERNS;

/** Finds the federates of these patterns. */
export function loadKind(use: string): Promise<AnyFederate> {
  for (const pattern of Object.values<Pattern>(PATTERNS)) {
    if (Object.hasOwn(pattern.kinds, use)) return Promise.resolve(pattern.kinds[use]);
  }
  return Promise.reject(new CosimError("COSIM_FEDERATE_UNKNOWN", `There is no federate "${use}" to measure.`));
}
