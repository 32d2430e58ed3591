import { type DenseFactors, denseFactors, factor, solveFactored } from "./dense-lu.js";

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
const tolerance = 1e-10;
const regularisation = 1e-12;
const stepFraction = 0.995;

/**
 * Solves a small dense convex quadratic program; `converged` is false when it is infeasible or unbounded.
 *
 * Primal-dual interior point with Mehrotra's predictor and corrector (Nocedal & Wright, Numerical Optimization, §16.6).
 * Every bound and row limit is an inequality `sign · v ≤ limit` on the stacked vector v = (x, rows · x), with a slack s > 0
 * and a multiplier z > 0. Each iteration linearises the optimality conditions once and solves them twice: the predictor
 * aims at s·z = 0 and shows how far it could go; the corrector aims at the central path accordingly.
 */
export function solveQuadraticProgram(program: QuadraticProgram): QuadraticSolution {
  const point = new InteriorPoint(program);
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    point.updateResiduals();
    if (point.isOptimal()) break;
    if (!point.advance()) break;
  }
  return point.solution(iterations);
}

class InteriorPoint {
  private readonly n: number;
  private readonly rowCount: number;
  private readonly matrix: Float64Array;
  private readonly rhs: Float64Array;
  private readonly fixed: Int32Array;
  private readonly place: Int32Array;
  private readonly sign: Float64Array;
  private readonly limit: Float64Array;
  private readonly kkt: DenseFactors;
  private readonly scale: number;

  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly s: Float64Array;
  private readonly z: Float64Array;
  private readonly dualResidual: Float64Array;
  private readonly primalResidual: Float64Array;
  private readonly slackResidual: Float64Array;
  private readonly centring: Float64Array;
  private readonly step: Float64Array;
  private readonly ds: Float64Array;
  private readonly dz: Float64Array;

  constructor(private readonly program: QuadraticProgram) {
    const n = (this.n = program.linear.length);
    this.rowCount = program.rows.lower.length;
    const inequalities = collectInequalities(program);
    this.place = Int32Array.from(inequalities, each => each.place);
    this.sign = Float64Array.from(inequalities, each => each.sign);
    this.limit = Float64Array.from(inequalities, each => each.limit);
    this.fixed = Int32Array.from(fixedPlaces(program));
    const equalityCount = program.equalities.rhs.length + this.fixed.length;
    this.matrix = new Float64Array(equalityCount * n);
    this.rhs = new Float64Array(equalityCount);
    this.stackEqualities();
    this.scale = 1 / Math.max(1, largest(program.linear), largest(program.hessian));
    this.kkt = denseFactors(n + equalityCount);
    this.x = startPoint(program);
    this.y = new Float64Array(equalityCount);
    const m = inequalities.length;
    const stacked = this.stacked(this.x);
    this.s = Float64Array.from(inequalities, each => Math.max(1, each.limit - each.sign * stacked[each.place]));
    this.z = new Float64Array(m).fill(1);
    this.dualResidual = new Float64Array(n);
    this.primalResidual = new Float64Array(equalityCount);
    this.slackResidual = new Float64Array(m);
    this.centring = new Float64Array(m);
    this.step = new Float64Array(n + equalityCount);
    this.ds = new Float64Array(m);
    this.dz = new Float64Array(m);
  }

  updateResiduals(): void {
    const { n, x, y, s, z, sign, place, limit, dualResidual, primalResidual, slackResidual } = this;
    const { hessian, linear } = this.program;
    for (let i = 0; i < n; i++) dualResidual[i] = this.scale * (dot(hessian, i * n, x) + linear[i]);
    for (let k = 0; k < y.length; k++) {
      primalResidual[k] = dot(this.matrix, k * n, x) - this.rhs[k];
      for (let j = 0; j < n; j++) dualResidual[j] += this.matrix[k * n + j] * y[k];
    }
    const stacked = this.stacked(x);
    for (let k = 0; k < s.length; k++) {
      slackResidual[k] = sign[k] * stacked[place[k]] + s[k] - limit[k];
      this.addPlace(dualResidual, place[k], sign[k] * z[k]);
    }
  }

