import type { QuadraticProgram, Solution, SparseRows } from "../../program.js";

/** Largest violations of the optimality conditions: `primal` relative to the largest |x| and rhs, `dual` to the largest price, that of curvature too, `gap` to the objective. */
export interface OptimalityErrors {
  readonly primal: number;
  readonly dual: number;
  readonly gap: number;
}

/** Checks a solution from the program alone, with nothing of the kernel. */
export function optimalityErrors(
  program: QuadraticProgram,
  solution: Solution,
  linear = program.linear,
): OptimalityErrors {
  const { x } = solution;
  const quantity = Math.max(1e-9, ...Array.from(x, Math.abs), ...Array.from(program.equalities.rhs, Math.abs));
  const curved = x.map((value, j) => Math.abs(program.curvature[j] * value));
  const price = Math.max(1e-9, ...Array.from(linear, Math.abs), ...curved);
  const slope = Float64Array.from(
    x,
    (value, j) => program.curvature[j] * value + linear[j] - solution.atLower[j] + solution.atUpper[j],
  );
  const equal = rowErrors(program.equalities, x, solution.equality, slope);
  const less = rowErrors(program.inequalities, x, solution.inequality, slope);
  let primal = Math.max(0, ...equal.map(Math.abs), ...less);
  let gap = less.reduce((sum, miss, r) => sum + Math.abs(miss * solution.inequality[r]), 0);
  let dual = Math.max(0, ...Array.from(slope, Math.abs), ...Array.from(solution.inequality, value => -value));
  x.forEach((value, j) => {
    primal = Math.max(primal, program.lower[j] - value, value - program.upper[j]);
    dual = Math.max(dual, -solution.atLower[j], -solution.atUpper[j]);
    if (solution.atLower[j] !== 0) gap += Math.abs(solution.atLower[j] * (value - program.lower[j]));
    if (solution.atUpper[j] !== 0) gap += Math.abs(solution.atUpper[j] * (program.upper[j] - value));
  });
  return {
    primal: primal / quantity,
    dual: dual / price,
    gap: gap / Math.max(1e-3 * price * quantity, Math.abs(solution.objective)),
  };
}

/** row·x − rhs of each row; adds the rows times their multipliers to `slope`. */
function rowErrors(rows: SparseRows, x: Float64Array, y: Float64Array, slope: Float64Array): number[] {
  return Array.from(rows.rhs, (rhs, r) => {
    let sum = -rhs;
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++) {
      sum += rows.value[at] * x[rows.column[at]];
      slope[rows.column[at]] += rows.value[at] * y[r];
    }
    return sum;
  });
}
