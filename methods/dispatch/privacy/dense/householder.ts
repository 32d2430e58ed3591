import { addScaled, dot, rowOf, zeros, type Matrix } from "./matrix.js";

/**
 * Orthogonal factors of the transpose of a matrix A (m × n): A' P = Q [R; 0], by Householder reflections with pivoting,
 * which finds the rank (Businger and Golub 1965; Golub and Van Loan, Matrix Computations, 5.4.2).
 */
export interface RowSpace {
  /** Rows of A that are independent; row `order[i]` of A is the i-th that was taken. */
  readonly rank: number;
  readonly order: Int32Array;
  /** Lower triangle R' in the order of pivots: entry (i, j), j ≤ i, of i-th and j-th pivot, for all m rows of A. */
  readonly triangle: Matrix;
  /** Orthonormal rows that span the rows of A (rank × n). */
  readonly range: Matrix;
  /** Orthonormal rows that span the null space of A ((n − rank) × n). */
  readonly null: Matrix;
}

/** What a row must keep of the largest row's length, after the rows before it are taken out, to count as independent. */
const DEPENDENT = 1e-10;

/** Splits n-space into the span of the rows of A and the rest. */
export function rowSpace(matrix: Matrix): RowSpace {
  const triangle: Matrix = { ...matrix, data: matrix.data.slice() };
  const order = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const reflectors: Float64Array[] = [];
  const most = Math.min(matrix.rows, matrix.columns);
  let threshold = 0;
  for (let step = 0; step < most; step++) {
    const { row, length } = longestRest(triangle, step);
    if (step === 0) threshold = length * DEPENDENT;
    if (length <= threshold) break;
    swapRows(triangle, order, step, row);
    const reflector = reflectorOf(rowOf(triangle, step), step);
    for (let i = step; i < triangle.rows; i++) reflect(rowOf(triangle, i), reflector, step);
    reflectors.push(reflector);
  }
  return { rank: reflectors.length, order, triangle, ...basesOf(reflectors, matrix.columns) };
}

/** Among rows from `step` on, the one that is longest from column `step` on. */
function longestRest(matrix: Matrix, step: number): { row: number; length: number } {
  let best = { row: step, length: -1 };
  for (let i = step; i < matrix.rows; i++) {
    const rest = rowOf(matrix, i).subarray(step);
    const length = Math.sqrt(dot(rest, rest));
    if (length > best.length) best = { row: i, length };
  }
  return best;
}

function swapRows(matrix: Matrix, order: Int32Array, a: number, b: number): void {
  if (a === b) return;
  const kept = rowOf(matrix, a).slice();
  rowOf(matrix, a).set(rowOf(matrix, b));
  rowOf(matrix, b).set(kept);
  [order[a], order[b]] = [order[b], order[a]];
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
  addScaled(rest, -dot(rest, reflector), reflector);
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
