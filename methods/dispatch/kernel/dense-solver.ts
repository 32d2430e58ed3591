import { DispatchError } from "../dispatch-error.js";
import { type DensePoint, polishDense } from "./dense-active-set.js";
import { factorDense, solveDenseFactor } from "./dense-cholesky.js";
import type { DenseProgram, DenseSolution } from "./dense-program.js";

/** The interior point comes this close before it is polished, and then, where that was not enough, this close. */
const ROUGH = 1e-6;
const PRECISE = 1e-11;
/** A worse relative error than this is no solution. */
const ACCEPTED = 1e-9;
const MAX_ITERATIONS = 80;
/** Close to the solution it gives up after so many iterations without a better point. */
const PATIENCE = 6;
const CLOSE = 1e-5;
const SHORTENING = 0.995;
/** Share of the largest curvature that is added to every step, so that directions without curvature or row stay bounded. */
const PROXIMAL = 1e-13;

/**
 * Solves a dense program by Mehrotra's predictor-corrector (see `InteriorPoint`), rows scaled to length 1 inside.
 * The cost of an iteration is rows·size²/2 + size³/6 multiplications.
 * @throws DispatchError `INFEASIBLE_AGENT` when no solution is found: nothing satisfies the rows, or the cost falls without end.
 */
export function solveDense(program: DenseProgram): DenseSolution {
  const { size } = program;
  if (program.rhs.length === 0 && size === 0) {
    return { y: new Float64Array(0), multiplier: new Float64Array(0), objective: 0, iterations: 0 };
  }
  return new DenseInteriorPoint(program).solve();
}

class DenseInteriorPoint {
  private readonly size: number;
  private readonly count: number;
  private readonly norm: Float64Array;
  private readonly rows: Float64Array;
  /** The rows by columns. */
  private readonly columns: Float64Array;
  private readonly weight: Float64Array;
  /** Two columns, each entry times its row's weight, one after the other. */
  private readonly weighted: Float64Array;
  private readonly rhs: Float64Array;
  private readonly y: Float64Array;
  private readonly slack: Float64Array;
  private readonly multiplier: Float64Array;
  private readonly best: { y: Float64Array; slack: Float64Array; multiplier: Float64Array; error: number; at: number };
  private readonly dy: Float64Array;
  private readonly dSlack: Float64Array;
  private readonly dMultiplier: Float64Array;
  /** −(H y + c + G'z) and h − G y − s */
  private readonly dual: Float64Array;
  private readonly primal: Float64Array;
  private readonly factor: Float64Array;
  private readonly proximal: number;
  private mu = 0;
  private iterations = 0;

  constructor(private readonly program: DenseProgram) {
    const { size, rhs, hessian } = program;
    this.size = size;
    this.count = rhs.length;
    [this.y, this.dy, this.dual] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    [this.slack, this.dSlack, this.primal] = [rhs.slice(), new Float64Array(this.count), new Float64Array(this.count)];
    [this.multiplier, this.dMultiplier] = [new Float64Array(this.count), new Float64Array(this.count)];
    this.best = { y: this.y.slice(), slack: rhs.slice(), multiplier: this.multiplier.slice(), error: Infinity, at: 0 };
    this.norm = rowNorms(program);
    this.rows = program.rows.map((value, at) => value / this.norm[Math.floor(at / size)]);
    this.rhs = rhs.map((value, r) => value / this.norm[r]);
    this.columns = this.rows.map((_, at) => this.rows[(at % this.count) * size + Math.floor(at / this.count)]);
    [this.weight, this.weighted] = [new Float64Array(this.count), new Float64Array(2 * this.count)];
    this.factor = new Float64Array(size * size);
    let curvature = 0;
    for (let i = 0; i < size; i++) curvature = Math.max(curvature, hessian[i * size + i]);
    this.proximal = PROXIMAL * Math.max(curvature, largest(program.linear));
  }

