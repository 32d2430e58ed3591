import { CosimError } from "../../broker/wire/index.js";
import { EXIT } from "./exit-code.js";

/** What may end a run from outside, and how to stop listening for it. */
export interface CallOff {
  readonly signal: AbortSignal;
  dispose(): void;
}

/**
 * Calls a run off at Ctrl-C, at SIGTERM or after a time limit, so that its folder is closed properly.
 * A second Ctrl-C ends the process at once.
 */
export function listenForCallOff(timeoutSeconds: number | undefined): CallOff {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort(new CosimError("COSIM_INTERRUPTED", `The run was called off by ${signal}.`));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const expire = () => {
    controller.abort(new CosimError("COSIM_TIMEOUT", `The run took longer than its limit of ${timeoutSeconds} s.`));
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(expire, timeoutSeconds * 1000).unref();
  return {
    signal: controller.signal,
    dispose() {
      clearTimeout(timer);
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
