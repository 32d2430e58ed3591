import type { NetworkState } from "../coordination.js";
import type { DispatchProblem } from "../problem.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import { type CentralProgram, centralProgram, type NodePlaces } from "./central-program.js";
import { loadHighsSolver } from "./highs-solver.js";
import { sparseInteriorPoint } from "./sparse-interior-point.js";

/** The optimum of the whole problem, as somebody would find it who knew every agent's model. */
export interface CentralDispatch {
  /** In the problem's currency. */
  readonly objective: number;
  readonly state: NetworkState;
  /** Price of each node's voltage limits by step: positive at the upper, negative at the lower, 0 where none binds. */
  readonly voltageLimitPrice: Float64Array;
  /** Set-points of each agent: the x of its program. */
  readonly agents: readonly Float64Array[];
}

/**
 * Solves all agents, the network and the tariff as one program: a linear one by HiGHS, a quadratic one, for which the
 * active-set method of HiGHS takes too long, by the sparse interior-point method; or by the given solver.
 * @throws DispatchError `INFEASIBLE_NETWORK` when limits, loads and devices do not fit together.
 */
export async function solveCentral(problem: DispatchProblem, solver?: LocalSolver): Promise<CentralDispatch> {
  return dispatchCentrally(problem, solver ?? (needsHighs(problem) ? await loadHighsSolver() : sparseInteriorPoint));
}

/** True for a problem whose central program is linear. */
function needsHighs(problem: DispatchProblem): boolean {
  return !isQuadratic(centralProgram(problem).program);
}

/** As `solveCentral`, with a solver that is at hand; quadratic programs take the sparse interior-point method. */
export function dispatchCentrally(problem: DispatchProblem, solver: LocalSolver): CentralDispatch {
  const central = centralProgram(problem);
  const { program } = central;
  const solution = solver.prepare(program).solve(program.linear);
  return {
    objective: solution.objective * problem.costScale,
    state: stateOf(problem, central, solution),
    voltageLimitPrice: voltageLimitPrice(problem, central, solution),
    agents: problem.agents.map(({ program }, node) => {
      const { agent } = central.places[node];
      return solution.x.slice(agent, agent + program.linear.length);
    }),
  };
}

function isQuadratic({ curvature }: QuadraticProgram): boolean {
  return curvature.some(value => value !== 0);
}

function stateOf(problem: DispatchProblem, { places }: CentralProgram, { x, equality }: Solution): NetworkState {
  const { steps, agents, network } = problem;
  const table = (valueOf: (node: number, step: number) => number) =>
    Float64Array.from({ length: places.length * steps }, (_, i) => valueOf(Math.floor(i / steps), i % steps));
  const lineValue = (quantity: "activeFlow" | "reactiveFlow" | "voltage", atRoot: number) =>
    table((node, step) => (node === 0 ? atRoot : x[places[node][quantity] + step]));
  const price = (rows: (place: NodePlaces) => Int32Array) => table((node, step) => -equality[rows(places[node])[step]]);
  return {
    active: table((node, step) => x[places[node].agent + agents[node].active[step]] - agents[node].activeLoad[step]),
    reactive: table(
      (node, step) => x[places[node].agent + agents[node].reactive[step]] - agents[node].reactiveLoad[step],
    ),
    activeFlow: lineValue("activeFlow", 0),
    reactiveFlow: lineValue("reactiveFlow", 0),
    voltage: lineValue("voltage", network.rootVoltage),
    activePrice: price(({ activeBalance }) => activeBalance),
    reactivePrice: price(({ reactiveBalance }) => reactiveBalance),
  };
}

function voltageLimitPrice(
  { steps }: DispatchProblem,
  { places }: CentralProgram,
  { atLower, atUpper }: Solution,
): Float64Array {
  return Float64Array.from({ length: places.length * steps }, (_, i) => {
    const at = places[Math.floor(i / steps)].voltage + (i % steps);
    return i < steps ? 0 : atUpper[at] - atLower[at];
  });
}
