import type { DispatchMethod, DispatchOutcome, Payload, StopRule } from "./coordination.js";
import type { DispatchProblem } from "./problem.js";
import type { LocalSolver } from "./program.js";

/** A finished dispatch: how the coordination ended, and the set-points (x of its program) of every agent, by node. */
export interface DispatchRun {
  readonly outcome: DispatchOutcome;
  readonly dispatches: readonly Float64Array[];
}

/** Gap 1e-6 within 500 rounds. */
export const DEFAULT_RULE: StopRule = { stop: "gap", gap: 1e-6, maxRounds: 500 };

/** How a problem is solved in one process. */
export interface DispatchPlan {
  readonly method: DispatchMethod;
  readonly solver: LocalSolver;
  readonly rule?: StopRule;
}

/** Coordinates a problem's agents in one process: every order is answered at once, in the nodes' order. */
export function runDispatch(
  problem: DispatchProblem,
  { method, solver, rule = DEFAULT_RULE }: DispatchPlan,
): DispatchRun {
  const { agents, ...known } = problem;
  const responders = agents.map(agent => method.respond(agent, known, solver));
  const coordination = method.coordinate(known, rule);
  let turn = coordination.next([]);
  while (!turn.done) {
    const { orders } = turn.value;
    const answers = responders.map((responder, node): Payload | undefined => {
      const order = orders[node];
      return order && responder.answer(order);
    });
    turn = coordination.next(answers);
  }
  return { outcome: turn.value, dispatches: responders.map(responder => responder.dispatch()) };
}
