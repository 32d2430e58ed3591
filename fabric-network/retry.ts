import { setTimeout as sleep } from "node:timers/promises";
import { NetworkError } from "./errors.js";

/** How long to go on trying, and how long to rest between two tries. */
export interface Patience {
  /** What is waited for, as in "the channel". */
  readonly what: string;
  readonly forSeconds: number;
  readonly restMs: number;
}

/** Tries until it works: nodes that have just started answer before they can do anything. */
export async function retry<T>({ what, forSeconds, restMs }: Patience, attempt: () => Promise<T>): Promise<T> {
  const end = performance.now() + forSeconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new NetworkError(`${what} was not ready within ${forSeconds} s: ${reason}`);
      }
    }
    await sleep(restMs);
  }
}
