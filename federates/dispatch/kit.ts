import type { AgentModel, DispatchMethod, LocalSolver, PublicProblem } from "../../methods/index.js";
import type { DenseSolution } from "../../methods/dispatch/kernel/index.js";
import type { Grouping } from "../../methods/dispatch/price-bundle/index.js";
import type { NodeDevices } from "./device-table.js";
import type { OutsourcedSolver } from "./outsourced-solver.js";
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

/** What a method is begun with: where it starts from, and which offers an agent's are summed with. */
export interface MethodStart {
  readonly legacy?: Legacy;
  readonly grouping?: Grouping;
}

/** Groupings of the price bundle's offers. */
export const GROUPING_NAMES = ["agent", "hour1", "hour", "sum"] as const satisfies readonly Grouping[];

/** Masks behind which an agent's programs may leave the house. */
export const MASK_NAMES = ["none", "rmme", "orthogonal", "repaired"] as const;

/** How an agent hides its programs. */
export interface Hiding {
  readonly mask: (typeof MASK_NAMES)[number];
  /** Next number of the agent's own stream. */
  readonly uniform: () => number;
}

/** What the federates take from the methods: problems out of a case's data, how they are coordinated, who solves. */
export interface DispatchKit {
  publicProblem(source: ProblemSource, horizon: Horizon): PublicProblem;
  agentModel(source: AgentSource, horizon: Horizon): AgentModel;
  /** Loads what a method needs before it can be taken; nothing to wait for where it is there. */
  ready(name: string): Promise<void> | undefined;
  /** The method of this name; `auto` chooses by the problem's structure. A legacy is what it starts from. */
  method(name: string, problem: PublicProblem, start?: MethodStart): ChosenMethod;
  /** Solves an agent's programs at home, behind its mask where it has one. */
  solver(hiding?: Hiding): LocalSolver;
  /** Has an agent's masked programs solved by others, who have solved so many in this horizon. */
  outsourced(hiding: Hiding, solutions: readonly DenseSolution[]): OutsourcedSolver;
  /** What an agent would pay if it stood alone, in the problem's currency; undefined where it cannot serve itself or no optimum is found. */
  costAlone(
    source: ProblemSource,
    horizon: Horizon,
  ): (agent: Pick<NodeDevices, "node" | "devices">) => number | undefined;
}
