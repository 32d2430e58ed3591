import type { ClearingRule } from "./clearing.js";
import { continuous, continuousWhole } from "./continuous.js";
import { packet } from "./packet.js";
import { uniformPrice } from "./uniform-price.js";

/** Every clearing rule by its name. */
export const clearingRules = {
  "uniform": uniformPrice,
  continuous,
  "continuous-whole": continuousWhole,
  packet,
} as const satisfies Readonly<Record<string, ClearingRule>>;

/** Name of a clearing rule, as cases write it. */
export type ClearingRuleName = keyof typeof clearingRules;
