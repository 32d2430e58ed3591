import { ProgramBuilder, scaled, type Term } from "../devices/index.js";
import type { DispatchProblem, VariableBlock } from "../problem.js";
import type { QuadraticProgram } from "../program.js";

/** Where a node's share of the whole program stands: first variables of its agent, its line and its voltage, and rows. */
export interface NodePlaces {
  readonly agent: number;
  /** Flows from the parent and own voltage; −1 at the root. */
  readonly activeFlow: number;
  readonly reactiveFlow: number;
  readonly voltage: number;
  /** Rows of the power balances, by step. */
  readonly activeBalance: Int32Array;
  readonly reactiveBalance: Int32Array;
}

/** The whole problem as one program. */
export interface CentralProgram {
  readonly program: QuadraticProgram;
  readonly places: readonly NodePlaces[];
  /** The network's variables: what each block is, and of which node (as `device`). */
  readonly blocks: readonly VariableBlock[];
}

interface Exchange {
  readonly active: readonly Term[];
  readonly reactive: readonly Term[];
}

/** Every agent's program, joined by power balances, line flows and voltages; the exchange at the root pays the tariff. */
export function centralProgram(problem: DispatchProblem): CentralProgram {
  const { network, regulariser, steps, agents } = problem;
  const builder = new ProgramBuilder(steps);
  const first = agents.map(agent => builder.append(agent.program));
  const children = childrenOf(network.parent);
  const lines = agents.map((_, node) => addLine(builder, problem, { node, children: children[node].length }));
  const exchange = addExchange(builder, problem);
  const balance = (node: number, kind: "active" | "reactive") => {
    const { [kind]: injection, activeLoad, reactiveLoad } = agents[node];
    const flow = kind === "active" ? "activeFlow" : "reactiveFlow";
    const supply = node === 0 ? exchange[kind] : [scaled(lines[node][flow])];
    const onward = children[node].map(child => scaled(lines[child][flow], -1));
    const load = kind === "active" ? activeLoad : reactiveLoad;
    return builder.equal([scaled(first[node] + injection[0]), ...supply, ...onward], load);
  };
  const rows = agents.map((_, node) => ({ active: balance(node, "active"), reactive: balance(node, "reactive") }));
  addVoltageDrops(builder, problem, lines);
  const rootCopies = 1 + children[0].length;
  const program = builder.build((steps * regulariser * rootCopies * network.rootVoltage * network.rootVoltage) / 2);
  const places = agents.map((_, node) => ({
    ...lines[node],
    agent: first[node],
    activeBalance: builder.equalityPlaces(rows[node].active),
    reactiveBalance: builder.equalityPlaces(rows[node].reactive),
  }));
  return { program, places, blocks: builder.blocks };
}

function childrenOf(parent: Int32Array): number[][] {
  const children: number[][] = Array.from(parent, () => []);
  for (let node = 1; node < parent.length; node++) children[parent[node]].push(node);
  return children;
}

type Line = Pick<NodePlaces, "activeFlow" | "reactiveFlow" | "voltage">;

/** Flows on the line to a node and the node's voltage, with the curvature of all their copies. */
function addLine(
  builder: ProgramBuilder,
  { network, regulariser, agents }: DispatchProblem,
  { node, children }: { node: number; children: number },
): Line {
  if (node === 0) return { activeFlow: -1, reactiveFlow: -1, voltage: -1 };
  const flow = { curvature: 2 * regulariser };
  const limit = network.activeLimit[node];
  const { name } = agents[node];
  return {
    activeFlow: builder.block(name, "activeFlow", { ...flow, lower: -limit, upper: limit }),
    reactiveFlow: builder.block(name, "reactiveFlow", flow),
    voltage: builder.block(name, "voltage", {
      lower: network.voltageLower[node],
      upper: network.voltageUpper[node],
      curvature: regulariser * (1 + children),
    }),
  };
}

/** Import and export at the root, and what they give to its balances. */
function addExchange(builder: ProgramBuilder, { root, regulariser }: DispatchProblem): Exchange {
  const curvature = regulariser;
  const { buyPrice, sellPrice, importLimit, exportLimit, reactiveShare } = root;
  const bought = builder.block("root", "import", { lower: 0, upper: importLimit, linear: buyPrice, curvature });
  const income = sellPrice.map(price => -price);
  const sold = builder.block("root", "export", { lower: 0, upper: exportLimit, linear: income, curvature });
  const net = builder.block("root", "exchange", { curvature });
  builder.equal([scaled(net, -1), scaled(bought), scaled(sold, -1)], 0);
  const reactive = builder.block("root", "reactiveExchange", { curvature: 2 * curvature });
  if (Number.isFinite(reactiveShare)) {
    const bound = [scaled(bought, -reactiveShare), scaled(sold, -reactiveShare)];
    for (const side of [1, -1]) builder.atMost([scaled(reactive, side), ...bound], 0);
  }
  return { active: [scaled(net)], reactive: [scaled(reactive)] };
}

/** voltage + activeDrop·P + reactiveDrop·Q = voltage of the parent, scaled so that the drops count about 1. */
function addVoltageDrops(builder: ProgramBuilder, { network }: DispatchProblem, lines: readonly Line[]): void {
  const { parent, activeDrop, reactiveDrop, rootVoltage } = network;
  const largest = Math.max(...activeDrop, ...reactiveDrop);
  const scale = largest > 0 ? 1 / largest : 1;
  for (let node = 1; node < lines.length; node++) {
    const { activeFlow, reactiveFlow, voltage } = lines[node];
    const drops = [scaled(activeFlow, scale * activeDrop[node]), scaled(reactiveFlow, scale * reactiveDrop[node])];
    const above = parent[node];
    const feeding = above === 0 ? [] : [scaled(lines[above].voltage, -scale)];
    builder.equal([scaled(voltage, scale), ...drops, ...feeding], above === 0 ? scale * rootVoltage : 0);
  }
}
