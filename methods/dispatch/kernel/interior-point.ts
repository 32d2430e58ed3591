import {
  type BandedProgram,
  type Costs,
  EMPTY,
  excess,
  largestOf,
  type Point,
  priceScale,
  transposedProduct,
} from "./banded-program.js";
import { NormalFactor } from "./normal-factor.js";
import { placeInside } from "./starting-point.js";

const MAX_ITERATIONS = 100;
/** Close to the solution (in error) it gives up after so many iterations without a better point. */
const PATIENCE = 8;
const CLOSE = 1e-5;
/** A step towards a bound goes at most this share of the way. */
const SHORTENING = 0.995;
/** Proximal weight on the step of each variable, relative to cost per quantity squared: bounds W, and leaves the solution where it is. */
const PROXIMAL = 1e-8;
/** Residual of the primal step above which the step is refined once, relative to the right-hand sides. */
const REFINE = 1e-13;

/**
 * Mehrotra's predictor-corrector for banded programs, always from a cold start, so that an answer depends on its question alone.
 * One engine serves programs of any size in turn: its arrays grow to the largest, and a solve allocates nothing.
 * The point is left in x, y, zl, zu with curvature∘x + linear + A'y − zl + zu = 0; `error` is the largest of its relative
 * primal, dual and gap errors. Source: S. Mehrotra, On the implementation of a primal-dual interior point method, SIAM J. Optim. 2 (1992).
 */
export class InteriorPoint {
  x = new Float64Array(0);
  y = new Float64Array(0);
  zl = new Float64Array(0);
  zu = new Float64Array(0);
  iterations = 0;
  error = Infinity;

  private program = EMPTY;
  private costs: Costs = { linear: this.x, curvature: this.x };
  private readonly normal = new NormalFactor();
  private best = { x: this.x, y: this.y, zl: this.zl, zu: this.zu };
  private dx = this.x;
  private dy = this.x;
  private dzl = this.x;
  private dzu = this.x;
  private gradient = this.x;
  private along = this.x;
  private weight = this.x;
  /** −(curvature∘x + linear + A'y − zl + zu) */
  private dual = this.x;
  /** A x − rhs */
  private primal = this.x;
  private rest = this.x;
  private hasLower = new Uint8Array(0);
  private hasUpper = new Uint8Array(0);
  private bounds = 0;
  private isLinear = true;
  private proximal = 0;
  private rhsScale = 1;
  private mu = 0;
  private primalStep = 1;
  private dualStep = 1;

  /** Solves for these costs until every relative error is below `accuracy`; `error` says how far the best point came. */
  solve(program: BandedProgram, costs: Costs, accuracy: number): void {
    this.take(program, costs);
    const { normal, weight, along, dy: row } = this;
    this.rhsScale = placeInside(program, costs, this, { normal, weight, along, row });
    this.proximal = (PROXIMAL * priceScale(costs, this.x, program.columns)) / this.rhsScale;
    this.error = Infinity;
    this.iterations = 0;
    this.resume(accuracy);
  }

  /** Goes on from the last point to a better accuracy. */
  resume(accuracy: number): void {
    let bestAt = this.iterations;
    while (this.iterations < MAX_ITERATIONS) {
      const error = this.measure();
      if (error < this.error) {
        this.keep(error);
        bestAt = this.iterations;
      }
      if (error <= accuracy || Number.isNaN(error)) break;
      if (this.error < CLOSE && this.iterations - bestAt > PATIENCE) break;
      this.advance();
      this.iterations++;
    }
    this.recall();
  }

  private take(program: BandedProgram, costs: Costs): void {
    const { curvature } = costs;
    this.program = program;
    this.costs = costs;
    if (this.x.length < program.columns || this.y.length < program.rows) this.grow();
    this.bounds = 0;
    this.isLinear = true;
    for (let j = 0; j < program.columns; j++) {
      this.hasLower[j] = program.lower[j] > -Infinity ? 1 : 0;
      this.hasUpper[j] = program.upper[j] < Infinity ? 1 : 0;
      this.bounds += this.hasLower[j] + this.hasUpper[j];
      if (curvature[j] > 0) this.isLinear = false;
    }
  }

