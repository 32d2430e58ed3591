import type { DispatchMethod } from "./coordination.js";
import { priceBundle } from "./price-bundle/index.js";
import type { PublicProblem } from "./problem.js";
import { sweep } from "./sweep/index.js";

/** A method, and in one sentence why. */
export interface MethodChoice {
  readonly method: DispatchMethod;
  readonly reason: string;
}

/** The method that suits a problem's structure: `sweep` when flows cost something, `price-bundle` when they are free. */
export function chooseMethod({ regulariser, name }: PublicProblem): MethodChoice {
  if (regulariser > 0) {
    return {
      method: sweep,
      reason: `sweep, because flows and voltages of ${name} cost something (regulariser ${regulariser}): the network is smooth, and prices follow from flows.`,
    };
  }
  return {
    method: priceBundle(),
    reason: `price-bundle, because flows of ${name} cost nothing (regulariser 0): the agents meet in one price for each step, and in prices of limits that bind.`,
  };
}
