import { type DenseFactors, denseFactors, factor, solveFactored } from "./dense-lu.js";
import { collectInequalities, fixedPlaces, startPoint } from "./inequalities.js";
import type { QuadraticProgram, QuadraticSolution } from "./quadratic-program.js";

const residualTolerance = 1e-9;
/** Keeps the Newton matrix regular where nothing bends the objective; it changes the path, not the optimum. */
const regularisation = 1e-12;
const strongBarrier = 1;
const stepFraction = 0.995;
const shortestStep = 1e-12;
/** A corrector that does not bring the gap below this share of it can cycle; a step along the central path replaces it. */
const usefulDecrease = 0.9;
const centringFallback = 0.3;

/**
 * One interior point of a quadratic program: iterate, residuals and Newton step of the method that `solveQuadraticProgram`
 * describes. The objective is scaled so that its largest coefficient is at most 1; fixed variables and rows are equalities.
 */
export class InteriorPoint {
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
  private readonly barrier: Float64Array;
  private readonly pull: Float64Array;
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
    this.kkt = denseFactors(n + equalityCount + this.rowCount);
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
    this.step = new Float64Array(n + equalityCount + this.rowCount);
    this.barrier = new Float64Array(n + this.rowCount);
    this.pull = new Float64Array(n + this.rowCount);
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

  /** The mean product of slack and multiplier, or the largest residual where that matters more. */
  error(): number {
    const size = 1 + Math.max(largest(this.rhs), largest(this.limit));
    const primal = Math.max(largest(this.primalResidual), largest(this.slackResidual)) / size;
    const residual = Math.max(primal, largest(this.dualResidual));
    return Math.max(this.gap(), residual > residualTolerance ? residual : 0);
  }

  /** One step; false when no useful one exists any more. */
  advance(): boolean {
    if (!this.factorKkt()) return false;
    const gap = this.gap();
    this.correctedDirection(gap);
    let length = this.stepLength(stepFraction);
    if (!(this.gapAfter(length) < usefulDecrease * gap)) {
      this.aim(centringFallback * gap);
      this.solveDirection();
      length = this.stepLength(stepFraction);
    }
    this.move(length);
    return length > shortestStep;
  }

  /** Predictor, then corrector: the further the predictor could go, the less centring; its error s·z is made good. */
  private correctedDirection(gap: number): void {
    const { ds, dz, centring } = this;
    this.aim(0);
    this.solveDirection();
    const ratio = gap > 0 ? this.gapAfter(this.stepLength(1)) / gap : 0;
    const target = ratio * ratio * ratio * gap;
    for (let k = 0; k < ds.length; k++) centring[k] += ds[k] * dz[k] - target;
    this.solveDirection();
  }

  private aim(target: number): void {
    for (let k = 0; k < this.s.length; k++) this.centring[k] = this.s[k] * this.z[k] - target;
  }

  private gapAfter(length: number): number {
    const { s, z, ds, dz } = this;
    let sum = 0;
    for (let k = 0; k < s.length; k++) sum += (s[k] + length * ds[k]) * (z[k] + length * dz[k]);
    return sum / Math.max(1, s.length);
  }

  solution(): Omit<QuadraticSolution, "converged" | "iterations"> {
    const { program, n, x, y, z, scale } = this;
    const count = program.equalities.rhs.length;
    const stackedDuals = new Float64Array(n + this.rowCount);
    for (let k = 0; k < z.length; k++) stackedDuals[this.place[k]] -= (this.sign[k] * z[k]) / scale;
    this.fixed.forEach((place, k) => (stackedDuals[place] -= y[count + k] / scale));
    let objective = 0;
    for (let i = 0; i < n; i++) objective += x[i] * (0.5 * dot(program.hessian, i * n, x) + program.linear[i]);
    return {
      objective,
      x: x.slice(),
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

  /**
   * Factors the Newton matrix in the unknowns (dx, dy, dλ). The bounds' barrier lies on the diagonal. A row's barrier is
   * folded into the hessian while it is weak; a strong one would drown small curvatures there, and stands apart as the
   * equation `row · dx − dλ / weight = pull / weight`.
   */
  private factorKkt(): boolean {
    const { n, kkt, program, rowCount, barrier } = this;
    const { matrix, size } = kkt;
    matrix.fill(0);
    this.updateBarrier();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) matrix[i * size + j] = this.scale * program.hessian[i * n + j];
      matrix[i * size + i] += barrier[i] + regularisation;
    }
    const equalities = this.y.length;
    for (let k = 0; k < equalities; k++) this.border(n + k, this.matrix.subarray(k * n, (k + 1) * n), -regularisation);
    for (let r = 0; r < rowCount; r++) {
      const row = program.rows.matrix.subarray(r * n, (r + 1) * n);
      const weight = barrier[n + r];
      if (weight > strongBarrier) this.border(n + equalities + r, row, -1 / weight);
      else this.fold(n + equalities + r, row, weight);
    }
    return factor(kkt);
  }

  private fold(at: number, row: Float64Array, weight: number): void {
    const { matrix, size } = this.kkt;
    for (let i = 0; i < row.length; i++)
      if (row[i] !== 0) for (let j = 0; j < row.length; j++) matrix[i * size + j] += weight * row[i] * row[j];
    matrix[at * size + at] = 1;
  }

  private border(at: number, row: Float64Array, diagonal: number): void {
    const { matrix, size } = this.kkt;
    for (let j = 0; j < row.length; j++) matrix[at * size + j] = matrix[j * size + at] = row[j];
    matrix[at * size + at] = diagonal;
  }

  private updateBarrier(): void {
    const { barrier, place, s, z } = this;
    barrier.fill(0);
    for (let k = 0; k < s.length; k++) barrier[place[k]] += z[k] / s[k];
  }

  private solveDirection(): void {
    const { n, step, s, z, ds, dz, centring, slackResidual, place, sign, pull, barrier, rowCount } = this;
    const equalities = this.y.length;
    pull.fill(0);
    for (let k = 0; k < s.length; k++) pull[place[k]] += (sign[k] * (centring[k] - z[k] * slackResidual[k])) / s[k];
    for (let i = 0; i < n; i++) step[i] = pull[i] - this.dualResidual[i];
    for (let k = 0; k < equalities; k++) step[n + k] = -this.primalResidual[k];
    for (let r = 0; r < rowCount; r++) {
      const strong = barrier[n + r] > strongBarrier;
      step[n + equalities + r] = strong ? pull[n + r] / barrier[n + r] : 0;
      if (!strong) this.addPlace(step, n + r, pull[n + r]);
    }
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
