/** A square matrix factored in place by rows, with the row exchanges that the factoring made. */
export interface DenseFactors {
  readonly size: number;
  /** Row-major; holds the matrix before `factor` and its factors L (unit diagonal) and U after it. */
  readonly matrix: Float64Array;
  readonly exchanges: Int32Array;
}

/** Room for the factors of a square matrix; it is used again by every `factor`. */
export function denseFactors(size: number): DenseFactors {
  return { size, matrix: new Float64Array(size * size), exchanges: new Int32Array(size) };
}

/** Factors the matrix in place with partial pivoting (Golub & Van Loan, §3.4); false when it is singular. */
export function factor({ size, matrix, exchanges }: DenseFactors): boolean {
  for (let k = 0; k < size; k++) {
    const pivotRow = largestBelow(matrix, size, k);
    exchanges[k] = pivotRow;
    if (pivotRow !== k) exchangeRows(matrix, size, k, pivotRow);
    const pivot = matrix[k * size + k];
    if (pivot === 0 || !Number.isFinite(pivot)) return false;
    for (let i = k + 1; i < size; i++) {
      const at = i * size;
      const entry = matrix[at + k];
      if (entry === 0) continue;
      const multiplier = entry / pivot;
      matrix[at + k] = multiplier;
      for (let j = k + 1; j < size; j++) matrix[at + j] -= multiplier * matrix[k * size + j];
    }
  }
  return true;
}

/** Overwrites a right-hand side with the solution. */
export function solveFactored({ size, matrix, exchanges }: DenseFactors, rhs: Float64Array): void {
  for (let k = 0; k < size; k++) {
    const other = exchanges[k];
    if (other === k) continue;
    const kept = rhs[k];
    rhs[k] = rhs[other];
    rhs[other] = kept;
  }
  for (let i = 1; i < size; i++) {
    let sum = rhs[i];
    for (let j = 0; j < i; j++) sum -= matrix[i * size + j] * rhs[j];
    rhs[i] = sum;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = rhs[i];
    for (let j = i + 1; j < size; j++) sum -= matrix[i * size + j] * rhs[j];
    rhs[i] = sum / matrix[i * size + i];
  }
}

function largestBelow(matrix: Float64Array, size: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < size; i++) if (Math.abs(matrix[i * size + k]) > Math.abs(matrix[best * size + k])) best = i;
  return best;
}

function exchangeRows(matrix: Float64Array, size: number, one: number, other: number): void {
  for (let j = 0; j < size; j++) {
    const kept = matrix[one * size + j];
    matrix[one * size + j] = matrix[other * size + j];
    matrix[other * size + j] = kept;
  }
}
