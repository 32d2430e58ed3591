import type { Matrix } from "./description.js";

/** A square complex matrix by rows. */
export interface ComplexMatrix {
  readonly re: Matrix;
  readonly im: Matrix;
}

/** Square real matrix of n rows whose elements are `at(row, column)`. */
export function matrixOf(n: number, at: (row: number, column: number) => number): number[][] {
  return Array.from({ length: n }, (_, row) => Array.from({ length: n }, (_, column) => at(row, column)));
}

/** Diagonal complex matrix of n equal elements. */
export function diagonal(n: number, re: number, im: number): ComplexMatrix {
  return { re: matrixOf(n, (i, j) => (i === j ? re : 0)), im: matrixOf(n, (i, j) => (i === j ? im : 0)) };
}

/** Every element times a real factor. */
export function scaled(matrix: Matrix, factor: number): number[][] {
  return matrix.map(row => row.map(value => value * factor));
}

/** Kron reduction: eliminates the last rows and columns (grounded conductors) until `kept` remain. */
export function kronReduce(matrix: ComplexMatrix, kept: number): ComplexMatrix {
  const last = matrix.re.length - 1;
  if (last < kept) return matrix;
  const { re, im } = matrix;
  const size = re[last][last] * re[last][last] + im[last][last] * im[last][last];
  const [invRe, invIm] = [re[last][last] / size, -im[last][last] / size];
  const fill = (i: number, j: number): [number, number] => {
    const a = re[i][last] * re[last][j] - im[i][last] * im[last][j];
    const b = re[i][last] * im[last][j] + im[i][last] * re[last][j];
    return [a * invRe - b * invIm, a * invIm + b * invRe];
  };
  const reduced = {
    re: matrixOf(last, (i, j) => re[i][j] - fill(i, j)[0]),
    im: matrixOf(last, (i, j) => im[i][j] - fill(i, j)[1]),
  };
  return kronReduce(reduced, kept);
}

/** Inverse of a symmetric positive definite matrix of at most a few rows, by Gauss-Jordan elimination. */
export function inverse(matrix: Matrix): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    const pivot = work[k][k];
    work[k] = work[k].map(value => value / pivot);
    for (let i = 0; i < n; i++) {
      const factor = work[i][k];
      if (i !== k) work[i] = work[i].map((value, j) => value - factor * work[k][j]);
    }
  }
  return work.map(row => row.slice(n));
}
