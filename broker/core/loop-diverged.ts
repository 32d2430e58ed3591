import { CosimError } from "../wire/errors.js";
import { formatStamp, type Stamp } from "../wire/stamp.js";
import type { Slot } from "./inbox.js";
import type { Plan, PlannedFederate } from "./plan.js";

const MOST_SHOWN = 80;

/** The error of a loop that did not converge: its members and the last values on its links, as far as this host has them. */
export function loopDiverged(
  plan: Plan,
  { loop, shape }: PlannedFederate,
  { stamp, slots }: { readonly stamp: Stamp; readonly slots: readonly (Slot | undefined)[] },
): CosimError {
  const members = new Set(loop);
  const values = plan.links.flatMap(link => {
    const slot = slots[link.index];
    if (!link.inLoop || slot === undefined || !members.has(plan.federates[link.target].shape.name)) return [];
    return [`${link.from} -> ${link.to} = ${JSON.stringify(slot.held)?.slice(0, MOST_SHOWN)}`];
  });
  const limit = `within ${plan.maxIterations} iterations`;
  const message = `The loop of ${loop.join(", ")} did not converge ${limit}. Last values: ${values.join("; ")}.`;
  return new CosimError("COSIM_ITERATION_LIMIT", message, { party: shape.name, stamp: formatStamp(stamp) });
}
