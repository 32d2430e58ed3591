import { CosimError, ERRORS, type ErrorCode, type Fault } from "../../broker/wire/index.js";

/** An error as data, for people and for `--json`. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cure: string;
  readonly party?: string;
  readonly stamp?: string;
  readonly log?: readonly string[];
  readonly faults?: readonly Fault[];
}

/** What is told of an error; one without a code is ours. */
export function describeError(error: unknown): ErrorReport {
  if (!(error instanceof CosimError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: "COSIM_INTERNAL", message, cure: ERRORS.COSIM_INTERNAL };
  }
  const { code, message, details } = error;
  const { party, stamp, log } = details;
  const faults = "faults" in error ? (error.faults as readonly Fault[]) : undefined;
  return { code, message, cure: ERRORS[code], party, stamp, log, faults };
}
