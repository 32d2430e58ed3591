import { agentModel, type NodeSpec } from "../devices/index.js";
import type { AgentModel } from "../problem.js";
import { type DispatchSpec, nodesInOrder, type PublicSpec } from "../problems/index.js";
import type { LocalSolver, Solution } from "../program.js";

/** What a node pays when it stands alone, in the case's currency. */
export interface LonelyNode {
  readonly node: number;
  readonly name: string;
  readonly cost: number;
  readonly solution: Solution;
}

/** Every node for itself. */
export interface NonCooperative {
  /** Sum of the nodes' costs. */
  readonly objective: number;
  readonly nodes: readonly LonelyNode[];
}

/**
 * Every node buys and sells at the root's tariff through a grid port of its own, and nothing crosses the network: what the
 * published savings of cooperation are measured against. No wheeling fee is due. Voltages rest at the root's, and a
 * regulariser counts each node's copies of them as it does in the network.
 * @throws DispatchError as `agentModel` does.
 */
export function nonCooperative(spec: DispatchSpec, solver: LocalSolver): NonCooperative {
  const nodes = nodesInOrder(spec).map(node => standAlone(node, spec, solver));
  return { objective: nodes.reduce((sum, { cost }) => sum + cost, 0), nodes };
}

/**
 * One node for itself, as in `nonCooperative`.
 * @throws DispatchError as `agentModel` does, and `INFEASIBLE_AGENT` where the node cannot serve itself.
 */
export function standAlone(node: NodeSpec, spec: PublicSpec, solver: LocalSolver): LonelyNode {
  const { frame, voltage } = spec;
  const scale = frame.stepHours / frame.pricedHours;
  const atRest = (frame.steps * frame.regulariser * voltage.root * voltage.root) / 2;
  const solution = solveAlone(standingAlone(node, spec), solver);
  const copies = node.node === 0 ? 1 : 2;
  return { node: node.node, name: node.name, cost: (solution.objective + copies * atRest) * scale, solution };
}

function standingAlone(node: NodeSpec, { gridPort, frame }: PublicSpec): AgentModel {
  return agentModel({ ...node, devices: [...node.devices, gridPort] }, { ...frame, wheelingFee: 0 });
}

/** Solves a node whose devices must give what its loads take. */
function solveAlone({ program, ...agent }: AgentModel, solver: LocalSolver): Solution {
  const lower = program.lower.slice();
  const upper = program.upper.slice();
  agent.active.forEach((place, step) => (lower[place] = upper[place] = agent.activeLoad[step]));
  agent.reactive.forEach((place, step) => (lower[place] = upper[place] = agent.reactiveLoad[step]));
  return solver.prepare({ ...program, lower, upper }).solve(program.linear);
}
