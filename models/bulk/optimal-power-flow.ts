import { type Branch, type BulkCase, busPositions, positionOf } from "./case.js";
import { type QuadraticProgram, solveQuadraticProgram } from "./quadratic-program.js";

/** Cheapest dispatch of a lossless grid. Arrays follow the case's buses, generators and branches; a unit out of service has 0. */
export interface Dispatch {
  readonly costUsdPerH: number;
  readonly outputMw: Float64Array;
  readonly angleRad: Float64Array;
  /** Flow from the `from` to the `to` end. */
  readonly flowMw: Float64Array;
  /** Locational marginal price of every bus: the dual of its balance. */
  readonly priceUsdPerMwh: Float64Array;
  /** What one more MW of rating would save, ≥ 0. */
  readonly congestionUsdPerMwh: Float64Array;
}

/** No dispatch serves the load: `missingMw` cannot be delivered, or `surplusMw` cannot be turned down. */
export class InfeasibleDispatchError extends Error {
  override readonly name = "InfeasibleDispatchError";
  readonly code = "MODEL_BULK_INFEASIBLE";
  constructor(
    readonly missingMw: number,
    readonly surplusMw: number,
    places: string,
  ) {
    super(
      missingMw >= surplusMw
        ? `${missingMw.toFixed(3)} MW of load cannot be served (${places}). Add capacity, raise a branch rating or shed this load.`
        : `${surplusMw.toFixed(3)} MW of minimum output finds no load (${places}). Take a unit out of service or lower its minMw.`,
    );
  }
}

/** The solver stopped short of an optimum of a dispatch that is feasible. */
export class UnsolvedDispatchError extends Error {
  override readonly name = "UnsolvedDispatchError";
  readonly code = "MODEL_BULK_UNSOLVED";
}

/**
 * DC optimal power flow: least cost subject to the linearised branch flows, branch ratings and unit limits.
 * The case has passed `checkBulkCase`. Throws `InfeasibleDispatchError`, `UnsolvedDispatchError`.
 * Formulation: Zimmerman et al., MATPOWER, IEEE Trans. Power Syst. 26(1), 2011, §III-B.
 */
export function optimalPowerFlow(bulk: BulkCase): Dispatch {
  const grid = linearGrid(bulk);
  const solution = solveQuadraticProgram(dispatchProgram(bulk, grid));
  if (!solution.converged) throw explainFailure(bulk, grid);
  const { x, objective, equalityDuals, rowDuals } = solution;
  const { busCount, limited } = grid;
  const outputMw = new Float64Array(bulk.generators.length);
  grid.units.forEach((unit, k) => (outputMw[unit] = x[busCount + k] * bulk.baseMva));
  const angleRad = x.slice(0, busCount);
  const congestionUsdPerMwh = new Float64Array(bulk.branches.length);
  limited.forEach((branch, r) => (congestionUsdPerMwh[branch] = Math.abs(rowDuals[r]) / bulk.baseMva));
  return {
    costUsdPerH: objective + grid.units.reduce((sum, unit) => sum + bulk.generators[unit].cost.c0, 0),
    outputMw,
    angleRad,
    flowMw: Float64Array.from(grid.lines, line => lineFlowPu(line, angleRad) * bulk.baseMva),
    priceUsdPerMwh: equalityDuals.map(dual => dual / bulk.baseMva),
    congestionUsdPerMwh,
  };
}

/** A branch as a DC element: flow = susceptance · (θfrom − θto − shift), pu. Out of service its susceptance is 0. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly susceptancePu: number;
  readonly shiftRad: number;
}

interface LinearGrid {
  readonly busCount: number;
  readonly swing: number;
  readonly lines: readonly Line[];
  /** Indices of the units in service. */
  readonly units: readonly number[];
  /** Bus position of each unit in service. */
  readonly unitBus: readonly number[];
  /** Indices of the branches in service that have a rating. */
  readonly limited: readonly number[];
}

function linearGrid(bulk: BulkCase): LinearGrid {
  const positions = busPositions(bulk);
  const units = bulk.generators.flatMap((unit, i) => (unit.inService ? [i] : []));
  return {
    busCount: bulk.buses.length,
    swing: bulk.buses.findIndex(bus => bus.kind === "swing"),
    lines: bulk.branches.map(branch => linearLine(branch, positions)),
    units,
    unitBus: units.map(unit => positionOf(positions, bulk.generators[unit].bus)),
    limited: bulk.branches.flatMap((branch, i) => (branch.inService && branch.ratingMva > 0 ? [i] : [])),
  };
}

function linearLine(branch: Branch, positions: ReadonlyMap<number, number>): Line {
  const tap = branch.tapRatio === 0 ? 1 : branch.tapRatio;
  return {
    from: positionOf(positions, branch.from),
    to: positionOf(positions, branch.to),
    susceptancePu: branch.inService ? 1 / (branch.reactancePu * tap) : 0,
    shiftRad: (branch.shiftDeg * Math.PI) / 180,
  };
}

function lineFlowPu({ from, to, susceptancePu, shiftRad }: Line, angleRad: Float64Array): number {
  return susceptancePu * (angleRad[from] - angleRad[to] - shiftRad);
}

