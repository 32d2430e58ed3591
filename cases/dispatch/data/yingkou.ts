import type { DeviceSpec, DispatchSpec, Horizon, NodeSpec } from "../../../methods/dispatch/index.js";
import { trilemmaRules } from "../../../methods/dispatch/index.js";
import type { CsvTable } from "../../../runtime/csv-table.js";
import { nodeTitles, readNumbers, tariffOver } from "./tables.js";

const NODES = 60;
/** CNY/MWh from these hours on. */
const TIME_OF_USE = [
  [0, 510],
  [5, 780],
  [7, 1020],
  [10, 510],
  [12, 780],
  [16, 1020],
  [21, 780],
  [22, 510],
] as const;
const SELL_PRICE = 300;
/** The model counts nine tenths of the recorded active load. */
const LOAD_SHARE = 0.9;
const KW_PER_MW = 1000;

/** Ohm per km of each line type. */
const LINE_TYPES: Readonly<Record<number, { readonly resistance: number; readonly reactance: number }>> = {
  1: { resistance: 0.45, reactance: 0.92 },
  2: { resistance: 1.22, reactance: 0.94 },
  3: { resistance: 1.05, reactance: 1 },
};

const BATTERY_MWH: Readonly<Record<number, number>> = { 7: 0.15, 11: 0.034, 25: 0.5, 38: 0.05, 43: 0.01 };
const GENERATOR_MW: Readonly<Record<number, number>> = { 5: 0.2, 21: 0.1, 49: 0.2 };
const WIND_NODE = 52;

/** A day of the recorded week, 0 to 6. The hourly and the quarter-hourly records are two sets of their own. */
export interface YingkouHorizon extends Horizon {
  readonly steps: 24 | 96;
  readonly day: number;
}

/** The 60-bus case of the trilemma paper, at Yingkou: MW and CNY, one day of the recorded week. */
export function yingkou({ day, ...horizon }: YingkouHorizon): DispatchSpec {
  return {
    ...trilemmaRules(horizon),
    name: `yingkou-60 day ${day}`,
    nodeCount: NODES,
    lines: readLines(),
    gridPort: { kind: "grid-port", buyPrice: tariffOver(horizon.steps, TIME_OF_USE), sellPrice: SELL_PRICE },
    nodes: readNodes(horizon.steps, day),
  };
}

function readLines() {
  const table = readNumbers("yingkou-lines.csv", ["from", "to", "metres", "type"]);
  return Array.from({ length: table.rows }, (_, row) => {
    const km = table.numbers("metres")[row] / 1000;
    const { resistance, reactance } = LINE_TYPES[table.numbers("type")[row]];
    const [from, to] = [table.numbers("from")[row], table.numbers("to")[row]];
    return { from, to, resistanceOhm: resistance * km, reactanceOhm: reactance * km };
  });
}

function readNodes(steps: 24 | 96, day: number): NodeSpec[] {
  const [active, reactive, renewable] = ["active-load", "reactive-load", "renewable"].map(name =>
    readNumbers(`yingkou-${name}-${steps}.csv`, nodeTitles(NODES), true),
  );
  return Array.from({ length: NODES }, (_, node) => {
    const at = (table: CsvTable, share: number) => {
      const values = table.numbers(String(node)).subarray(day * steps, (day + 1) * steps);
      return Array.from(values, kw => (kw * share) / KW_PER_MW);
    };
    const devices: DeviceSpec[] = [];
    const [activePower, reactivePower] = [at(active, LOAD_SHARE), at(reactive, 1)];
    if (activePower.length > 0) devices.push({ kind: "load", activePower, reactivePower });
    const available = at(renewable, 1);
    if (available.length > 0) devices.push(renewableOf(node, available));
    return { node, name: `DES ${node}`, devices: [...devices, ...machines(node, steps)] };
  }).filter(({ devices }) => devices.length > 0);
}

function renewableOf(node: number, available: number[]): DeviceSpec {
  const name = node === WIND_NODE ? "wind" : "PV";
  return { kind: "renewable", name, available, quadraticCost: 10, linearCost: 10, threshold: 0.001 };
}

function machines(node: number, steps: 24 | 96): DeviceSpec[] {
  const list: DeviceSpec[] = [];
  const generator = GENERATOR_MW[node];
  if (generator !== undefined) {
    const sizes = { minimum: 0.7 * generator, maximum: generator, reactiveRatio: 0.5 };
    list.push({ kind: "generator", ...sizes, ...generatorCost(generator, steps) });
  }
  const capacity = BATTERY_MWH[node];
  if (capacity !== undefined) list.push({ kind: "yingkou-battery", name: "battery", capacity, power: capacity / 2 });
  return list;
}

/** ½·a·P² + b·P by size; the two records carry slightly different coefficients. */
function generatorCost(capacityMw: number, steps: 24 | 96): { quadraticCost: number; linearCost: number } {
  if (capacityMw >= 0.15) return { quadraticCost: steps === 96 ? 462.16 : 462.465, linearCost: 534.33 };
  return steps === 96 ? { quadraticCost: 446.81, linearCost: 594.95 } : { quadraticCost: 446.805, linearCost: 594.945 };
}
