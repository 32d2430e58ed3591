import { CosimError } from "../../broker/wire/index.js";
import type { LocalHost } from "../../runtime/index.js";

/** Wall-clock milliseconds between two looks. */
const LOOK_MS = 50;

/** What is watched, and how to stop watching. */
export interface StepWatch {
  /** Rejects when a step exceeds its limit; never fulfilled. */
  readonly expired: Promise<never>;
  stop(): void;
}

/**
 * Watches the asynchronous steps of a host in this process. A synchronous step holds up this whole process, the watch
 * included; it needs a host of its own for its limit to be kept.
 */
export function watchSteps(host: LocalHost, limitSeconds: ReadonlyMap<string, number>): StepWatch {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    if (limitSeconds.size === 0) return;
    let [activations, since] = [-1, 0];
    timer = setInterval(() => {
      const now = performance.now();
      if (host.activations !== activations) [activations, since] = [host.activations, now];
      const { name } = host.plan.federates[host.queue.due.first()].shape;
      const limit = limitSeconds.get(name) ?? Infinity;
      if (now - since <= limit * 1000) return;
      const stamp = host.queue.stamp();
      const message = `${name} has been in one step at ${stamp} for more than ${limit} s.`;
      reject(new CosimError("COSIM_STEP_TIMEOUT", message, { party: name, stamp }));
    }, LOOK_MS).unref();
  });
  expired.catch(() => undefined);
  return {
    expired,
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** The limits that a case gives its federates, by name. */
export function stepLimits(
  federates: Readonly<Record<string, { readonly stepTimeout?: number }>>,
): Map<string, number> {
  const limits = new Map<string, number>();
  for (const [name, { stepTimeout }] of Object.entries(federates)) {
    if (stepTimeout !== undefined) limits.set(name, stepTimeout);
  }
  return limits;
}