  private grow(): void {
    const columns = Math.max(this.program.columns, this.x.length);
    const rows = Math.max(this.program.rows, this.y.length);
    const byColumn = (): Float64Array<ArrayBuffer> => new Float64Array(columns);
    const byRow = (): Float64Array<ArrayBuffer> => new Float64Array(rows);
    this.best = { x: byColumn(), y: byRow(), zl: byColumn(), zu: byColumn() };
    [this.x, this.zl, this.zu] = [byColumn(), byColumn(), byColumn()];
    [this.dx, this.dzl, this.dzu] = [byColumn(), byColumn(), byColumn()];
    [this.gradient, this.weight, this.dual, this.along] = [byColumn(), byColumn(), byColumn(), byColumn()];
    [this.y, this.dy, this.primal, this.rest] = [byRow(), byRow(), byRow(), byRow()];
    [this.hasLower, this.hasUpper] = [new Uint8Array(columns), new Uint8Array(columns)];
  }

  /** Residuals, complementarity and the largest relative error of the present point. */
  private measure(): number {
    const { program, costs, x, y, zl, zu, dual, primal, hasLower, hasUpper } = this;
    const { columns, rows, lower, upper, rhs } = program;
    const { linear, curvature } = costs;
    transposedProduct(program, y, dual);
    let gap = 0;
    let objective = 0;
    for (let j = 0; j < columns; j++) {
      const curved = curvature[j] * x[j];
      dual[j] = zl[j] - zu[j] - curved - linear[j] - dual[j];
      objective += x[j] * (linear[j] + 0.5 * curved);
      if (hasLower[j] === 1) gap += zl[j] * (x[j] - lower[j]);
      if (hasUpper[j] === 1) gap += zu[j] * (upper[j] - x[j]);
    }
    for (let i = 0; i < rows; i++) primal[i] = rhs[i];
    excess(program, x, primal);
    this.mu = this.bounds > 0 ? gap / this.bounds : 0;
    const scale = priceScale(costs, x, columns);
    const value = Math.max(Math.abs(objective), 1e-3 * scale * this.rhsScale);
    const primalError = largestOf(primal, rows) / this.rhsScale;
    return Math.max(primalError, largestOf(dual, columns) / scale, gap / value);
  }

  private advance(): void {
    const { program, x, y, zl, zu, dx, dy, dzl, dzu } = this;
    this.weigh();
    this.normal.factor(program, this.weight);
    this.direct(0, false);
    this.lengths();
    const ratio = this.mu > 0 ? this.affineMu() / this.mu : 0;
    this.direct(Math.min(1, ratio * ratio * ratio) * this.mu, true);
    this.lengths();
    let primalStep = Math.min(1, SHORTENING * this.primalStep);
    let dualStep = Math.min(1, SHORTENING * this.dualStep);
    if (!this.isLinear) primalStep = dualStep = Math.min(primalStep, dualStep);
    for (let j = 0; j < program.columns; j++) {
      x[j] += primalStep * dx[j];
      zl[j] += dualStep * dzl[j];
      zu[j] += dualStep * dzu[j];
    }
    for (let i = 0; i < program.rows; i++) y[i] += dualStep * dy[i];
  }

  private weigh(): void {
    const { program, x, zl, zu, weight, proximal, hasLower, hasUpper } = this;
    const { curvature } = this.costs;
    const { lower, upper, columns } = program;
    for (let j = 0; j < columns; j++) {
      let sum = curvature[j] + proximal;
      if (hasLower[j] === 1) sum += zl[j] / (x[j] - lower[j]);
      if (hasUpper[j] === 1) sum += zu[j] / (upper[j] - x[j]);
      weight[j] = 1 / sum;
    }
  }

