import type { Coordination, DispatchMethod, StopRule } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import { SweepOperator } from "./sweep-operator.js";
import { SweepResponder } from "./sweep-responder.js";

/**
 * For networks whose flows cost something (regulariser > 0): the operator sweeps injections into flows and flows into prices,
 * and every agent answers its price close to its last injection.
 */
export const sweep: DispatchMethod = {
  name: "sweep",
  coordinate,
  respond: (model, _problem, solver) => new SweepResponder(model, solver),
};

function* coordinate(problem: PublicProblem, rule: StopRule): Coordination {
  const operator = new SweepOperator(problem, rule);
  while (operator.stop === undefined) {
    const { certificate, penalty } = operator;
    operator.take(yield { index: operator.rounds, orders: operator.orders(), certificate, progress: { penalty } });
  }
  const { certificate, history, rounds, stop } = operator;
  yield { index: rounds, orders: operator.lastOrders(), certificate, progress: { penalty: operator.penalty } };
  return { ...certificate, objective: certificate.upperBound, rounds, stop, state: operator.state(), history };
}
