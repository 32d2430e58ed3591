/** A pivot below this share of its diagonal belongs to a direction that the matrix does not see: the solution is zero along it. */
const SINGULAR = 1e-14;

/**
 * Factors a symmetric positive semidefinite matrix in place, lower triangle by rows; diagonals become 1/pivot, or 0 where singular.
 * @param matrix size × size
 */
export function factorDense(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const diagonal = matrix[row + i];
    let pivot = diagonal;
    for (let j = 0; j < i; j++) {
      const other = j * size;
      let sum = matrix[row + j];
      for (let k = 0; k < j; k++) sum -= matrix[row + k] * matrix[other + k];
      sum *= matrix[other + j];
      matrix[row + j] = sum;
      pivot -= sum * sum;
    }
    matrix[row + i] = pivot > SINGULAR * diagonal ? 1 / Math.sqrt(pivot) : 0;
  }
}

/** Solves with a factor L·L' of `factorDense`, in place. */
export function solveDenseFactor(factor: Float64Array, vector: Float64Array): void {
  solveDenseLower(factor, vector);
  solveDenseUpper(factor, vector);
}

/** The first half of a solve: L⁻¹·vector, in place. */
export function solveDenseLower(factor: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let i = 0; i < size; i++) {
    let sum = vector[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * vector[k];
    vector[i] = sum * factor[i * size + i];
  }
}

/** The second half of a solve: L'⁻¹·vector, in place. */
export function solveDenseUpper(factor: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let i = size - 1; i >= 0; i--) {
    const solved = vector[i] * factor[i * size + i];
    vector[i] = solved;
    for (let k = 0; k < i; k++) vector[k] -= factor[i * size + k] * solved;
  }
}
