import type { NetworkSweep } from "../certificate/index.js";

/**
 * Limits of the network as springs with memory (augmented Lagrangian): what is pressed beyond its limit pushes back with
 * stiffness · excess + multiplier, and the multiplier follows the force. The tariff's kink between import and export
 * becomes such a spring as well, once the exchange has changed its sign. What is not pressed has no force.
 * Source: Rockafellar, Augmented Lagrangians and applications of the proximal point algorithm, Math. Oper. Res. 1, 1976.
 */
export class SoftLimits {
  private readonly line: Float64Array;
  private readonly voltage: Float64Array;
  private readonly rootMultiplier: Float64Array;
  private readonly isKinked: Uint8Array;
  private readonly sign: Int8Array;
  /** How far limits are drawn in, so that the answers come to lie within them: by line, in power, and by voltage. */
  private lineMargin = 0;
  private voltageMargin = 0;

  constructor(private readonly sweep: NetworkSweep) {
    this.line = new Float64Array(sweep.activeFlow.length);
    this.voltage = new Float64Array(sweep.activeFlow.length);
    this.rootMultiplier = new Float64Array(sweep.problem.steps);
    this.isKinked = new Uint8Array(sweep.problem.steps);
    this.sign = new Int8Array(sweep.problem.steps);
  }

  /** True when a limit has pushed so far. */
  get arePressed(): boolean {
    return this.line.some(force => force !== 0) || this.voltage.some(force => force !== 0) || this.isKinked.includes(1);
  }

  /** Draws the limits in by what costs at most `budget` at the present multipliers. */
  drawIn(budget: number): void {
    this.lineMargin = marginOf(this.line, budget);
    this.voltageMargin = marginOf(this.voltage, budget);
  }

  /** Puts forces and the root's prices for the swept flows into the sweep; `stiffness` is per unit of power. */
  press(stiffness: number): void {
    this.pressLines(stiffness);
    this.pressVoltages(stiffness);
    this.pressRoot(stiffness);
  }

  /** Remembers the forces. */
  settle(): void {
    this.line.set(this.sweep.forces.line);
    this.voltage.set(this.sweep.forces.voltage);
    const first = this.sweep.rootNode * this.rootMultiplier.length;
    for (let t = 0; t < this.rootMultiplier.length; t++) this.rootMultiplier[t] = this.sweep.activePrice[first + t];
  }

  private pressLines(stiffness: number): void {
    const { activeLimit } = this.sweep.problem.network;
    const { line } = this.sweep.forces;
    const { steps } = this.sweep.problem;
    for (let v = 0; v < activeLimit.length; v++) {
      const limit = activeLimit[v] - this.lineMargin;
      if (limit === Infinity || v === this.sweep.rootNode) continue;
      for (let i = v * steps; i < (v + 1) * steps; i++) {
        line[i] = springForce(this.sweep.activeFlow[i], [-limit, limit], [this.line[i], stiffness]);
      }
    }
  }

  private pressVoltages(stiffness: number): void {
    const { network, steps } = this.sweep.problem;
    const { voltage } = this.sweep.forces;
    for (let v = 0; v < network.parent.length; v++) {
      if (v === this.sweep.rootNode) continue;
      const span = [
        network.voltageLower[v] + this.voltageMargin,
        network.voltageUpper[v] - this.voltageMargin,
      ] as const;
      const spring = stiffness / this.dropSquare(v);
      for (let i = v * steps; i < (v + 1) * steps; i++) {
        voltage[i] = springForce(this.sweep.voltage[i], span, [this.voltage[i], spring]);
      }
    }
  }

  /** Square of the voltage drop per unit of power between a node and the root. */
  private dropSquare(node: number): number {
    const { parent, activeDrop } = this.sweep.problem.network;
    let drop = 0;
    for (let v = node; parent[v] >= 0; v = parent[v]) drop += activeDrop[v];
    return Math.max(drop * drop, Number.MIN_VALUE);
  }

  private pressRoot(stiffness: number): void {
    const { rootNode, root, activeFlow, reactiveFlow, activePrice, reactivePrice, problem } = this.sweep;
    const slope = 2 * problem.regulariser;
    for (let t = 0; t < problem.steps; t++) {
      const i = rootNode * problem.steps + t;
      const flow = activeFlow[i];
      this.watchSign(t, flow);
      reactivePrice[i] = slope * reactiveFlow[i];
      if (this.isKinked[t] === 0) {
        activePrice[i] = (flow >= 0 ? problem.root.buyPrice[t] : problem.root.sellPrice[t]) + slope * flow;
      } else {
        const pull = flow + this.rootMultiplier[t] / stiffness;
        activePrice[i] = stiffness * (pull - root.nearest(t, pull, stiffness));
      }
    }
  }

  private watchSign(t: number, flow: number): void {
    const { importLimit, exportLimit } = this.sweep.problem.root;
    const sign = flow >= 0 ? 1 : -1;
    const isBeyond = flow > importLimit || flow < -exportLimit;
    if (isBeyond || (this.sign[t] !== 0 && this.sign[t] !== sign)) this.isKinked[t] = 1;
    this.sign[t] = sign;
  }
}

/** Force of a spring [multiplier, stiffness] on a value outside its span; 0 within. */
function springForce(
  value: number,
  [lower, upper]: readonly [number, number],
  [multiplier, stiffness]: readonly [number, number],
): number {
  const target = value + multiplier / stiffness;
  if (target > upper) return stiffness * (target - upper);
  return target < lower ? stiffness * (target - lower) : 0;
}

function marginOf(forces: Float64Array, budget: number): number {
  let total = 0;
  for (const force of forces) total += Math.abs(force);
  return total > 0 ? budget / total : 0;
}
