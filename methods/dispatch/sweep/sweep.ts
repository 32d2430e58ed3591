import type { Coordination, DispatchMethod, StopRule } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import type { PublicProblem } from "../problem.js";
import { negotiateStages } from "./stages.js";
import { SweepOperator } from "./sweep-operator.js";
import { SweepResponder } from "./sweep-responder.js";

/**
 * For networks whose flows cost something (regulariser > 0): the operator sweeps injections into flows and flows into prices,
 * and every agent answers its price close to its last injection. Where limits bind, a price bundle finds their prices.
 */
export const sweep: DispatchMethod = {
  name: "sweep",
  coordinate,
  respond: (model, _problem, solver) => new SweepResponder(model, solver),
};

function* coordinate(problem: PublicProblem, rule: StopRule): Coordination {
  refuseLimitedReactive(problem);
  const operator = new SweepOperator(problem, rule);
  while (operator.stop === undefined && !operator.isPressed) {
    const { certificate, penalty } = operator;
    operator.take(yield { index: operator.rounds, orders: operator.orders(), certificate, progress: { penalty } });
  }
  yield* negotiateStages(operator);
  const { certificate, history, rounds, stop } = operator;
  yield { index: rounds, orders: operator.lastOrders(), certificate, progress: { penalty: operator.penalty } };
  return {
    ...certificate,
    objective: certificate.upperBound,
    rounds,
    stop: stop ?? "stalled",
    state: operator.state(),
    history,
  };
}

function refuseLimitedReactive({ name, root, regulariser }: PublicProblem): void {
  if (regulariser > 0 && root.reactiveShare === Infinity) return;
  const what =
    regulariser > 0 ? `reactive power at the root is limited to ${root.reactiveShare} of active` : "flows cost nothing";
  throw new DispatchError(
    "INVALID_NETWORK",
    `The method sweep does not fit ${name}: ${what}. Use ${regulariser > 0 ? "edge-admm" : "price-bundle"}.`,
  );
}
