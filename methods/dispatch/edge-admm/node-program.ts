import { ProgramBuilder, scaled } from "../devices/index.js";
import type { AgentModel, PublicProblem } from "../problem.js";
import type { QuadraticProgram } from "../program.js";
import { addRootPort } from "./root-port.js";

/**
 * What a node must agree on with one neighbour: active flow, reactive flow (parent to child) and the parent's voltage of a
 * line, by step. `places` are their 3·steps places in the node's program. A line has the name of its child.
 */
export interface LinePort {
  readonly line: number;
  readonly isChildSide: boolean;
  readonly places: Int32Array;
}

/** A node's devices and its copies of the network's variables as one program; the agent's own variables come first. */
export interface NodeProgram {
  readonly program: QuadraticProgram;
  readonly ports: readonly LinePort[];
  readonly ownVariables: number;
}

/** Children of each node of a network, by index. */
export function childrenOf(parent: Int32Array): readonly (readonly number[])[] {
  const children: number[][] = Array.from(parent, () => []);
  parent.forEach((above, node) => {
    if (above >= 0) children[above].push(node);
  });
  return children;
}

/**
 * Joins an agent's program with its node's share of the network (LinDistFlow):
 * injection + inflow = Σ outflows, and own voltage = parent's voltage − drop of the line above.
 * Source: sections "local problem" of the dual-privacy framework and of the trilemma paper.
 */
export function nodeProgram(model: AgentModel, problem: PublicProblem): NodeProgram {
  const builder = ProgramBuilder.upon(model.program, problem.steps);
  const { network } = problem;
  const isRoot = network.parent[model.node] < 0;
  const voltage = builder.block("network", "voltage", voltageTraits(problem, model.node));
  const ports: LinePort[] = [];
  const balance = new Balance(model);
  if (isRoot) balance.add(addRootPort(builder, problem), 1);
  else ports.push(addParentPort(builder, { problem, balance, node: model.node, voltage }));
  for (const child of childrenOf(network.parent)[model.node]) {
    const flows = addFlows(builder, problem, child);
    balance.add(flows, -1);
    ports.push({ line: child, isChildSide: false, places: placesOf([...flows, voltage], problem.steps) });
  }
  balance.addTo(builder);
  return { program: builder.build(model.program.constant), ports, ownVariables: model.program.linear.length };
}

/** A block's first place and its sign in a balance: +1 flows into the node. */
type Inflow = readonly [first: number, sign: number];

/** Active and reactive power balance of a node, gathered flow by flow. */
class Balance {
  private readonly active: Inflow[] = [];
  private readonly reactive: Inflow[] = [];

  constructor(private readonly model: AgentModel) {}

  add([active, reactive]: readonly [number, number], sign: number): void {
    this.active.push([active, sign]);
    this.reactive.push([reactive, sign]);
  }

  addTo(builder: ProgramBuilder): void {
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    for (let t = 0; t < builder.steps; t += 1) {
      builder.equalAt(t, [[active[t], 1], ...atStep(this.active, t)], activeLoad[t]);
      builder.equalAt(t, [[reactive[t], 1], ...atStep(this.reactive, t)], reactiveLoad[t]);
    }
  }
}

function atStep(inflows: readonly Inflow[], t: number): Inflow[] {
  return inflows.map(([first, sign]) => [first + t, sign] as const);
}

interface ParentPortPlan {
  readonly problem: PublicProblem;
  readonly balance: Balance;
  readonly node: number;
  readonly voltage: number;
}

function addParentPort(builder: ProgramBuilder, { problem, balance, node, voltage }: ParentPortPlan): LinePort {
  const { network, steps } = problem;
  const flows = addFlows(builder, problem, node);
  const above = builder.block("network", "parentVoltage", voltageTraits(problem, network.parent[node], false));
  balance.add(flows, 1);
  const drops = [scaled(flows[0], network.activeDrop[node]), scaled(flows[1], network.reactiveDrop[node])];
  builder.equal([scaled(voltage), scaled(above, -1), ...drops], 0);
  return { line: node, isChildSide: true, places: placesOf([...flows, above], steps) };
}

function addFlows(builder: ProgramBuilder, problem: PublicProblem, line: number): [number, number] {
  const limit = problem.network.activeLimit[line];
  const curvature = problem.regulariser;
  const active = builder.block("network", "activeFlow", { lower: -limit, upper: limit, curvature });
  return [active, builder.block("network", "reactiveFlow", { curvature })];
}

/** The root's own voltage is given; a copy of it at a child is free within the root's limits. */
function voltageTraits({ network, regulariser }: PublicProblem, node: number, isOwn = true) {
  const isGiven = isOwn && network.parent[node] < 0;
  return {
    lower: isGiven ? network.rootVoltage : network.voltageLower[node],
    upper: isGiven ? network.rootVoltage : network.voltageUpper[node],
    curvature: regulariser,
  };
}

function placesOf(firsts: readonly number[], steps: number): Int32Array {
  return Int32Array.from({ length: firsts.length * steps }, (_, i) => firsts[Math.floor(i / steps)] + (i % steps));
}