  solve(): DenseSolution {
    this.start();
    let found = this.approach(ROUGH);
    if (!(found.error <= PRECISE)) {
      const closer = this.approach(PRECISE);
      if (!(found.error <= closer.error)) found = closer;
    }
    const { y, multiplier, objective, error } = found;
    if (!(error <= ACCEPTED)) {
      throw new DispatchError(
        "INFEASIBLE_AGENT",
        `A program of ${this.size} variables and ${this.count} rows has no solution (relative error ${error.toExponential(1)}): ` +
          "nothing satisfies its rows, or its cost falls without end. Solve it unmasked to see which row.",
      );
    }
    const { iterations } = this;
    return { y, multiplier: multiplier.map((value, r) => value / this.norm[r]), objective, iterations };
  }

  /** Goes on to an accuracy, or as close as rounding allows, and polishes the best point. */
  private approach(accuracy: number): DensePoint {
    const { best } = this;
    best.at = this.iterations;
    while (this.iterations < MAX_ITERATIONS) {
      const error = this.measure();
      if (error < best.error) this.keep(error);
      if (error <= accuracy || Number.isNaN(error)) break;
      if (best.error < CLOSE && this.iterations - best.at > PATIENCE) break;
      this.advance();
      this.iterations++;
    }
    const { y, slack, multiplier } = best;
    return polishDense({ ...this.program, rows: this.rows, rhs: this.rhs }, { y, slack, multiplier });
  }

  /** Solves the program once with every row as soft as the cost, and pushes slacks and multipliers inside. */
  private start(): void {
    const { slack, multiplier, count, rhs, primal } = this;
    this.slack.fill(1);
    this.multiplier.fill(1);
    this.weigh();
    for (let i = 0; i < this.size; i++) this.dy[i] = -this.program.linear[i];
    for (let r = 0; r < count; r++) this.addRow(this.dy, r, rhs[r]);
    solveDenseFactor(this.factor, this.dy);
    this.y.set(this.dy);
    let reach = 1e-9;
    for (let r = 0; r < count; r++) {
      primal[r] = rhs[r] - this.alongRow(r, this.y);
      reach = Math.max(reach, Math.abs(primal[r]));
    }
    const price = Math.max(1e-9, largest(this.program.linear));
    for (let r = 0; r < count; r++) {
      slack[r] = Math.max(primal[r], 0.1 * reach);
      multiplier[r] = (0.1 * price * reach) / slack[r];
    }
  }

  private measure(): number {
    const { size, count, y, slack, multiplier, dual, primal } = this;
    const { hessian, linear } = this.program;
    let objective = 0;
    let scale = 1e-9;
    for (let i = 0; i < size; i++) {
      let curved = 0;
      for (let k = 0; k < size; k++) curved += hessian[i * size + k] * y[k];
      dual[i] = -curved - linear[i];
      objective += y[i] * (linear[i] + 0.5 * curved);
      scale = Math.max(scale, Math.abs(linear[i]), Math.abs(curved));
    }
    let gap = 0;
    for (let r = 0; r < count; r++) {
      primal[r] = this.rhs[r] - slack[r] - this.alongRow(r, y);
      this.addRow(dual, r, -multiplier[r]);
      gap += slack[r] * multiplier[r];
    }
    this.mu = count > 0 ? gap / count : 0;
    const reach = Math.max(largest(y), largest(this.rhs), 1e-9);
    const value = Math.max(Math.abs(objective), 1e-3 * scale * reach);
    return Math.max(largest(primal) / reach, largest(dual) / scale, gap / value);
  }

  private advance(): void {
    const { y, dy, slack, multiplier, dSlack, dMultiplier, count } = this;
    this.weigh();
    this.direct(0, false);
    let [primal, dual] = [this.longest(slack, dSlack, 1), this.longest(multiplier, dMultiplier, 1)];
    let affine = 0;
    for (let r = 0; r < count; r++) {
      affine += ((slack[r] + primal * dSlack[r]) * (multiplier[r] + dual * dMultiplier[r])) / count;
    }
    const ratio = this.mu > 0 ? affine / this.mu : 0;
    this.direct(Math.min(1, ratio * ratio * ratio) * this.mu, true);
    [primal, dual] = [this.longest(slack, dSlack, SHORTENING), this.longest(multiplier, dMultiplier, SHORTENING)];
    const step = Math.min(primal, dual);
    for (let i = 0; i < this.size; i++) y[i] += step * dy[i];
    for (let r = 0; r < count; r++) {
      slack[r] += step * dSlack[r];
      multiplier[r] += step * dMultiplier[r];
    }
  }