  /**
   * Newton direction to complementarity `target`, less the product of the affine direction when it corrects.
   * dzl and dzu hold first the part that does not depend on dx.
   */
  private direct(target: number, corrects: boolean): void {
    const { program, x, zl, zu, dx, dy, dzl, dzu, dual, primal, gradient, weight, along, hasLower, hasUpper } = this;
    const { lower, upper, columns, rows } = program;
    for (let j = 0; j < columns; j++) {
      const toLower = corrects ? dx[j] * dzl[j] : 0;
      const toUpper = corrects ? dx[j] * dzu[j] : 0;
      let slope = dual[j];
      if (hasLower[j] === 1) {
        dzl[j] = (target - toLower) / (x[j] - lower[j]) - zl[j];
        slope += dzl[j];
      } else dzl[j] = 0;
      if (hasUpper[j] === 1) {
        dzu[j] = (target + toUpper) / (upper[j] - x[j]) - zu[j];
        slope -= dzu[j];
      } else dzu[j] = 0;
      gradient[j] = slope;
      dx[j] = weight[j] * slope;
    }
    for (let i = 0; i < rows; i++) dy[i] = -primal[i];
    excess(program, dx, dy);
    this.normal.solve(dy);
    transposedProduct(program, dy, along);
    for (let j = 0; j < columns; j++) dx[j] = weight[j] * (gradient[j] - along[j]);
    this.refine();
    for (let j = 0; j < columns; j++) {
      if (hasLower[j] === 1) dzl[j] -= (zl[j] / (x[j] - lower[j])) * dx[j];
      if (hasUpper[j] === 1) dzu[j] += (zu[j] / (upper[j] - x[j])) * dx[j];
    }
  }

  /** One correction of dy and dx where A·dx misses what the rows lack. */
  private refine(): void {
    const { program, rest, primal, dx, dy, weight, along } = this;
    const { columns, rows } = program;
    for (let i = 0; i < rows; i++) rest[i] = -primal[i];
    excess(program, dx, rest);
    if (largestOf(rest, rows) <= REFINE * this.rhsScale) return;
    this.normal.solve(rest);
    for (let i = 0; i < rows; i++) dy[i] += rest[i];
    transposedProduct(program, rest, along);
    for (let j = 0; j < columns; j++) dx[j] -= weight[j] * along[j];
  }

  /** Longest steps that keep x inside its bounds and the multipliers positive. */
  private lengths(): void {
    const { program, x, zl, zu, dx, dzl, dzu, hasLower, hasUpper } = this;
    const { lower, upper, columns } = program;
    let primal = 1 / SHORTENING;
    let dual = 1 / SHORTENING;
    for (let j = 0; j < columns; j++) {
      const change = dx[j];
      if (hasLower[j] === 1) {
        if (change < 0) primal = Math.min(primal, (lower[j] - x[j]) / change);
        if (dzl[j] < 0) dual = Math.min(dual, -zl[j] / dzl[j]);
      }
      if (hasUpper[j] === 1) {
        if (change > 0) primal = Math.min(primal, (upper[j] - x[j]) / change);
        if (dzu[j] < 0) dual = Math.min(dual, -zu[j] / dzu[j]);
      }
    }
    this.primalStep = primal;
    this.dualStep = dual;
  }

  private affineMu(): number {
    const { program, x, zl, zu, dx, dzl, dzu, hasLower, hasUpper } = this;
    const { lower, upper, columns } = program;
    const primal = Math.min(1, this.primalStep);
    const dual = Math.min(1, this.dualStep);
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const moved = x[j] + primal * dx[j];
      if (hasLower[j] === 1) sum += (moved - lower[j]) * (zl[j] + dual * dzl[j]);
      if (hasUpper[j] === 1) sum += (upper[j] - moved) * (zu[j] + dual * dzu[j]);
    }
    return sum / this.bounds;
  }

  private keep(error: number): void {
    this.error = error;
    this.copy(this, this.best);
  }

  private recall(): void {
    this.copy(this.best, this);
  }

  private copy(from: Point, to: Point): void {
    const { columns, rows } = this.program;
    for (let j = 0; j < columns; j++) {
      to.x[j] = from.x[j];
      to.zl[j] = from.zl[j];
      to.zu[j] = from.zu[j];
    }
    for (let i = 0; i < rows; i++) to.y[i] = from.y[i];
  }
}
