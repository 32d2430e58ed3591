import { CosimError } from "../../broker/wire/index.js";
import type { RunOrder, RunReport } from "./order.js";
import { Worker } from "./worker.js";

/** How orders are carried out and watched. */
export interface PoolOptions {
  /** Runs at the same time. */
  readonly jobs: number;
  /** Calls everything off: what runs is closed properly, what has not begun does not begin. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PoolProgress) => void;
}

/** How far all orders together are. */
export interface PoolProgress {
  readonly ended: number;
  readonly failed: number;
  readonly total: number;
  /** 0 to 1, what still runs counted in parts. */
  readonly share: number;
}

/**
 * Carries out orders in processes of their own, in the order of the list, and reports on each that was begun.
 * One failure stops no other.
 */
export async function carryOutAll(orders: readonly RunOrder[], options: PoolOptions): Promise<RunReport[]> {
  const { jobs, signal, onProgress } = options;
  const reports = new Map<RunOrder, RunReport>();
  const shares = new Map<RunOrder, number>();
  const waiting = [...orders];
  const tell = () => {
    const running = [...shares.values()].reduce((sum, share) => sum + share, 0);
    const failed = [...reports.values()].filter(({ state }) => state === "failed").length;
    const total = orders.length;
    onProgress?.({ ended: reports.size, failed, total, share: (reports.size + running) / Math.max(1, total) });
  };
  const lane = async () => {
    let worker: Worker | undefined;
    const callOff = () => worker?.callOff(reasonOf(signal));
    signal.addEventListener("abort", callOff);
    try {
      for (let order = waiting.shift(); order !== undefined && !signal.aborted; order = waiting.shift()) {
        const one = order;
        if (worker?.isAlive !== true) worker = new Worker();
        const report = await worker.run(one, share => {
          shares.set(one, share);
          tell();
        });
        shares.delete(one);
        reports.set(one, report);
        tell();
      }
    } finally {
      signal.removeEventListener("abort", callOff);
      await worker?.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, lane));
  return orders.flatMap(order => reports.get(order) ?? []);
}

/** Why a signal called off. */
export function reasonOf({ reason }: AbortSignal): CosimError {
  return reason instanceof CosimError ? reason : new CosimError("COSIM_INTERRUPTED", "The runs were called off.");
}
