/** Why a dispatch problem or one of its parts is refused. */
export type DispatchFault =
  | "INVALID_NETWORK"
  | "INVALID_DEVICE"
  | "INVALID_PROFILE"
  | "INVALID_MASK"
  | "INFEASIBLE_AGENT"
  | "INFEASIBLE_NETWORK"
  | "UNVERIFIED_SOLUTION"
  | "AGENT_SILENT"
  | "LIBRARY_MISSING";

/** A fault of a dispatch problem: a code, the party it concerns, and a message that names the value and the cure. */
export class DispatchError extends Error {
  constructor(
    readonly code: DispatchFault,
    message: string,
    readonly party?: string,
  ) {
    super(message);
    this.name = "DispatchError";
  }
}