/** Variables: bus angles (rad), then the outputs of the units in service (pu). Equalities: output − outflow = demand. */
function dispatchProgram(bulk: BulkCase, grid: LinearGrid): QuadraticProgram {
  const { busCount, units, unitBus, swing } = grid;
  const { baseMva } = bulk;
  const n = busCount + units.length;
  const lower = new Float64Array(n).fill(-Infinity);
  const upper = new Float64Array(n).fill(Infinity);
  lower[swing] = upper[swing] = (bulk.buses[swing].angleDeg * Math.PI) / 180;
  const hessian = new Float64Array(n * n);
  const linear = new Float64Array(n);
  const equalities = balances(bulk, grid, n);
  units.forEach((unit, k) => {
    const { cost, minMw, maxMw } = bulk.generators[unit];
    const at = busCount + k;
    hessian[at * n + at] = 2 * cost.c2 * baseMva * baseMva;
    linear[at] = cost.c1 * baseMva;
    lower[at] = minMw / baseMva;
    upper[at] = maxMw / baseMva;
    equalities.matrix[unitBus[k] * n + at] = 1;
  });
  return { hessian, linear, equalities, rows: ratings(bulk, grid, n), lower, upper };
}

function balances(bulk: BulkCase, { busCount, lines }: LinearGrid, n: number) {
  const matrix = new Float64Array(busCount * n);
  const rhs = Float64Array.from(bulk.buses, bus => (bus.loadMw + bus.shuntMw) / bulk.baseMva);
  for (const { from, to, susceptancePu, shiftRad } of lines) {
    matrix[from * n + from] -= susceptancePu;
    matrix[from * n + to] += susceptancePu;
    matrix[to * n + to] -= susceptancePu;
    matrix[to * n + from] += susceptancePu;
    rhs[from] -= susceptancePu * shiftRad;
    rhs[to] += susceptancePu * shiftRad;
  }
  return { matrix, rhs };
}

function ratings(bulk: BulkCase, { limited, lines }: LinearGrid, n: number) {
  const matrix = new Float64Array(limited.length * n);
  const lower = new Float64Array(limited.length);
  const upper = new Float64Array(limited.length);
  limited.forEach((branch, r) => {
    const { from, to, susceptancePu, shiftRad } = lines[branch];
    const rating = bulk.branches[branch].ratingMva / bulk.baseMva;
    matrix[r * n + from] = susceptancePu;
    matrix[r * n + to] = -susceptancePu;
    lower[r] = -rating + susceptancePu * shiftRad;
    upper[r] = rating + susceptancePu * shiftRad;
  });
  return { matrix, lower, upper };
}

/** Solves the same grid with a costly shortage and surplus at every bus, to say what is missing and where. */
function explainFailure(bulk: BulkCase, grid: LinearGrid): Error {
  const { x, converged } = solveQuadraticProgram(elasticProgram(bulk, grid));
  if (!converged)
    return new UnsolvedDispatchError("The dispatch did not converge. Check costs and limits for extremes.");
  const n = grid.busCount + grid.units.length;
  const mwAt = (start: number, bus: number): number => x[start + bus] * bulk.baseMva;
  const sums = [n, n + grid.busCount].map(start =>
    bulk.buses.reduce((sum, _bus, i) => sum + Math.max(0, mwAt(start, i)), 0),
  );
  const [missingMw, surplusMw] = sums;
  if (Math.max(missingMw, surplusMw) < 1e-5)
    return new UnsolvedDispatchError("The dispatch is feasible but did not converge. Check costs for extremes.");
  const start = missingMw >= surplusMw ? n : n + grid.busCount;
  const places = bulk.buses.flatMap((bus, i) => (mwAt(start, i) > 1e-4 ? [`bus ${bus.number}`] : []));
  return new InfeasibleDispatchError(missingMw, surplusMw, places.join(", "));
}

/** Least shortage plus surplus (pu): the dispatch program with two more variables at every bus, and no other cost. */
function elasticProgram(bulk: BulkCase, grid: LinearGrid): QuadraticProgram {
  const inner = dispatchProgram(bulk, grid);
  const { busCount } = grid;
  const n = inner.linear.length;
  const wide = n + 2 * busCount;
  const equalities = { matrix: widen(inner.equalities.matrix, n, wide), rhs: inner.equalities.rhs };
  for (let i = 0; i < busCount; i++) {
    equalities.matrix[i * wide + n + i] = 1;
    equalities.matrix[i * wide + n + busCount + i] = -1;
  }
  const linear = new Float64Array(wide).fill(1, n);
  const lower = new Float64Array(wide);
  const upper = new Float64Array(wide).fill(Infinity);
  lower.set(inner.lower);
  upper.set(inner.upper);
  const rows = { ...inner.rows, matrix: widen(inner.rows.matrix, n, wide) };
  return { hessian: new Float64Array(wide * wide), linear, equalities, rows, lower, upper };
}

function widen(matrix: Float64Array, from: number, to: number): Float64Array {
  const wide = new Float64Array((matrix.length / from) * to);
  for (let row = 0; row * from < matrix.length; row++)
    wide.set(matrix.subarray(row * from, (row + 1) * from), row * to);
  return wide;
}
