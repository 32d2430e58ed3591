import type { DenseProgram, DenseSolution } from "../../methods/dispatch/kernel/index.js";
import {
  allocateWorkers,
  checkSolution,
  createPool,
  describeMiss,
  recordVerdict,
  type Verdict,
  type WorkerPool,
} from "../../methods/dispatch/verification/index.js";
import type { Context } from "../../runtime/index.js";
import type { SolutionMessage, TaskMessage } from "./worker-messages.js";

/** Workers that a federate of agents has hired, and what they are at. Plain data. */
export interface HiredWorkers {
  pool: WorkerPool;
  /** Largest miss of an optimality condition with which a solution is taken. */
  readonly tolerance: number;
  /** Tasks so far, which number them. */
  given: number;
  tasks: readonly Task[];
}

/** A masked program on its way. */
export interface Task {
  readonly task: number;
  readonly node: number;
  readonly program: DenseProgram;
  /** Workers who were asked last. */
  asked: readonly string[];
  /** What they said, by worker. */
  said: Record<string, SolutionMessage>;
}

/** A task for a worker. */
export interface SentTask {
  readonly output: "tasks";
  readonly to: string;
  readonly payload: TaskMessage;
}

/** A checked solution to the masked program of a node. */
export interface TakenSolution {
  readonly node: number;
  readonly solution: DenseSolution;
}

/** How agents hire. */
export interface Hiring {
  readonly workers: readonly string[];
  /** Workers that solve the same program. */
  readonly redundancy: number;
  readonly tolerance: number;
}

export function hire({ workers, redundancy, tolerance }: Hiring): HiredWorkers {
  return { pool: createPool(workers, { redundancy }), tolerance, given: 0, tasks: [] };
}

/**
 * Gives masked programs out, each to as many workers as the pool's redundancy says.
 * @throws DispatchError `UNVERIFIED_SOLUTION` when no worker is left
 */
export function giveOut(
  hired: HiredWorkers,
  programs: readonly { readonly node: number; readonly program: DenseProgram }[],
  context: Context,
): SentTask[] {
  const tasks = programs.map(({ node, program }) => ({ task: hired.given++, node, program, asked: [], said: {} }));
  hired.tasks = [...hired.tasks, ...tasks];
  return ask(hired, tasks, context);
}

/** Takes what a worker says about a task that it was asked to solve. */
export function takeWord({ tasks }: HiredWorkers, said: SolutionMessage): void {
  const task = tasks.find(open => open.task === said.task);
  if (task?.asked.includes(said.worker)) task.said[said.worker] ??= said;
}

/** Closes tasks whose workers have all spoken: a checked solution is taken, a program without one goes to others. */
export function closeTasks(
  hired: HiredWorkers,
  context: Context,
): { readonly taken: TakenSolution[]; readonly sent: SentTask[] } {
  const taken: TakenSolution[] = [];
  const failed: Task[] = [];
  const isHeard = ({ asked, said }: Task) => asked.every(worker => said[worker] !== undefined);
  for (const task of hired.tasks.filter(isHeard)) {
    const solutions = task.asked.flatMap(worker => judged(hired, task, { worker, context }) ?? []);
    if (solutions.length === 0) failed.push(task);
    else {
      const solution = solutions.reduce((best, next) => (next.objective < best.objective ? next : best));
      taken.push({ node: task.node, solution });
    }
  }
  hired.tasks = hired.tasks.filter(task => !isHeard(task) || failed.includes(task));
  return { taken, sent: failed.length === 0 ? [] : ask(hired, failed, context) };
}

function ask({ pool }: HiredWorkers, tasks: readonly Task[], context: Context): SentTask[] {
  const stream = context.stream("workers");
  const allocation = allocateWorkers(pool, tasks.length, () => stream.next());
  return tasks.flatMap((open, k) => {
    open.asked = allocation[k];
    open.said = {};
    const { task, program } = open;
    const payload: TaskMessage = { dispatch: "task", customer: context.name, task, program };
    return allocation[k].map(worker => ({ output: "tasks", to: `${worker}.tasks`, payload }) as const);
  });
}

interface Judging {
  readonly worker: string;
  readonly context: Context;
}

/** A worker's solution if it passes; the pool remembers the verdict, and the log names who is out. */
function judged(hired: HiredWorkers, { program, said }: Task, { worker, context }: Judging): DenseSolution | undefined {
  const { solution, reason = "it does not say why" } = said[worker];
  const misses = solution === undefined ? [] : checkSolution({ program, solution }, hired.tolerance);
  const verdict: Verdict = solution === undefined ? "silent" : misses.length > 0 ? "refused" : "verified";
  const before = hired.pool.excluded.length;
  hired.pool = recordVerdict(hired.pool, worker, verdict);
  if (hired.pool.excluded.length > before) {
    const why =
      verdict === "silent"
        ? `again it finds no solution (${reason})`
        : `${describeMiss(misses[0])}, allowed is ${hired.tolerance}`;
    context.log("warn", `${worker} gets no more programs: ${why}.`);
  }
  return verdict === "verified" ? solution : undefined;
}
