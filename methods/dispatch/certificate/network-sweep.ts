import type { NetworkState } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import { isWithin, leastOf, RootExchange } from "./root-exchange.js";

/** Forces with which limits push: derivatives of the limits' terms by line flow and by voltage, by node and step. */
export interface LimitForces {
  readonly line: Float64Array;
  readonly voltage: Float64Array;
}

/**
 * The radial network as two sweeps. Up: injections become flows, then voltages follow on the way down. Down: the price at
 * the root becomes the price at each node. With line v from parent u, flow P, voltage V, drops d and e, and k children:
 *
 *   P_v = Σ P_child − injection_v,  V_v = V_u − d P_v − e Q_v                                 (LinDistFlow, no losses)
 *   w_v = Σ w_child − regulariser·(1 + k)·V_v − voltageForce_v
 *   price_v = price_u + 2·regulariser·P_v + d_v w_v + lineForce_v                             (stationarity of the flows)
 *
 * The price is the marginal cost of demand at the node. All arrays are by node and then by step and belong to the sweep.
 * Source of the network: Baran and Wu, Network reconfiguration in distribution systems, IEEE Trans. Power Delivery 4(2), 1989.
 */
export class NetworkSweep implements NetworkState {
  readonly active: Float64Array;
  readonly reactive: Float64Array;
  readonly activeFlow: Float64Array;
  readonly reactiveFlow: Float64Array;
  readonly voltage: Float64Array;
  readonly activePrice: Float64Array;
  readonly reactivePrice: Float64Array;
  readonly forces: LimitForces;
  readonly root: RootExchange;
  readonly nodes: number;
  readonly rootNode: number;
  private readonly steps: number;
  private readonly weight: Float64Array;
  private readonly copies: Int32Array;

  constructor(readonly problem: PublicProblem) {
    const { parent, order } = problem.network;
    this.nodes = parent.length;
    this.rootNode = order[0];
    this.steps = problem.steps;
    this.root = new RootExchange(problem);
    const array = () => new Float64Array(this.nodes * this.steps);
    this.active = array();
    this.reactive = array();
    this.activeFlow = array();
    this.reactiveFlow = array();
    this.voltage = array();
    this.activePrice = array();
    this.reactivePrice = array();
    this.forces = { line: array(), voltage: array() };
    this.weight = array();
    this.copies = new Int32Array(this.nodes).fill(1);
    for (const above of parent) if (above >= 0) this.copies[above]++;
  }

  /** Flows and voltages of the injections that stand in `active` and `reactive`. The root's flow is what the grid delivers. */
  flow(): void {
    const { parent, order } = this.problem.network;
    const { steps, activeFlow, reactiveFlow } = this;
    for (let i = 0; i < activeFlow.length; i++) {
      activeFlow[i] = -this.active[i];
      reactiveFlow[i] = -this.reactive[i];
    }
    for (let place = order.length - 1; place > 0; place--) {
      const node = order[place] * steps;
      const above = parent[order[place]] * steps;
      for (let t = 0; t < steps; t++) {
        activeFlow[above + t] += activeFlow[node + t];
        reactiveFlow[above + t] += reactiveFlow[node + t];
      }
    }
    this.dropVoltage();
  }

  private dropVoltage(): void {
    const { parent, order, activeDrop, reactiveDrop, rootVoltage } = this.problem.network;
    const { steps, voltage } = this;
    voltage.fill(rootVoltage, this.rootNode * steps, (this.rootNode + 1) * steps);
    for (let place = 1; place < order.length; place++) {
      const v = order[place];
      const node = v * steps;
      const above = parent[v] * steps;
      for (let t = 0; t < steps; t++) {
        const drop = activeDrop[v] * this.activeFlow[node + t] + reactiveDrop[v] * this.reactiveFlow[node + t];
        voltage[node + t] = voltage[above + t] - drop;
      }
    }
  }

