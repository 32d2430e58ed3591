import type { NetworkState } from "../coordination.js";
import type { DispatchProblem, PublicProblem, RootTariff } from "../problem.js";
import type { QuadraticProgram } from "../program.js";
import type { CentralDispatch } from "./central-dispatch.js";

/** What a node pays for its dispatch, in the case's currency; negative when it earns. */
export interface Bill {
  readonly node: number;
  readonly name: string;
  /** Of its own devices. */
  readonly deviceCost: number;
  /** To its neighbours and, at the root, to the grid. */
  readonly networkPayment: number;
  readonly total: number;
}

/** Bills of a dispatch at its prices; together they are its objective. */
export function billsAtDualPrices(problem: DispatchProblem, dispatch: CentralDispatch): Bill[] {
  const payments = networkPayments(problem, dispatch.state, dispatch.voltageLimitPrice);
  return problem.agents.map(({ node, name, program }) => {
    const deviceCost = costAt(program, dispatch.agents[node]) * problem.costScale;
    const networkPayment = payments[node];
    return { node, name, deviceCost, networkPayment, total: deviceCost + networkPayment };
  });
}

/** Value of a program's objective at a point. */
export function costAt({ curvature, linear, constant }: QuadraticProgram, x: Float64Array): number {
  return x.reduce((sum, value, i) => sum + ((curvature[i] * value) / 2 + linear[i]) * value, constant);
}

/**
 * What every node pays for the network: both ends of a line trade its flows and the voltage that they share at the prices at
 * which they agree, so these payments cancel in the sum; a regulariser counts each node's copies, and the root pays the
 * tariff. The limits of a line and of a voltage belong to the node that the line feeds.
 *
 * At the line from u to v, with reg the regulariser and ν(v) the price of v's voltage limits:
 * m(v) = −reg·V(v) − ν(v) + Σ λV(lines to v's children), λV = m(v) − reg·V(u), λP = price(u) + reg·P, λQ alike.
 * @param voltageLimitPrice ν by node and step, as `CentralDispatch` has it; none when no limit binds.
 */
export function networkPayments(
  problem: PublicProblem,
  state: NetworkState,
  voltageLimitPrice: Float64Array = new Float64Array(state.voltage.length),
): Float64Array {
  const { network, steps, regulariser, costScale } = problem;
  const { activeFlow, reactiveFlow, voltage, activePrice, reactivePrice } = state;
  const payments = new Float64Array(network.parent.length);
  const voltagePrice = new Float64Array(voltage.length);
  for (let k = network.order.length - 1; k >= 0; k--) {
    const node = network.order[k];
    const above = network.parent[node];
    for (let step = 0; step < steps; step++) {
      const here = node * steps + step;
      const copies = regulariser * voltage[here];
      payments[node] += (copies * voltage[here]) / 2;
      if (above < 0) continue;
      const there = above * steps + step;
      const [p, q, v] = [activeFlow[here], reactiveFlow[here], voltage[there]];
      const paid = voltagePrice[here] - copies - voltageLimitPrice[here] - regulariser * v;
      voltagePrice[there] += paid;
      const trade =
        (activePrice[there] + regulariser * p) * p + (reactivePrice[there] + regulariser * q) * q + paid * v;
      const squares = (regulariser * (p * p + q * q)) / 2;
      payments[node] += trade + squares + (regulariser * v * v) / 2;
      payments[above] += squares - trade;
    }
  }
  for (let step = 0; step < steps; step++) payments[0] += exchangeCost(problem, state, step);
  return payments.map(payment => payment * costScale);
}

/** What the exchange with the grid costs at a step, with its regulariser. */
function exchangeCost({ network, root, regulariser, steps }: PublicProblem, state: NetworkState, step: number): number {
  let active = -state.active[step];
  let reactive = -state.reactive[step];
  network.parent.forEach((above, node) => {
    if (above !== 0) return;
    active += state.activeFlow[node * steps + step];
    reactive += state.reactiveFlow[node * steps + step];
  });
  return tariffCost(root, step, { active, reactive }) + regulariser * (active * active + reactive * reactive);
}

/** Cheapest import and export that make up an exchange: reactive power beyond its share of the net takes both at once. */
function tariffCost(
  { buyPrice, sellPrice, reactiveShare }: RootTariff,
  step: number,
  { active, reactive }: { active: number; reactive: number },
): number {
  const throughput = Math.max(Math.abs(active), Math.abs(reactive) / reactiveShare);
  return (buyPrice[step] * (throughput + active) - sellPrice[step] * (throughput - active)) / 2;
}
