import { CosimError, type ErrorCode } from "../../broker/wire/index.js";
import { carryOut, type RunOrder, type RunReport } from "./order.js";

/** What a worker is told: to carry out an order, or to call off the one that it is at. */
export type ToWorker =
  | { readonly kind: "run"; readonly order: RunOrder }
  | { readonly kind: "stop"; readonly code: ErrorCode; readonly message: string };

/** What a worker tells. */
export type FromWorker =
  { readonly kind: "progress"; readonly share: number } | { readonly kind: "ended"; readonly report: RunReport };

/** Wall-clock milliseconds between two tellings of progress. */
const EVERY_MS = 200;

let calledOff: AbortController | undefined;
let isOrphan = false;

process.on("message", (message: ToWorker) => {
  if (message.kind === "stop") calledOff?.abort(new CosimError(message.code, message.message));
  else void work(message.order);
});

process.on("disconnect", () => {
  isOrphan = true;
  if (calledOff === undefined) process.exit(0);
  calledOff.abort(new CosimError("COSIM_INTERRUPTED", "The process that asked for this run is gone."));
});

async function work(order: RunOrder): Promise<void> {
  calledOff = new AbortController();
  let toldAt = -Infinity;
  const report = await carryOut(order, calledOff.signal, share => {
    const now = performance.now();
    if (now - toldAt < EVERY_MS) return;
    toldAt = now;
    tell({ kind: "progress", share });
  });
  calledOff = undefined;
  tell({ kind: "ended", report });
  if (isOrphan) process.exit(0);
}

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