  /** Prices at all nodes from those at the root, which stand in its places, the swept flows and the limits' forces. */
  price(): void {
    this.weigh();
    const { parent, order, activeDrop, reactiveDrop } = this.problem.network;
    const { steps, activePrice, reactivePrice } = this;
    const slope = 2 * this.problem.regulariser;
    for (let place = 1; place < order.length; place++) {
      const v = order[place];
      const above = parent[v] * steps;
      for (let i = v * steps, t = 0; t < steps; i++, t++) {
        const weight = this.weight[i];
        activePrice[i] =
          activePrice[above + t] + slope * this.activeFlow[i] + activeDrop[v] * weight + this.forces.line[i];
        reactivePrice[i] = reactivePrice[above + t] + slope * this.reactiveFlow[i] + reactiveDrop[v] * weight;
      }
    }
  }

  /** Multipliers w of the voltage equations, from the leaves up; the root's place holds the sum of its children's. */
  private weigh(): void {
    const { parent, order } = this.problem.network;
    const { steps, weight } = this;
    const { regulariser } = this.problem;
    weight.fill(0);
    for (let place = order.length - 1; place > 0; place--) {
      const v = order[place];
      const above = parent[v] * steps;
      for (let i = v * steps, t = 0; t < steps; i++, t++) {
        weight[i] -= regulariser * this.copies[v] * this.voltage[i] + this.forces.voltage[i];
        weight[above + t] += weight[i];
      }
    }
  }

  /** What the swept flows cost, root and regulariser; infinite when a limit of a line, a voltage or the root is broken. */
  cost(): number {
    const { network, regulariser } = this.problem;
    const { activeLimit, voltageLower, voltageUpper } = network;
    let total = this.rootCost();
    for (let v = 0; v < this.nodes; v++) {
      if (v === this.rootNode) continue;
      let squares = 0;
      for (let i = v * this.steps; i < (v + 1) * this.steps; i++) {
        const active = this.activeFlow[i];
        const reactive = this.reactiveFlow[i];
        const voltage = this.voltage[i];
        if (!isWithin(Math.abs(active), activeLimit[v])) return Infinity;
        if (!isWithin(voltage, voltageUpper[v]) || !isWithin(-voltage, -voltageLower[v])) return Infinity;
        squares += active * active + reactive * reactive + 0.5 * this.copies[v] * voltage * voltage;
      }
      total += regulariser * squares;
    }
    return total;
  }

  private rootCost(): number {
    const first = this.rootNode * this.steps;
    let total = 0;
    for (let t = 0; t < this.steps; t++) {
      total += this.root.cost(t, this.activeFlow[first + t], this.reactiveFlow[first + t]);
    }
    return total + this.rootRegulariser();
  }

  /** The regulariser's term of the root's fixed voltage. */
  private rootRegulariser(): number {
    const { rootVoltage } = this.problem.network;
    const copies = this.copies[this.rootNode] * this.steps;
    return 0.5 * this.problem.regulariser * copies * rootVoltage * rootVoltage;
  }

  /**
   * The network's share of the Lagrangian bound at the prices that `price` made: least cost of flows, voltages and exchange when
   * demand is paid the nodes' prices. Together with every agent's least cost at its node's price it bounds the optimum
   * from below, whatever the prices at the root and the forces are.
   */
  bound(): number {
    const { network, regulariser } = this.problem;
    const { activeLimit, voltageLower, voltageUpper } = network;
    let total = this.rootBound();
    for (let v = 0; v < this.nodes; v++) {
      if (v === this.rootNode) continue;
      const line: readonly [number, number] = [-activeLimit[v], activeLimit[v]];
      const span: readonly [number, number] = [voltageLower[v], voltageUpper[v]];
      const share = 0.5 * regulariser * this.copies[v];
      for (let i = v * this.steps; i < (v + 1) * this.steps; i++) {
        const pull = 2 * regulariser * this.activeFlow[i] + this.forces.line[i];
        total += leastOf(regulariser, -pull, line) - regulariser * this.reactiveFlow[i] * this.reactiveFlow[i];
        total += leastOf(share, -2 * share * this.voltage[i] - this.forces.voltage[i], span);
      }
    }
    return total;
  }

  private rootBound(): number {
    const first = this.rootNode * this.steps;
    let total = this.rootRegulariser();
    for (let t = 0; t < this.steps; t++) {
      total += this.root.bound(t, this.activePrice[first + t], this.reactivePrice[first + t]);
      total -= this.problem.network.rootVoltage * this.weight[first + t];
    }
    return total;
  }
}
