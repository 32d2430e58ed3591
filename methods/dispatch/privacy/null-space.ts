import { DispatchError } from "../dispatch-error.js";
import type { DenseProgram, DenseSolution } from "../kernel/index.js";
import type { QuadraticProgram, Solution } from "../program.js";
import {
  addScaled,
  dot,
  rowCombination,
  rowOf,
  rowSpace,
  shortestSolution,
  times,
  transpose,
  transposeTimes,
  weightedGram,
  zeros,
  type Matrix,
  type RowSpace,
} from "./dense/index.js";
import { forEachEntry, isFixed, limitRhs, limitRows, limitSources, visitRow, type LimitSource } from "./limit-rows.js";

/** How far a row may stay away from what it must be, relative to its size, and still count as kept. */
const KEPT = 1e-7;
/** A row whose entries are all smaller than this, relative to the original row, has vanished. */
const VANISHED = 1e-10;

/**
 * A program on the null space of its equalities, x = N y + x0 with A N = 0 and A x0 = b: what remains has no equalities,
 * and every limit keeps its slack. Fixed variables count as equalities; limits that the equalities already decide are left out.
 * @throws DispatchError `INFEASIBLE_AGENT` when equalities contradict each other or a limit that they decide
 */
export class NullSpaceForm {
  /** N, variables × free directions. */
  readonly basis: Matrix;
  /** x0, the shortest vector that satisfies the equalities. */
  readonly origin: Float64Array;
  readonly rows: Matrix;
  readonly rhs: Float64Array;
  /** Variable of each equality that stands for fixed bounds, behind the program's own equalities. */
  private readonly fixed: readonly number[];
  private readonly space: RowSpace;
  /** Where each row comes from. */
  readonly limits: readonly LimitSource[];
  private hessian: { readonly curvature: Float64Array; readonly data: Float64Array } | undefined;

  constructor(private readonly original: QuadraticProgram) {
    this.fixed = [...original.lower.keys()].filter(i => isFixed(original, i));
    this.space = rowSpace(equalityMatrix(original, this.fixed));
    this.basis = transpose(this.space.null);
    this.origin = originOf(this.space, equalityRhs(original, this.fixed));
    const sources = limitSources(original);
    const rows = limitRows(original, sources, this.basis);
    const rhs = sources.map(source => limitRhs(original, source) - rowTimes(original, source, this.origin));
    const open = sources.flatMap((source, i) => (hasVanished(original, source, rowOf(rows, i)) ? [] : [i]));
    refuseDecided(sources, rhs, new Set(open));
    this.limits = open.map(i => sources[i]);
    this.rows = zeros(open.length, rows.columns);
    open.forEach((i, place) => rowOf(this.rows, place).set(rowOf(rows, i)));
    this.rhs = Float64Array.from(open, i => rhs[i]);
  }

  get size(): number {
    return this.basis.columns;
  }

  /** The program in y for a linear term and a curvature; the Hessian is the same array as long as the curvature stays. */
  program(linear: Float64Array, curvature: Float64Array): DenseProgram {
    if (this.hessian === undefined || !curvature.every((p, i) => p === this.hessian?.curvature[i])) {
      this.hessian = { curvature: curvature.slice(), data: weightedGram(this.basis, curvature).data };
    }
    const gradient = linear.map((c, i) => c + curvature[i] * this.origin[i]);
    return {
      size: this.size,
      hessian: this.hessian.data,
      linear: transposeTimes(this.basis, gradient),
      rows: this.rows.data,
      rhs: this.rhs,
    };
  }

  /** The original program's solution from y and the multipliers of the rows. */
  solution(answer: DenseSolution, linear: Float64Array, curvature: Float64Array): Solution {
    const { original } = this;
    const x = times(this.basis, answer.y);
    addScaled(x, 1, this.origin);
    const gradient = linear.map((c, i) => c + curvature[i] * x[i]);
    const objective = original.constant + (dot(linear, x) + dot(gradient, x)) / 2;
    const limits = this.limitMultipliers(answer.multiplier, gradient);
    const equality = rowCombination(
      this.space,
      gradient.map(value => -value),
    );
    this.fixed.forEach((variable, i) => {
      const multiplier = equality[original.equalities.rhs.length + i];
      limits[multiplier < 0 ? "atLower" : "atUpper"][variable] = Math.abs(multiplier);
    });
    return {
      x,
      equality: equality.slice(0, original.equalities.rhs.length),
      ...limits,
      objective,
      iterations: answer.iterations,
    };
  }

  /** Multipliers by kind of limit; adds G'·multiplier to the gradient. */
  private limitMultipliers(multiplier: Float64Array, gradient: Float64Array) {
    const inequality = new Float64Array(this.original.inequalities.rhs.length);
    const atLower = new Float64Array(gradient.length);
    const atUpper = new Float64Array(gradient.length);
    const target = { inequality, lower: atLower, upper: atUpper };
    this.limits.forEach((limit, row) => {
      const value = Math.max(0, multiplier[row]);
      target[limit.kind][limit.index] = value;
      forEachEntry(this.original, limit, (column, entry) => (gradient[column] += value * entry));
    });
    return { inequality, atLower, atUpper };
  }
}

function equalityMatrix({ equalities, lower }: QuadraticProgram, fixed: readonly number[]): Matrix {
  const own = equalities.rhs.length;
  const matrix = zeros(own + fixed.length, lower.length);
  for (let row = 0; row < own; row++) {
    const target = rowOf(matrix, row);
    visitRow(equalities, row, (column, value) => (target[column] += value));
  }
  fixed.forEach((variable, i) => (rowOf(matrix, own + i)[variable] = 1));
  return matrix;
}

function equalityRhs({ equalities, lower }: QuadraticProgram, fixed: readonly number[]): Float64Array {
  return Float64Array.from([...equalities.rhs, ...fixed.map(variable => lower[variable])]);
}

/** x0, when no dependent equality contradicts the others. */
function originOf(space: RowSpace, rhs: Float64Array): Float64Array {
  const { x, worst } = shortestSolution(space, rhs);
  const size = rhs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  if (worst.amount > KEPT * size) throw contradiction(`equality ${worst.row}`, worst.amount);
  return x;
}

function rowTimes(program: QuadraticProgram, source: LimitSource, x: Float64Array): number {
  let sum = 0;
  forEachEntry(program, source, (column, value) => (sum += value * x[column]));
  return sum;
}

function hasVanished(program: QuadraticProgram, source: LimitSource, row: Float64Array): boolean {
  let size = 0;
  forEachEntry(program, source, (_, value) => (size = Math.max(size, Math.abs(value))));
  return row.every(entry => Math.abs(entry) <= VANISHED * size);
}

function refuseDecided(sources: readonly LimitSource[], rhs: readonly number[], open: ReadonlySet<number>): void {
  const size = rhs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const broken = sources.findIndex((_, i) => !open.has(i) && rhs[i] < -KEPT * size);
  if (broken >= 0) throw contradiction(`${sources[broken].kind} ${sources[broken].index}`, -rhs[broken]);
}

function contradiction(row: string, amount: number): DispatchError {
  const cure = `relax it by ${amount.toPrecision(6)} or correct the data behind it`;
  return new DispatchError("INFEASIBLE_AGENT", `${row} contradicts the other equalities: ${cure}`);
}