  isOptimal(): boolean {
    const primal = Math.max(largest(this.primalResidual), largest(this.slackResidual));
    const size = 1 + Math.max(largest(this.rhs), largest(this.limit));
    return primal <= tolerance * size && largest(this.dualResidual) <= tolerance && this.gap() <= tolerance;
  }

  /** One predictor and corrector step; false when no useful step exists any more. */
  advance(): boolean {
    const { s, z, ds, dz, centring } = this;
    if (!this.factorKkt()) return false;
    for (let k = 0; k < s.length; k++) centring[k] = s[k] * z[k];
    this.solveDirection();
    const gap = this.gap();
    const reach = this.stepLength(1);
    let predicted = 0;
    for (let k = 0; k < s.length; k++) predicted += (s[k] + reach * ds[k]) * (z[k] + reach * dz[k]);
    predicted /= Math.max(1, s.length);
    const ratio = gap > 0 ? predicted / gap : 0;
    const target = ratio * ratio * ratio * gap;
    for (let k = 0; k < s.length; k++) centring[k] += ds[k] * dz[k] - target;
    this.solveDirection();
    const length = this.stepLength(stepFraction);
    this.move(length);
    return length > 1e-12 && Number.isFinite(length);
  }

  solution(iterations: number): QuadraticSolution {
    const { program, n, x, y, z, scale } = this;
    const count = program.equalities.rhs.length;
    const stackedDuals = new Float64Array(n + this.rowCount);
    for (let k = 0; k < z.length; k++) stackedDuals[this.place[k]] -= (this.sign[k] * z[k]) / scale;
    this.fixed.forEach((place, k) => (stackedDuals[place] -= y[count + k] / scale));
    let objective = 0;
    for (let i = 0; i < n; i++) objective += x[i] * (0.5 * dot(program.hessian, i * n, x) + program.linear[i]);
    this.updateResiduals();
    return {
      converged: this.isOptimal(),
      iterations,
      objective,
      x,
      equalityDuals: y.slice(0, count).map(dual => -dual / scale),
      rowDuals: stackedDuals.slice(n),
      boundDuals: stackedDuals.slice(0, n),
    };
  }

  private stackEqualities(): void {
    const { n, program, fixed } = this;
    const count = program.equalities.rhs.length;
    this.matrix.set(program.equalities.matrix);
    this.rhs.set(program.equalities.rhs);
    fixed.forEach((place, k) => {
      const at = (count + k) * n;
      if (place < n) this.matrix[at + place] = 1;
      else this.matrix.set(program.rows.matrix.subarray((place - n) * n, (place - n + 1) * n), at);
      this.rhs[count + k] = place < n ? program.lower[place] : program.rows.lower[place - n];
    });
  }

  /** (x, rows · x) */
  private stacked(x: Float64Array): Float64Array {
    const { n, rowCount } = this;
    const stacked = new Float64Array(n + rowCount);
    for (let i = 0; i < n; i++) stacked[i] = x[i];
    for (let r = 0; r < rowCount; r++) stacked[n + r] = dot(this.program.rows.matrix, r * n, x);
    return stacked;
  }

  private addPlace(target: Float64Array, place: number, weight: number): void {
    const { n } = this;
    if (place < n) target[place] += weight;
    else for (let j = 0; j < n; j++) target[j] += weight * this.program.rows.matrix[(place - n) * n + j];
  }

