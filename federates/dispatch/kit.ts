import type { AgentModel, DispatchMethod, LocalSolver, PublicProblem } from "../../methods/index.js";
import type { AgentSource, ProblemSource } from "./sources.js";

/** Which part of the series a horizon is. */
export interface Horizon {
  /** Day of the series, from 0; series that are shorter begin again. */
  readonly day: number;
  readonly steps: number;
}

/** A method, and why it was taken where nobody named it. */
export interface ChosenMethod {
  readonly method: DispatchMethod;
  readonly reason?: string;
}

/** What one horizon leaves to the next, by name: plain data. */
export type Legacy = Readonly<Record<string, Float64Array>>;

/** What the federates take from the methods: problems out of a case's data, how they are coordinated, who solves. */
export interface DispatchKit {
  publicProblem(source: ProblemSource, horizon: Horizon): PublicProblem;
  agentModel(source: AgentSource, horizon: Horizon): AgentModel;
  /** Loads what a method needs before it can be taken; nothing to wait for where it is there. */
  ready(name: string): Promise<void> | undefined;
  /** The method of this name; `auto` chooses by the problem's structure. A legacy is what it starts from. */
  method(name: string, problem: PublicProblem, legacy?: Legacy): ChosenMethod;
  solver(): LocalSolver;
}
