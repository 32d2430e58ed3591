/** A symmetric positive definite matrix, its lower half by rows, and its factor in the same place. */
export class CholeskyFactor {
  private readonly matrix: Float64Array;

  constructor(private readonly size: number) {
    this.matrix = new Float64Array(size * size);
  }

  /** A multiple of the identity. */
  reset(diagonal: number): void {
    this.matrix.fill(0);
    for (let i = 0; i < this.size; i++) this.matrix[i * this.size + i] = diagonal;
  }

  /** Adds factor · v v', where v has `values` at the (ascending) places and 0 elsewhere. */
  addSquare(values: Float64Array, places: Int32Array, factor: number): void {
    const { matrix, size } = this;
    const [first, last] = [places[0], places[places.length - 1]];
    const isRun = last - first === places.length - 1;
    for (let i = 0; i < places.length; i++) {
      const scaled = factor * values[i];
      if (scaled === 0) continue;
      const row = places[i] * size;
      if (isRun) for (let j = 0, at = row + first; j <= i; j++, at++) matrix[at] += scaled * values[j];
      else for (let j = 0; j <= i; j++) matrix[row + places[j]] += scaled * values[j];
    }
  }

  /** L L' = matrix; a pivot lost to rounding becomes so large that its variable stays where it is. */
  factorise(): void {
    const { matrix, size } = this;
    for (let i = 0; i < size; i++) {
      const row = i * size;
      for (let j = 0; j < i; j++) matrix[row + j] = this.rest(row, j * size, j) / matrix[j * size + j];
      const pivot = this.rest(row, row, i);
      matrix[row + i] = pivot > 1e-14 * Math.abs(matrix[row + i]) ? Math.sqrt(pivot) : 1e64;
    }
  }

  /** Entry (row, column) less the products of what is left of it in both rows. */
  private rest(row: number, other: number, column: number): number {
    const { matrix } = this;
    let even = 0;
    let odd = 0;
    let k = 0;
    for (; k + 3 < column; k += 4) {
      even += matrix[row + k] * matrix[other + k] + matrix[row + k + 2] * matrix[other + k + 2];
      odd += matrix[row + k + 1] * matrix[other + k + 1] + matrix[row + k + 3] * matrix[other + k + 3];
    }
    for (; k < column; k++) even += matrix[row + k] * matrix[other + k];
    return matrix[row + column] - (even + odd);
  }

  /** Replaces a right-hand side by the solution. */
  solve(vector: Float64Array): void {
    const { matrix, size } = this;
    for (let i = 0; i < size; i++) {
      let rest = vector[i];
      for (let k = 0; k < i; k++) rest -= matrix[i * size + k] * vector[k];
      vector[i] = rest / matrix[i * size + i];
    }
    for (let i = size - 1; i >= 0; i--) {
      vector[i] /= matrix[i * size + i];
      for (let k = 0; k < i; k++) vector[k] -= matrix[i * size + k] * vector[i];
    }
  }
}