  private factorKkt(): boolean {
    const { n, kkt, program } = this;
    const { matrix, size } = kkt;
    matrix.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) matrix[i * size + j] = this.scale * program.hessian[i * n + j];
      matrix[i * size + i] += regularisation;
    }
    this.addBarrier(matrix, size);
    for (let k = 0; k < this.y.length; k++) {
      for (let j = 0; j < n; j++) {
        matrix[(n + k) * size + j] = this.matrix[k * n + j];
        matrix[j * size + n + k] = this.matrix[k * n + j];
      }
      matrix[(n + k) * size + n + k] = -regularisation;
    }
    return factor(kkt);
  }

  private addBarrier(matrix: Float64Array, size: number): void {
    const { n, place, s, z } = this;
    const rows = this.program.rows.matrix;
    for (let k = 0; k < s.length; k++) {
      const weight = z[k] / s[k];
      if (place[k] < n) matrix[place[k] * size + place[k]] += weight;
      else
        for (let i = 0, at = (place[k] - n) * n; i < n; i++)
          if (rows[at + i] !== 0)
            for (let j = 0; j < n; j++) matrix[i * size + j] += weight * rows[at + i] * rows[at + j];
    }
  }

  private solveDirection(): void {
    const { n, step, s, z, ds, dz, centring, slackResidual, place, sign } = this;
    for (let i = 0; i < n; i++) step[i] = -this.dualResidual[i];
    for (let k = 0; k < this.y.length; k++) step[n + k] = -this.primalResidual[k];
    for (let k = 0; k < s.length; k++)
      this.addPlace(step, place[k], (-sign[k] * (z[k] * slackResidual[k] - centring[k])) / s[k]);
    solveFactored(this.kkt, step);
    const change = this.stacked(step.subarray(0, n));
    for (let k = 0; k < s.length; k++) {
      ds[k] = -slackResidual[k] - sign[k] * change[place[k]];
      dz[k] = (-centring[k] - z[k] * ds[k]) / s[k];
    }
  }

  private stepLength(fraction: number): number {
    const { s, z, ds, dz } = this;
    let length = 1;
    for (let k = 0; k < s.length; k++) {
      if (ds[k] < 0) length = Math.min(length, (-fraction * s[k]) / ds[k]);
      if (dz[k] < 0) length = Math.min(length, (-fraction * z[k]) / dz[k]);
    }
    return length;
  }

  private move(length: number): void {
    const { n, x, y, s, z, step, ds, dz } = this;
    for (let i = 0; i < n; i++) x[i] += length * step[i];
    for (let k = 0; k < y.length; k++) y[k] += length * step[n + k];
    for (let k = 0; k < s.length; k++) {
      s[k] += length * ds[k];
      z[k] += length * dz[k];
    }
  }

  private gap(): number {
    let sum = 0;
    for (let k = 0; k < this.s.length; k++) sum += this.s[k] * this.z[k];
    return sum / Math.max(1, this.s.length);
  }
}

interface Inequality {
  readonly place: number;
  readonly sign: number;
  readonly limit: number;
}

function* collectPlaces({ lower, upper, rows }: QuadraticProgram): Generator<[number, number, number]> {
  for (let i = 0; i < lower.length; i++) yield [i, lower[i], upper[i]];
  for (let r = 0; r < rows.lower.length; r++) yield [lower.length + r, rows.lower[r], rows.upper[r]];
}

function collectInequalities(program: QuadraticProgram): Inequality[] {
  const found: Inequality[] = [];
  for (const [place, low, high] of collectPlaces(program)) {
    if (low === high) continue;
    if (low > -Infinity) found.push({ place, sign: -1, limit: -low });
    if (high < Infinity) found.push({ place, sign: 1, limit: high });
  }
  return found;
}

function fixedPlaces(program: QuadraticProgram): number[] {
  return [...collectPlaces(program)].filter(([, low, high]) => low === high).map(([place]) => place);
}

function startPoint({ lower, upper }: QuadraticProgram): Float64Array {
  return lower.map((low, i) => {
    const middle = 0.5 * (low + upper[i]);
    return Number.isFinite(middle) ? middle : Math.max(low, Math.min(0, upper[i]));
  });
}

function dot(matrix: Float64Array, at: number, x: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += matrix[at + j] * x[j];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
