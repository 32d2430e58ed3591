import { CosimError, ERRORS, type ErrorCode } from "./errors.js";
import type { FailFrame } from "./frame.js";

/** The frame that carries an error to the other side; what is no `CosimError` travels as a failed federate. */
export function failureOf(error: unknown): FailFrame {
  if (!(error instanceof CosimError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "fail", code: "COSIM_FEDERATE_FAILED", message, party: "", stamp: "", log: [] };
  }
  const { party = "", stamp = "", log = [] } = error.details;
  return { kind: "fail", code: error.code, message: error.message, party, stamp, log };
}

/** The error behind a frame. */
export function errorOf({ code, message, party, stamp, log }: FailFrame): CosimError {
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? code : "COSIM_FEDERATE_FAILED";
  return new CosimError(known, message, { party: party || undefined, stamp: stamp || undefined, log });
}
