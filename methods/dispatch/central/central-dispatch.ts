import type { NetworkState } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import type { DispatchProblem } from "../problem.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import { type CentralProgram, centralProgram, type NodePlaces } from "./central-program.js";
import { explainInfeasibility } from "./relaxation.js";
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
 * Solves all agents, the network and the tariff as one program.
 * @throws DispatchError as `dispatchCentrally` does, or `LIBRARY_MISSING`.
 */
export async function solveCentral(problem: DispatchProblem): Promise<CentralDispatch> {
  return dispatchCentrally(problem, await loadCentralSolver());
}

/**
 * As `solveCentral`, with a solver that is at hand.
 * @throws DispatchError `INFEASIBLE_AGENT` with the agent that cannot be served at any price, or `INFEASIBLE_NETWORK` with
 * the smallest relaxation of the limits that would do.
 */
export function dispatchCentrally(problem: DispatchProblem, solver: LocalSolver): CentralDispatch {
  const central = centralProgram(problem);
  const solution = solveOrExplain(problem, central, solver);
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

/**
 * A solver for whole networks: linear programs by HiGHS, quadratic ones, which its active-set method does not finish, by the
 * sparse interior-point method.
 * @throws DispatchError `LIBRARY_MISSING` when HiGHS cannot be loaded.
 */
export async function loadCentralSolver(): Promise<LocalSolver> {
  const highs = await loadHighsSolver();
  return { prepare: program => (isQuadratic(program) ? sparseInteriorPoint : highs).prepare(program) };
}

function isQuadratic({ curvature }: QuadraticProgram): boolean {
  return curvature.some(value => value !== 0);
}

function solveOrExplain(problem: DispatchProblem, central: CentralProgram, solver: LocalSolver): Solution {
  try {
    return solver.prepare(central.program).solve(central.program.linear);
  } catch (error) {
    if (!(error instanceof DispatchError) || error.code !== "INFEASIBLE_NETWORK") throw error;
    throw explainInfeasibility(problem, central, solver) ?? error;
  }
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
