import type { AgentModel, DispatchMethod, LocalSolver, PublicProblem } from "../../methods/index.js";
import type { AgentSource, ProblemSource } from "./sources.js";

/** Which part of the series a horizon is. */
export interface Horizon {
  /** Day of the series, from 0; series that are shorter begin again. */
  readonly day: number;
  readonly steps: number;
}

/** What the federates take from the methods: problems out of a case's data, how they are coordinated, who solves. */
export interface DispatchKit {
  publicProblem(source: ProblemSource, horizon: Horizon): PublicProblem;
  agentModel(source: AgentSource, horizon: Horizon): AgentModel;
  /** The method of this name; `auto` chooses by the problem's structure. */
  method(name: string, problem: PublicProblem): DispatchMethod;
  solver(): LocalSolver;
}
