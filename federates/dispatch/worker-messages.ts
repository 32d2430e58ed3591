import type { DenseProgram, DenseSolution } from "../../methods/dispatch/kernel/index.js";

/** A masked program for a worker. It says nothing of the node that it comes from. */
export interface TaskMessage {
  readonly dispatch: "task";
  /** Federate that waits for the solution. */
  readonly customer: string;
  readonly task: number;
  readonly program: DenseProgram;
}

/** What a worker says about a task. */
export interface SolutionMessage {
  readonly dispatch: "solution";
  readonly worker: string;
  readonly task: number;
  /** Left out by a worker that finds none. */
  readonly solution?: DenseSolution;
  /** Why it finds none. */
  readonly reason?: string;
}

/**
 * The task in a message.
 * @throws RangeError for what is no task.
 */
export function readTask(payload: unknown): TaskMessage {
  if ((payload as Partial<TaskMessage> | null)?.dispatch === "task") return payload as TaskMessage;
  throw new RangeError("A worker was sent what is no task. Link `tasks` of agents to it.");
}

/**
 * What a worker says in a message.
 * @throws RangeError for what is none.
 */
export function readSolution(payload: unknown): SolutionMessage {
  if ((payload as Partial<SolutionMessage> | null)?.dispatch === "solution") return payload as SolutionMessage;
  throw new RangeError("Agents were sent what is no solution. Link `solutions` of workers to them.");
}
