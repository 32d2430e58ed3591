/** Rows of a sparse matrix with a right-hand side each: row r has the entries `start[r] .. start[r + 1] - 1`. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly rhs: Float64Array;
}

/**
 * A convex quadratic program of one agent, in its own units:
 * min ½ Σ curvature_i x_i² + linear·x + constant, where equalities x = rhs, inequalities x ≤ rhs, lower ≤ x ≤ upper.
 * Bounds may be infinite. `step` is the time step of each variable: only neighbouring steps share a row, which makes
 * the normal matrix banded when rows are sorted by it.
 */
export interface QuadraticProgram {
  readonly curvature: Float64Array;
  readonly linear: Float64Array;
  readonly constant: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly equalities: SparseRows;
  readonly inequalities: SparseRows;
  readonly step: Int32Array;
}

/**
 * A solution with its multipliers, so that anybody can check it (KKT). Signs: the gradient of the Lagrangian is
 * curvature∘x + linear + equalities'·equality + inequalities'·inequality − atLower + atUpper = 0, where
 * `inequality`, `atLower` and `atUpper` are not negative.
 */
export interface Solution {
  readonly x: Float64Array;
  readonly equality: Float64Array;
  readonly inequality: Float64Array;
  readonly atLower: Float64Array;
  readonly atUpper: Float64Array;
  /** The program's objective at x, with its constant. */
  readonly objective: number;
  readonly iterations: number;
}

/** A program made ready once and solved for many prices: the arrays of its last solution are reused by the next. */
export interface PreparedProgram {
  /** Solves with another linear term (and, when given, another curvature: then factors are formed anew). */
  solve(linear: Float64Array, curvature?: Float64Array): Solution;
}

/**
 * Whoever solves an agent's program: the local kernel, a cloud worker behind a mask, a solver whose answers are checked.
 * @throws DispatchError `INFEASIBLE_AGENT` when no point satisfies the program, with the smallest relaxation that would.
 */
export interface LocalSolver {
  prepare(program: QuadraticProgram): PreparedProgram;
}
