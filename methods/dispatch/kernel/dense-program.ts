/**
 * A convex quadratic program without structure and without equalities, as a mask leaves it:
 * min ½ y'·hessian·y + linear·y, where rows·y ≤ rhs. Matrices are dense and by rows.
 */
export interface DenseProgram {
  readonly size: number;
  /** size × size, symmetric, positive semidefinite. */
  readonly hessian: Float64Array;
  readonly linear: Float64Array;
  /** rhs.length × size. */
  readonly rows: Float64Array;
  readonly rhs: Float64Array;
}

/** A solution and the multipliers of its rows: hessian·y + linear + rows'·multiplier = 0, multiplier ≥ 0. */
export interface DenseSolution {
  readonly y: Float64Array;
  readonly multiplier: Float64Array;
  readonly objective: number;
  readonly iterations: number;
}
