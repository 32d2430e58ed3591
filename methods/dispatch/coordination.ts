import type { AgentModel, PublicProblem } from "./problem.js";
import type { LocalSolver } from "./program.js";

/** What travels between the operator and an agent: numbers and vectors by name. */
export type Payload = Readonly<Record<string, number | Float64Array>>;

/** Bounds on the optimum after a round, in the problem's currency. gap = (upper − lower) / max(1, |upper|). */
export interface Certificate {
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly gap: number;
}

/** A round that the operator asks for: one order per agent (undefined: this agent is not asked) and how far it got. */
export interface DispatchRound {
  readonly index: number;
  readonly orders: readonly (Payload | undefined)[];
  /** Bounds known when the orders went out; infinite before the first answers. */
  readonly certificate: Certificate;
  /** What a method tells besides: residuals, penalties, step lengths by name. */
  readonly progress: Readonly<Record<string, number>>;
}

/** Flows, voltages and prices of a dispatch, each by node and then by step (node·steps + t). */
export interface NetworkState {
  /** Injections of the agents, loads included. */
  readonly active: Float64Array;
  readonly reactive: Float64Array;
  readonly activeFlow: Float64Array;
  readonly reactiveFlow: Float64Array;
  readonly voltage: Float64Array;
  /** Price of active power at each node, per unit of power and step. */
  readonly activePrice: Float64Array;
  readonly reactivePrice: Float64Array;
}

export type StopReason = "gap" | "paper" | "round-limit" | "stalled";

/** How a coordination ended. The agents hold their own set-points; the operator knows what crosses the network. */
export interface DispatchOutcome extends Certificate {
  readonly objective: number;
  readonly rounds: number;
  readonly stop: StopReason;
  readonly state: NetworkState;
  readonly history: readonly (Certificate & { readonly progress: Readonly<Record<string, number>> })[];
}

/** When to stop: at a relative gap, by the method's published test, or after so many rounds. */
export interface StopRule {
  readonly stop: "gap" | "paper";
  readonly gap: number;
  readonly maxRounds: number;
}

/**
 * The operator's side of a method. It yields the orders of each round and takes the answers, by node; so a loop, a federate
 * or a test decides how messages travel. The last round's orders tell each agent which of its answers to carry out.
 */
export type Coordination = Generator<DispatchRound, DispatchOutcome, readonly (Payload | undefined)[]>;

/** An agent's side of a method: it keeps its own model and its own answers, and tells only what the method's answer holds. */
export interface Responder {
  answer(order: Payload): Payload;
  /** The set-points (x of its program) that the last order made it carry out. */
  dispatch(): Float64Array;
  /** State between two answers, for a federate's checkpoint. */
  save(): unknown;
  restore(state: unknown): void;
}

/** A coordination method: what the operator does and what each agent does; neither knows how messages travel. */
export interface DispatchMethod {
  readonly name: string;
  coordinate(problem: PublicProblem, rule: StopRule): Coordination;
  respond(model: AgentModel, problem: PublicProblem, solver: LocalSolver): Responder;
}
