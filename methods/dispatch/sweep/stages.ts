import { NetworkSweep } from "../certificate/index.js";
import type { DispatchRound, Payload, StopRule } from "../coordination.js";
import { BundleOperator, type BundlePrices, negotiate } from "../price-bundle/index.js";
import { plainAggregator } from "../privacy/index.js";
import { copy, priceFrom, type SweepOperator } from "./sweep-operator.js";

/** Share of the wanted gap that a stage's own negotiation may leave. */
const STAGE_GAP = 0.2;

type Rounds = Generator<DispatchRound, void, readonly (Payload | undefined)[]>;

/**
 * When limits bind, or the exchange at the root wavers between import and export, prices no longer follow smoothly from
 * flows. Then the method goes on in stages: what flows cost is taken as tolls at the last injections, with a penalty on leaving
 * them, and the agents agree by a price bundle on the tariff and the limits. Each stage ends with a dispatch that keeps
 * the network, and with bounds of the problem itself.
 */
export function* negotiateStages(operator: SweepOperator): Rounds {
  let start: BundlePrices | undefined;
  while (operator.stop === undefined) {
    const bundle = openBundle(operator, start);
    yield* agree(operator, bundle);
    yield* judge(operator, bundle);
    start = bundle.prices;
  }
}

function openBundle({ problem, rule, rounds }: SweepOperator, start: BundlePrices | undefined): BundleOperator {
  const left = Math.max(1, rule.maxRounds - rounds);
  const stageRule: StopRule = { stop: "gap", gap: STAGE_GAP * rule.gap, maxRounds: left };
  const options = { aggregator: plainAggregator, check: "each", start } as const;
  return new BundleOperator({ ...problem, regulariser: 0 }, stageRule, options);
}

/** Negotiates tariff and limits; the first orders of a stage carry its tolls. */
function* agree(operator: SweepOperator, bundle: BundleOperator): Rounds {
  const tolls = new NetworkSweep(operator.problem);
  copy(operator.found, tolls);
  tolls.flow();
  priceFrom(tolls, () => 0);
  const { certificate, penalty } = operator;
  const tollsOf = (node: number): Payload => ({
    activeToll: operator.of(node, tolls.activePrice),
    reactiveToll: operator.of(node, tolls.reactivePrice),
    activeCentre: operator.of(node, tolls.active),
    reactiveCentre: operator.of(node, tolls.reactive),
    penalty,
  });
  const rounds = negotiate(bundle);
  let turn = rounds.next();
  for (let isFirst = true; !turn.done; isFirst = false) {
    const { orders } = turn.value;
    const sent = isFirst ? orders.map((order, node) => ({ ...order, ...tollsOf(node), keep: operator.keep })) : orders;
    const answers = yield { index: operator.rounds, orders: sent, certificate, progress: { penalty } };
    operator.note();
    turn = rounds.next(answers);
  }
}

/** Bounds the problem itself: what the mix costs, and the agents' least cost at prices of tariff, limits and flows. */
function* judge(operator: SweepOperator, bundle: BundleOperator): Rounds {
  const { centre, certificate, penalty } = operator;
  copy(bundle.outcome().state, centre);
  centre.flow();
  bundle.putForces(centre.forces);
  const { price } = bundle.prices;
  priceFrom(centre, t => price[t]);
  const orders = Array.from({ length: centre.nodes }, (_, node) => ({
    judge: 1,
    activePrice: operator.of(node, centre.activePrice),
    reactivePrice: operator.of(node, centre.reactivePrice),
  }));
  operator.judge(yield { index: operator.rounds, orders, certificate, progress: { penalty } });
}
