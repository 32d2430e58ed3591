import type { Coordination, DispatchMethod, DispatchRound, Payload, StopRule } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import { type Aggregator, plainAggregator } from "../privacy/index.js";
import type { PublicProblem } from "../problem.js";
import { BundleOperator, type BundleOptions } from "./bundle-operator.js";
import { BundleResponder } from "./bundle-responder.js";
import type { Grouping } from "./grouping.js";

/** How offers are grouped, who adds those that are only needed as sums, and when the network's limits are checked. */
export interface PriceBundleOptions {
  readonly grouping?: Grouping;
  readonly aggregator?: Aggregator;
  /** `each`: agents tell the injection of every round's mix; `end`: only of the dispatch that they carry out. */
  readonly check?: BundleOptions["check"];
}

/**
 * For networks whose flows cost nothing (regulariser 0): one price for each step, raised and lowered by a bundle of all offers
 * so far, and prices of the limits that bind; the dispatch is the cheapest mix of the offers.
 */
export function priceBundle(options: PriceBundleOptions = {}): DispatchMethod {
  const { grouping = "hour1", aggregator = plainAggregator, check = "each" } = options;
  return {
    name: "price-bundle",
    coordinate: (problem, rule) => coordinate(problem, rule, { aggregator, check }),
    respond: (model, _problem, solver) => new BundleResponder(model, solver, grouping, aggregator.seal),
  };
}

function* coordinate(problem: PublicProblem, rule: StopRule, options: BundleOptions): Coordination {
  if (problem.regulariser > 0) {
    throw new DispatchError(
      "INVALID_NETWORK",
      `Flows cost something in ${problem.name} (regulariser ${problem.regulariser}), which the price bundle does not see. Use the method sweep or edge-admm.`,
    );
  }
  const operator = new BundleOperator(problem, rule, options);
  yield* negotiate(operator);
  return operator.outcome();
}

/** Rounds of prices and offers, until the agents carry out a mix that keeps the network's limits. */
export function* negotiate(operator: BundleOperator): Generator<DispatchRound, void, readonly (Payload | undefined)[]> {
  for (;;) {
    while (operator.stop === undefined) {
      const { certificate, tau } = operator;
      operator.take(yield { index: operator.rounds, orders: operator.orders(), certificate, progress: { step: tau } });
    }
    const { certificate, tau } = operator;
    const answers = yield {
      index: operator.rounds,
      orders: operator.lastOrders(),
      certificate,
      progress: { step: tau },
    };
    if (operator.takeLast(answers)) return;
  }
}