  /** Factor of H + G'·(z/s)·G. Entries are formed two by two, each as a product of columns of G: few loads for each product. */
  private weigh(): void {
    const { size, count, factor, columns, slack, multiplier, weight, weighted } = this;
    for (let r = 0; r < count; r++) weight[r] = multiplier[r] / slack[r];
    factor.set(this.program.hessian);
    for (let i = 0; i < size; i++) factor[i * size + i] += this.proximal;
    for (let i = 0; i < size; i += 2) {
      const next = Math.min(i + 1, size - 1);
      for (let r = 0; r < count; r++) {
        weighted[2 * r] = weight[r] * columns[i * count + r];
        weighted[2 * r + 1] = weight[r] * columns[next * count + r];
      }
      for (let k = 0; k <= i; k += 2) this.addBlock(i, k);
    }
    factorDense(factor, size);
  }

  /** Adds the weighted products of columns i and i + 1 with columns k and k + 1. */
  private addBlock(i: number, k: number): void {
    const { size, count, factor, columns, weighted } = this;
    const [left, right] = [k * count, Math.min(k + 1, size - 1) * count];
    let [upperLeft, upperRight, lowerLeft, lowerRight] = [0, 0, 0, 0];
    for (let r = 0; r < count; r++) {
      const a = weighted[2 * r];
      const b = weighted[2 * r + 1];
      const c = columns[left + r];
      const d = columns[right + r];
      upperLeft += a * c;
      upperRight += a * d;
      lowerLeft += b * c;
      lowerRight += b * d;
    }
    const at = i * size + k;
    factor[at] += upperLeft;
    if (k + 1 < size) factor[at + 1] += upperRight;
    if (i + 1 < size) {
      factor[at + size] += lowerLeft;
      if (k + 1 < size) factor[at + size + 1] += lowerRight;
    }
  }

  private direct(target: number, corrects: boolean): void {
    const { dy, dual, primal, slack, multiplier, dSlack, dMultiplier, count } = this;
    dy.set(dual);
    for (let r = 0; r < count; r++) {
      const product = corrects ? dSlack[r] * dMultiplier[r] : 0;
      dMultiplier[r] = (target - product - multiplier[r] * primal[r]) / slack[r] - multiplier[r];
      this.addRow(dy, r, -dMultiplier[r]);
    }
    solveDenseFactor(this.factor, dy);
    for (let r = 0; r < count; r++) {
      const along = this.alongRow(r, dy);
      dSlack[r] = primal[r] - along;
      dMultiplier[r] += (multiplier[r] / slack[r]) * along;
    }
  }

  private longest(from: Float64Array, change: Float64Array, share: number): number {
    let step = 1 / share;
    for (let r = 0; r < this.count; r++) if (change[r] < 0) step = Math.min(step, -from[r] / change[r]);
    return Math.min(1, share * step);
  }

  private keep(error: number): void {
    this.best.y.set(this.y);
    this.best.slack.set(this.slack);
    this.best.multiplier.set(this.multiplier);
    this.best.error = error;
    this.best.at = this.iterations;
  }

  private alongRow(row: number, vector: Float64Array): number {
    const from = row * this.size;
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += this.rows[from + i] * vector[i];
    return sum;
  }

  private addRow(to: Float64Array, row: number, factor: number): void {
    const from = row * this.size;
    for (let i = 0; i < this.size; i++) to[i] += factor * this.rows[from + i];
  }
}

function rowNorms({ rows, rhs, size }: DenseProgram): Float64Array {
  return rhs.map((_, r) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += rows[r * size + i] * rows[r * size + i];
    return sum > 0 ? Math.sqrt(sum) : 1;
  });
}

function largest(vector: Float64Array): number {
  let size = 0;
  for (let i = 0; i < vector.length; i++) size = Math.max(size, Math.abs(vector[i]));
  return size;
}
