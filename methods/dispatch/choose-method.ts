import type { DispatchMethod } from "./coordination.js";
import { edgeAdmm } from "./edge-admm/index.js";
import { priceBundle } from "./price-bundle/index.js";
import type { PublicProblem } from "./problem.js";
import { sweep } from "./sweep/index.js";

/** A method, and in one sentence why. */
export interface MethodChoice {
  readonly method: DispatchMethod;
  readonly reason: string;
}

/**
 * The method that suits a problem's structure: `price-bundle` when flows are free, `sweep` when they cost something, and
 * `edge-admm` when the root also limits reactive power, which the sweep's smooth root cannot hold.
 */
export function chooseMethod({ regulariser, name, root }: PublicProblem): MethodChoice {
  if (regulariser > 0 && root.reactiveShare < Infinity) {
    return {
      method: edgeAdmm(),
      reason: `edge-admm, because flows of ${name} cost something (regulariser ${regulariser}) and its root limits reactive power to ${root.reactiveShare} of active.`,
    };
  }
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
