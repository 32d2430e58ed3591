import { CosimError, type ErrorCode } from "../../broker/wire/index.js";

/** How the program ends: done, the run failed, the input is at fault, timed out, interrupted. */
export const EXIT = { done: 0, failed: 1, input: 2, timeout: 3, interrupted: 130 } as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "COSIM_TIME_INVALID",
  "COSIM_CASE_INVALID",
  "COSIM_FEDERATION_INVALID",
  "COSIM_FEDERATE_UNKNOWN",
  "COSIM_LISTEN_NEEDS_KEYS",
  "COSIM_CHECKPOINT_INVALID",
  "COSIM_RUN_FOLDER",
  "COSIM_DATA_INVALID",
  "COSIM_OPTION_INVALID",
  "COSIM_NOT_BUILT",
]);

/** Exit code of an error that was thrown before a run began. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof CosimError)) return EXIT.failed;
  if (error.code === "COSIM_TIMEOUT") return EXIT.timeout;
  if (error.code === "COSIM_INTERRUPTED") return EXIT.interrupted;
  return INPUT.has(error.code) ? EXIT.input : EXIT.failed;
}

/** Exit code of a run by how it ended; a fault during a run is never the input's. */
export function exitCodeOfRun(error: { readonly code: string } | undefined): ExitCode {
  if (error === undefined) return EXIT.done;
  if (error.code === "COSIM_TIMEOUT") return EXIT.timeout;
  return error.code === "COSIM_INTERRUPTED" ? EXIT.interrupted : EXIT.failed;
}
