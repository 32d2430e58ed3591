import type { NetworkSweep } from "../certificate/index.js";
import type { RadialNetwork } from "../problem.js";

/**
 * A limit of the network at one step that has been broken, as a good that the agents supply and that has a price:
 * Σ active·injection + reactive·injection ≥ demand. Coefficients are by node and at most 1 for active power.
 */
export interface LimitRow {
  readonly kind: "line" | "voltage";
  readonly node: number;
  readonly step: number;
  /** +1 where more injection helps (flow at its upper, voltage at its lower limit), −1 where less does. */
  readonly sign: number;
  /** The sweep's force per unit of the row's price. */
  readonly force: number;
  readonly active: Float64Array;
  readonly reactive: Float64Array;
  readonly demand: number;
}

/** A limit's name in words, for errors. */
export function nameOf({ kind, node, step }: LimitRow): string {
  return kind === "line" ? `the line to node ${node} at step ${step}` : `the voltage of node ${node} at step ${step}`;
}

/** True when a line or a voltage below the root is limited. */
export function hasLimits({ parent, voltageLower, voltageUpper, activeLimit }: RadialNetwork): boolean {
  const isLimited = (limit: number, node: number) => parent[node] >= 0 && Number.isFinite(limit);
  return [voltageLower, voltageUpper, activeLimit].some(limits => limits.some(isLimited));
}

/** The worst broken limit of each step and kind, as rows. */
export function brokenLimits(sweep: NetworkSweep): LimitRow[] {
  const { network, steps } = sweep.problem;
  const rows: LimitRow[] = [];
  for (let t = 0; t < steps; t++) {
    const line = worst(sweep, v => Math.abs(sweep.activeFlow[v * steps + t]) - network.activeLimit[v]);
    if (line !== undefined) rows.push(lineRow(network, line, t, Math.sign(sweep.activeFlow[line * steps + t])));
    const low = worst(sweep, v => network.voltageLower[v] - sweep.voltage[v * steps + t]);
    if (low !== undefined) rows.push(voltageRow(network, low, t, 1));
    const high = worst(sweep, v => sweep.voltage[v * steps + t] - network.voltageUpper[v]);
    if (high !== undefined) rows.push(voltageRow(network, high, t, -1));
  }
  return rows;
}

function worst(sweep: NetworkSweep, excess: (node: number) => number): number | undefined {
  let found: number | undefined;
  let most = 0;
  for (let v = 0; v < sweep.nodes; v++) {
    const value = v === sweep.rootNode ? 0 : excess(v);
    if (value > most) [found, most] = [v, value];
  }
  return found;
}

/** sign · flow ≤ limit, where the flow is −Σ injection behind the line. */
function lineRow({ parent, order, activeLimit }: RadialNetwork, node: number, step: number, sign: number): LimitRow {
  const active = new Float64Array(parent.length);
  active[node] = sign;
  for (const v of order) if (parent[v] >= 0 && v !== node) active[v] = active[parent[v]];
  const reactive = new Float64Array(parent.length);
  return { kind: "line", node, step, sign, force: sign, active, reactive, demand: -activeLimit[node] };
}

/** sign · voltage ≥ sign · limit; an injection raises the voltage by the drops of the lines that both share to the root. */
function voltageRow(network: RadialNetwork, node: number, step: number, sign: number): LimitRow {
  const { parent, order, activeDrop, reactiveDrop, rootVoltage } = network;
  const isOnPath = new Uint8Array(parent.length);
  for (let v = node; parent[v] >= 0; v = parent[v]) isOnPath[v] = 1;
  const active = new Float64Array(parent.length);
  const reactive = new Float64Array(parent.length);
  for (const v of order) {
    if (parent[v] < 0) continue;
    active[v] = active[parent[v]] + isOnPath[v] * activeDrop[v];
    reactive[v] = reactive[parent[v]] + isOnPath[v] * reactiveDrop[v];
  }
  const scale = sign / Math.max(active[node], reactive[node]);
  const limit = sign > 0 ? network.voltageLower[node] : network.voltageUpper[node];
  return {
    kind: "voltage",
    node,
    step,
    sign,
    force: -scale,
    active: active.map(value => value * scale),
    reactive: reactive.map(value => value * scale),
    demand: scale * (limit - rootVoltage),
  };
}
