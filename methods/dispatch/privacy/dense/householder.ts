import { addScaled, dot, rowOf, times, transposeTimes, zeros, type Matrix } from "./matrix.js";

/**
 * Orthogonal factors of the transpose of a matrix A (m × n), A' = Q [R; 0], by Householder reflections of its rows in order;
 * rows that depend on those before them are set aside, which finds the rank (Golub and Van Loan, Matrix Computations, 5.2 and 5.4).
 */
export interface RowSpace {
  readonly rank: number;
  /** Rows of A: those that are independent, then those that depend on them. */
  readonly order: Int32Array;
  /** Row i: coefficients of row `order[i]` of A on the rows of `range` (m × rank), a lower triangle for independent rows. */
  readonly triangle: Matrix;
  /** Orthonormal rows that span the rows of A (rank × n). */
  readonly range: Matrix;
  /** Orthonormal rows that span the null space of A ((n − rank) × n). */
  readonly null: Matrix;
}

/** What a row must keep of its length, after the rows before it are taken out, to count as independent. */
const DEPENDENT = 1e-10;

/** Splits n-space into the span of the rows of A and the rest. */
export function rowSpace(matrix: Matrix): RowSpace {
  const reflectors: Float64Array[] = [];
  const [independent, dependent]: [TurnedRow[], TurnedRow[]] = [[], []];
  for (let row = 0; row < matrix.rows; row++) {
    const turned = rowOf(matrix, row).slice();
    const length = Math.sqrt(dot(turned, turned));
    reflectors.forEach((reflector, step) => reflect(turned, reflector, step));
    const step = reflectors.length;
    const rest = turned.subarray(step);
    if (Math.sqrt(dot(rest, rest)) <= DEPENDENT * length) {
      dependent.push({ row, turned });
      continue;
    }
    const reflector = reflectorOf(turned, step);
    reflect(turned, reflector, step);
    reflectors.push(reflector);
    independent.push({ row, turned });
  }
  const rank = reflectors.length;
  const rows = [...independent, ...dependent];
  const triangle = zeros(rows.length, rank);
  rows.forEach(({ turned }, i) => rowOf(triangle, i).set(turned.subarray(0, rank)));
  return { rank, order: Int32Array.from(rows, ({ row }) => row), triangle, ...basesOf(reflectors, matrix.columns) };
}

/** A row of A in the basis that the reflections before it lead to. */
interface TurnedRow {
  readonly row: number;
  readonly turned: Float64Array;
}

/**
 * The shortest x whose products with the independent rows are `rhs` (by row of A), and how far the worst of the
 * dependent rows stays away from its own.
 */
export function shortestSolution({ rank, order, triangle, range }: RowSpace, rhs: Float64Array) {
  const weights = new Float64Array(rank);
  const worst = { row: -1, amount: 0 };
  for (let i = 0; i < order.length; i++) {
    const known = Math.min(i, rank);
    const row = rowOf(triangle, i);
    const rest = rhs[order[i]] - dot(row.subarray(0, known), weights.subarray(0, known));
    if (i < rank) weights[i] = rest / row[i];
    else if (Math.abs(rest) > worst.amount) Object.assign(worst, { row: order[i], amount: Math.abs(rest) });
  }
  return { x: transposeTimes(range, weights), worst };
}

/** Coefficients λ by row of A such that A'λ is closest to the target; 0 for dependent rows. */
export function rowCombination({ rank, order, triangle, range }: RowSpace, target: Float64Array): Float64Array {
  const rest = times(range, target);
  const coefficients = new Float64Array(order.length);
  for (let i = rank - 1; i >= 0; i--) {
    const row = rowOf(triangle, i);
    const value = rest[i] / row[i];
    coefficients[order[i]] = value;
    for (let j = 0; j < i; j++) rest[j] -= value * row[j];
  }
  return coefficients;
}

/** A vector w of length √2 whose reflection 1 − w w' takes everything of x behind `first` into `first`. */
export function reflectorOf(x: Float64Array, first: number): Float64Array {
  const reflector = x.slice(first);
  const length = Math.sqrt(dot(reflector, reflector));
  if (length === 0) return reflector;
  reflector[0] += reflector[0] < 0 ? -length : length;
  const scale = Math.sqrt(2 / dot(reflector, reflector));
  for (let i = 0; i < reflector.length; i++) reflector[i] *= scale;
  return reflector;
}

/** x ← (1 − w w') x on the entries of x from `first` on. */
export function reflect(x: Float64Array, reflector: Float64Array, first: number): void {
  const rest = x.subarray(first);
  const along = dot(rest, reflector);
  if (along !== 0) addScaled(rest, -along, reflector);
}

/** The columns of Q as rows: unit vectors through the reflections, the last one first. */
function basesOf(reflectors: readonly Float64Array[], size: number): { range: Matrix; null: Matrix } {
  const rank = reflectors.length;
  const all = zeros(size, size);
  for (let i = 0; i < size; i++) {
    const vector = rowOf(all, i);
    vector[i] = 1;
    for (let step = Math.min(i, rank - 1); step >= 0; step--) reflect(vector, reflectors[step], step);
  }
  const range = { rows: rank, columns: size, data: all.data.subarray(0, rank * size) };
  const rest = { rows: size - rank, columns: size, data: all.data.subarray(rank * size) };
  return { range, null: rest };
}
