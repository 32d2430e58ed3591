import type { AgentModel, PublicProblem } from "../problem.js";
import type { QuadraticProgram } from "../program.js";
import { ProgramExtension, type Term } from "./program-extension.js";
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
  const extension = new ProgramExtension(model.program, problem.steps);
  const { network } = problem;
  const isRoot = network.parent[model.node] < 0;
  const voltage = extension.addBlock(voltageOptions(problem, model.node));
  const ports: LinePort[] = [];
  const balance = new Balance(model, problem.steps);
  if (isRoot) balance.add(addRootPort(extension, problem), 1);
  else ports.push(addParentPort(extension, { problem, balance, node: model.node, voltage }));
  for (const child of childrenOf(network.parent)[model.node]) {
    const flows = addFlows(extension, problem, child);
    balance.add(flows, -1);
    ports.push({ line: child, isChildSide: false, places: placesOf([...flows, voltage], problem.steps) });
  }
  balance.addTo(extension);
  return { program: extension.build(), ports, ownVariables: model.program.linear.length };
}

/** Active and reactive power balance of a node, gathered term by term. */
export class Balance {
  private readonly active: Term[] = [];
  private readonly reactive: Term[] = [];

  constructor(
    readonly model: AgentModel,
    private readonly steps: number,
  ) {}

  /** Adds blocks of active and reactive power with a sign: +1 flows into the node. */
  add([active, reactive]: readonly [number, number], sign: number): void {
    this.active.push([active, sign]);
    this.reactive.push([reactive, sign]);
  }

  addTo(extension: ProgramExtension): void {
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    for (let t = 0; t < this.steps; t += 1) {
      extension.addEquality([[active[t], 1], ...atStep(this.active, t)], activeLoad[t]);
      extension.addEquality([[reactive[t], 1], ...atStep(this.reactive, t)], reactiveLoad[t]);
    }
  }
}

function atStep(terms: readonly Term[], t: number): Term[] {
  return terms.map(([first, coefficient]) => [first + t, coefficient] as const);
}

interface ParentPortPlan {
  readonly problem: PublicProblem;
  readonly balance: Balance;
  readonly node: number;
  readonly voltage: number;
}

function addParentPort(extension: ProgramExtension, { problem, balance, node, voltage }: ParentPortPlan): LinePort {
  const { network, steps } = problem;
  const flows = addFlows(extension, problem, node);
  const above = extension.addBlock(voltageOptions(problem, network.parent[node], false));
  balance.add(flows, 1);
  for (let t = 0; t < steps; t += 1) {
    const terms: Term[] = [
      [voltage + t, 1],
      [above + t, -1],
      [flows[0] + t, network.activeDrop[node]],
      [flows[1] + t, network.reactiveDrop[node]],
    ];
    extension.addEquality(terms, 0);
  }
  return { line: node, isChildSide: true, places: placesOf([...flows, above], steps) };
}

function addFlows(extension: ProgramExtension, problem: PublicProblem, line: number): [number, number] {
  const limit = problem.network.activeLimit[line];
  const curvature = problem.regulariser;
  return [extension.addBlock({ lower: -limit, upper: limit, curvature }), extension.addBlock({ curvature })];
}

/** The root's own voltage is given; a copy of it at a child is free within the root's limits. */
function voltageOptions({ network, regulariser }: PublicProblem, node: number, isOwn = true) {
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
