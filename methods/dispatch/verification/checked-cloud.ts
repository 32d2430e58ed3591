import type { DenseProgram, DenseSolution } from "../kernel/index.js";
import { checkSolution } from "./check-solution.js";
import { allocateWorkers, recordVerdict, type Verdict, type WorkerPool } from "./worker-pool.js";

/** Somebody who solves masked programs, or does not answer. */
export type CloudWorker = (program: DenseProgram) => DenseSolution | undefined;

/** How a cloud of workers is used. */
export interface CheckedCloudOptions {
  readonly tolerance: number;
  /** Stream that allocates. */
  readonly uniform: () => number;
  /** Hears what became of each answer. */
  readonly onVerdict?: (worker: string, verdict: Verdict) => void;
}

/** A cloud of workers that nobody has to trust: answers are checked, wrong ones cost the worker its place, and others are asked. */
export class CheckedCloud {
  constructor(
    private readonly workers: ReadonlyMap<string, CloudWorker>,
    private current: WorkerPool,
    private readonly options: CheckedCloudOptions,
  ) {}

  get pool(): WorkerPool {
    return this.current;
  }

  /**
   * A checked solution; of several, the one with the smallest objective.
   * @throws DispatchError `UNVERIFIED_SOLUTION` when no worker is left
   */
  readonly solve = (program: DenseProgram): DenseSolution => {
    for (;;) {
      const [asked] = allocateWorkers(this.current, 1, this.options.uniform);
      const answers = asked.flatMap(worker => this.ask(worker, program) ?? []);
      if (answers.length > 0) return answers.reduce((best, next) => (next.objective < best.objective ? next : best));
    }
  };

  private ask(worker: string, program: DenseProgram): DenseSolution | undefined {
    const solution = this.workers.get(worker)?.(program);
    const verdict = verdictOn(program, solution, this.options.tolerance);
    this.current = recordVerdict(this.current, worker, verdict);
    this.options.onVerdict?.(worker, verdict);
    return verdict === "verified" ? solution : undefined;
  }
}

function verdictOn(program: DenseProgram, solution: DenseSolution | undefined, tolerance: number): Verdict {
  if (solution === undefined) return "silent";
  return checkSolution({ program, solution }, tolerance).length === 0 ? "verified" : "refused";
}
