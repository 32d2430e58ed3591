import { DispatchError } from "../dispatch-error.js";
import type { RadialNetwork } from "../problem.js";

/** A line from the node nearer to the root to the farther one. */
export interface LineSpec {
  readonly from: number;
  readonly to: number;
  readonly resistanceOhm: number;
  readonly reactanceOhm: number;
  /** Largest |P|; none when left out. */
  readonly activeLimit?: number;
}

/** How voltages are counted and between which limits they must stay. */
export interface VoltageRules {
  /** Voltage drop per ohm and unit of power; see `LINEAR_PER_OHM_KW` and `SQUARED_PER_OHM_MW`. */
  readonly dropPerOhm: number;
  readonly root: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** Linear voltage per unit at 1000 kW and 100 ohm: V = V(parent) − R·P − X·Q (dual-privacy framework). */
export const LINEAR_PER_OHM_KW = 1 / 1e5;

/** Squared voltage per unit: u = u(parent) − 2R·P − 2X·Q with R and X of ohm/1000 and P in MW (trilemma case). */
export const SQUARED_PER_OHM_MW = 2 / 1e3;

/**
 * The tree of the lines, with node 0 as its root. Voltage limits do not apply to the root, whose voltage is given.
 * @throws DispatchError `INVALID_NETWORK` for a cycle, a second root, a node that is unknown, fed twice or cut off, or a
 * negative impedance.
 */
export function radialNetwork(lines: readonly LineSpec[], nodes: number, voltage: VoltageRules): RadialNetwork {
  const parent = parentsOf(lines, nodes);
  const order = breadthFirst(parent);
  if (order.length < nodes) throw unreachable(parent, order);
  const voltageLower = new Float64Array(nodes).fill(voltage.lower ?? -Infinity);
  const voltageUpper = new Float64Array(nodes).fill(voltage.upper ?? Infinity);
  voltageLower[0] = -Infinity;
  voltageUpper[0] = Infinity;
  const activeDrop = new Float64Array(nodes);
  const reactiveDrop = new Float64Array(nodes);
  const activeLimit = new Float64Array(nodes).fill(Infinity);
  for (const line of lines) {
    activeDrop[line.to] = line.resistanceOhm * voltage.dropPerOhm;
    reactiveDrop[line.to] = line.reactanceOhm * voltage.dropPerOhm;
    activeLimit[line.to] = line.activeLimit ?? Infinity;
  }
  return {
    parent,
    order,
    activeDrop,
    reactiveDrop,
    rootVoltage: voltage.root,
    voltageLower,
    voltageUpper,
    activeLimit,
  };
}

function parentsOf(lines: readonly LineSpec[], nodes: number): Int32Array {
  const parent = new Int32Array(nodes).fill(-1);
  for (const line of lines) {
    const { from, to } = line;
    for (const end of [from, to])
      if (!(Number.isInteger(end) && end >= 0 && end < nodes)) throw unknown(line, end, nodes);
    requireImpedance(line);
    if (to === 0) throw fault(`line ${from}-${to} feeds node 0, which is the root. Turn the line round.`);
    if (parent[to] >= 0) {
      throw fault(`node ${to} is fed twice, from ${parent[to]} and from ${from}. Leave one of the two lines open.`);
    }
    parent[to] = from;
  }
  return parent;
}

function requireImpedance({ from, to, resistanceOhm, reactanceOhm, activeLimit }: LineSpec): void {
  const values = { "resistance": resistanceOhm, "reactance": reactanceOhm, "largest power": activeLimit ?? 0 };
  for (const [name, value] of Object.entries(values)) {
    if (value >= 0) continue;
    throw fault(`line ${from}-${to} has a ${name} of ${value}. Give a number that is not negative.`);
  }
}

/** Nodes that the root reaches, every parent before its children. */
function breadthFirst(parent: Int32Array): Int32Array {
  const children: number[][] = Array.from(parent, () => []);
  parent.forEach((from, to) => from >= 0 && children[from].push(to));
  const order = [0];
  for (const node of order) for (const child of children[node]) order.push(child);
  return Int32Array.from(order);
}

function unreachable(parent: Int32Array, order: Int32Array): DispatchError {
  const reached = new Set(order);
  const lost = Array.from(parent.keys()).filter(node => !reached.has(node));
  const roots = lost.filter(node => parent[node] < 0);
  if (roots.length > 0) {
    const named = roots.length === 1 ? `node ${roots[0]} is` : `nodes ${roots.join(", ")} are`;
    return fault(`${named} fed by no line, like the root, node 0. Join every part to node 0.`);
  }
  return fault(`the lines ${cycleFrom(parent, lost[0]).join(" -> ")} form a cycle. Leave one of them open.`);
}

/** A cycle that is met on the way up from a node which never ends at the root. */
function cycleFrom(parent: Int32Array, node: number): number[] {
  const path: number[] = [];
  for (let at = node; ; at = parent[at]) {
    const seen = path.indexOf(at);
    if (seen >= 0) return [...path.slice(seen), at].reverse();
    path.push(at);
  }
}

function unknown({ from, to }: LineSpec, node: number, nodes: number): DispatchError {
  return fault(`line ${from}-${to} names node ${node}; there are the nodes 0 to ${nodes - 1}.`);
}

function fault(sentence: string): DispatchError {
  return new DispatchError("INVALID_NETWORK", `Network: ${sentence}`, "network");
}
