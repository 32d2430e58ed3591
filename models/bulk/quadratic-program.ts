import { InteriorPoint } from "./interior-point.js";

/** Minimise ½·x'·hessian·x + linear·x subject to the equalities, the row limits and the bounds. Matrices are row-major. */
export interface QuadraticProgram {
  /** n × n, symmetric, positive semidefinite. */
  readonly hessian: Float64Array;
  readonly linear: Float64Array;
  readonly equalities: { readonly matrix: Float64Array; readonly rhs: Float64Array };
  readonly rows: { readonly matrix: Float64Array; readonly lower: Float64Array; readonly upper: Float64Array };
  /** Bounds of the variables; ±Infinity where there is none, equal where a variable is fixed. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Duals are derivatives of the optimal objective: by the right-hand side, or by the limit or bound that binds. */
export interface QuadraticSolution {
  readonly converged: boolean;
  readonly iterations: number;
  readonly objective: number;
  readonly x: Float64Array;
  readonly equalityDuals: Float64Array;
  readonly rowDuals: Float64Array;
  readonly boundDuals: Float64Array;
}

const maxIterations = 100;
const acceptedError = 1e-8;
/** Far below what is accepted: a limit that binds only just is met to the square root of the error. */
const aimedError = 1e-15;
const patience = 8;

/**
 * Solves a small dense convex quadratic program; `converged` is false when it is infeasible or unbounded.
 *
 * Primal-dual interior point with Mehrotra's predictor and corrector (Nocedal & Wright, Numerical Optimization, §16.6).
 * Every bound and row limit is an inequality `sign · v ≤ limit` on the stacked vector v = (x, rows · x), with a slack s > 0
 * and a multiplier z > 0. Each iteration linearises the optimality conditions once and solves them twice: the predictor
 * aims at s·z = 0 and shows how far it could go; the corrector aims at the central path accordingly. The best point met is
 * returned, because the last digits of a degenerate program can get worse again.
 */
export function solveQuadraticProgram(program: QuadraticProgram): QuadraticSolution {
  const point = new InteriorPoint(program);
  let best = point.solution();
  let least = Infinity;
  let bestIteration = 0;
  let iterations = 0;
  for (; iterations < maxIterations && iterations - bestIteration < patience; iterations++) {
    point.updateResiduals();
    const error = point.error();
    if (error < least) {
      least = error;
      bestIteration = iterations;
      best = point.solution();
    }
    if (error <= aimedError || !point.advance()) break;
  }
  return { ...best, converged: least <= acceptedError, iterations };
}
