import { certify, NetworkSweep, UNKNOWN } from "../certificate/index.js";
import type { NetworkState, Payload } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import type { Consensus } from "./consensus.js";
import { sumOf, type Answers } from "./line-consensus.js";

/**
 * Bounds on the optimum beside the consensus. Upper: the agents' own set-points, with flows and voltages swept from their
 * injections. Lower: the dual function at prices swept from the same flows. The upper bound is that of the last set-points,
 * which is what would be carried out; the lower bound is the best so far.
 */
export class ConsensusBounds {
  certificate = UNKNOWN;
  private readonly sweep: NetworkSweep;

  constructor(private readonly problem: PublicProblem) {
    this.sweep = new NetworkSweep(problem);
    this.sweep.flow();
  }

  get state(): NetworkState {
    return this.sweep;
  }

  /** Adds the price at which each node is to tell the least cost of its devices. */
  ask(orders: readonly Payload[], consensus: Consensus): Payload[] {
    this.priceRoot(consensus);
    this.sweep.price();
    const { steps } = this.problem;
    return orders.map((order, node) => ({
      ...order,
      activePrice: this.sweep.activePrice.slice(node * steps, (node + 1) * steps),
      reactivePrice: this.sweep.reactivePrice.slice(node * steps, (node + 1) * steps),
    }));
  }

  /** Takes least costs, costs and injections of all nodes; without one of them the bounds stay as they are. */
  take(answers: Answers): void {
    if (answers.some(answer => answer === undefined)) return;
    const scale = this.problem.costScale;
    const bound = scale * (sumOf(answers, "leastCost") + this.sweep.bound());
    answers.forEach((answer, node) => {
      if (answer === undefined) return;
      this.sweep.active.set(answer.active as Float64Array, node * this.problem.steps);
      this.sweep.reactive.set(answer.reactive as Float64Array, node * this.problem.steps);
    });
    this.sweep.flow();
    const upperBound = scale * (sumOf(answers, "ownCost") + this.sweep.cost());
    this.certificate = certify(Math.max(bound, this.certificate.lowerBound), upperBound);
  }

  /** With a regulariser the price is what the swept exchange costs at the margin; without, the mean price that the lines agree on. */
  private priceRoot(consensus: Consensus): void {
    const { root, regulariser, steps } = this.problem;
    const { rootNode, activeFlow, reactiveFlow, activePrice, reactivePrice } = this.sweep;
    const first = rootNode * steps;
    for (let t = 0; t < steps; t += 1) {
      const flow = activeFlow[first + t];
      const mean = meanPrice(consensus, this.problem, t);
      const tariff = regulariser === 0 || flow === 0 ? mean : flow > 0 ? root.buyPrice[t] : root.sellPrice[t];
      const within = Math.min(Math.max(tariff, root.sellPrice[t]), root.buyPrice[t]);
      activePrice[first + t] = within + 2 * regulariser * flow;
      reactivePrice[first + t] = 2 * regulariser * reactiveFlow[first + t];
    }
  }
}

function meanPrice({ multiplier }: Consensus, { network, steps }: PublicProblem, t: number): number {
  let sum = 0;
  for (let line = 0; line < network.parent.length; line += 1) sum += multiplier[3 * line * steps + t];
  return sum / Math.max(1, network.parent.length - 1);
}
