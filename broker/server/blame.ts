import type { Coordinator } from "../core/index.js";
import { CosimError, formatStamp } from "../wire/index.js";
import type { HostSlot } from "./roster.js";

/** Faults of a host that it does not report itself. */
export type HostErrorCode = "COSIM_FEDERATE_SILENT" | "COSIM_FEDERATE_DIED" | "COSIM_STEP_TIMEOUT";

/** Where a host and its federates are looked up. */
export interface HostContext {
  readonly slot: HostSlot;
  readonly coordinator: Coordinator;
}

/** The error of a host that died, fell silent or takes too long: who, what, and which activation it owes. */
export function hostError(code: HostErrorCode, what: string, { slot, coordinator }: HostContext): CosimError {
  const { plan } = coordinator;
  const { name, federates } = slot.plan;
  const names = federates.map(f => plan.federates[f].shape.name);
  const who = names.length === 1 && names[0] === name ? name : `host ${name} (${names.join(", ")})`;
  const due = slot.reported ? coordinator.nextDue(slot.index) : undefined;
  if (due === undefined) return new CosimError(code, `${who} ${what}.`, { party: names[0] });
  const party = plan.federates[due.federate].shape.name;
  const stamp = formatStamp(due);
  return new CosimError(code, `${who} ${what}; ${party} was to run at ${stamp}.`, { party, stamp });
}

/** The error with the participant it concerns, where it names none itself. */
export function blame(error: unknown, party: string): CosimError {
  if (!(error instanceof CosimError)) {
    return new CosimError("COSIM_FEDERATE_FAILED", `${party}: ${(error as Error).message}`, { party, cause: error });
  }
  if (error.details.party !== undefined) return error;
  return new CosimError(error.code, `${party}: ${error.message}`, { ...error.details, party });
}
