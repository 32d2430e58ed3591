import { ModelError } from "../model-error.js";
import { checkConnections } from "./check-connections.js";
import { checkValues } from "./check-values.js";
import type { FeederDescription } from "./description.js";

/** All faults of a description, each with the names, the value and the cure; empty when it can be solved. */
export function findFeederFaults(description: FeederDescription): string[] {
  const faults = checkValues(description);
  return [...faults, ...checkConnections(description)];
}

/** @throws ModelError `MODEL_FEEDER` with every fault of the description. */
export function checkFeeder(description: FeederDescription): void {
  const faults = findFeederFaults(description);
  if (faults.length > 0) throw new ModelError("MODEL_FEEDER", faults);
}
