import { DispatchError } from "../dispatch-error.js";

/** What became of a worker's answer. */
export type Verdict = "verified" | "refused" | "silent";

/** How tasks are given out. */
export interface PoolRules {
  /** Workers that solve the same task. */
  readonly redundancy: number;
  /** Silences in a row after which a worker gets nothing more. */
  readonly patience: number;
}

/** Workers and what is known about them. Plain data: it can be saved, and whoever has the stream allocates alike. */
export interface WorkerPool extends PoolRules {
  readonly workers: readonly string[];
  /** Workers that get nothing more: one wrong answer is enough. */
  readonly excluded: readonly string[];
  /** Silences in a row by worker. */
  readonly silences: Readonly<Record<string, number>>;
}

export function createPool(workers: readonly string[], rules: Partial<PoolRules> = {}): WorkerPool {
  return { redundancy: 1, patience: 3, ...rules, workers, excluded: [], silences: {} };
}

export function trustedWorkers({ workers, excluded }: WorkerPool): string[] {
  return workers.filter(worker => !excluded.includes(worker));
}

/**
 * Workers for each task: at random, evenly, and different ones for the same task; fewer than asked for where fewer are left.
 * @param uniform the pool's own stream, so that everybody who has it can recompute who was to solve what
 * @throws DispatchError `UNVERIFIED_SOLUTION` when no worker is left
 */
export function allocateWorkers(pool: WorkerPool, tasks: number, uniform: () => number): string[][] {
  const trusted = trustedWorkers(pool);
  if (trusted.length === 0) {
    const excluded = pool.excluded.join(", ");
    const message = `no worker is left: ${excluded || "there was none"}${excluded && " answered wrongly or not at all"}; add workers or solve at home`;
    throw new DispatchError("UNVERIFIED_SOLUTION", message);
  }
  const each = Math.min(pool.redundancy, trusted.length);
  const order = shuffled(trusted, uniform);
  return Array.from({ length: tasks }, (_, task) =>
    Array.from({ length: each }, (_, k) => order[(task * each + k) % order.length]),
  );
}

/** The pool after a worker's answer was looked at. */
export function recordVerdict(pool: WorkerPool, worker: string, verdict: Verdict): WorkerPool {
  const silences = { ...pool.silences, [worker]: verdict === "silent" ? (pool.silences[worker] ?? 0) + 1 : 0 };
  const isOut = verdict === "refused" || silences[worker] >= pool.patience;
  const excluded = isOut && !pool.excluded.includes(worker) ? [...pool.excluded, worker] : pool.excluded;
  return { ...pool, silences, excluded };
}

/** Fisher and Yates. */
function shuffled(names: readonly string[], uniform: () => number): string[] {
  const order = [...names];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
