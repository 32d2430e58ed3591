/**
 * A product of matrices: `to[r][c] = max(floor, Σ left[r · leftRow + k · leftStep] · right[k][c])`, k below `inner`.
 * Rows and columns are multiples of 4; `right` and `to` are stored row by row.
 */
export interface Product {
  readonly left: Float32Array;
  /** Distances in `left` between rows and between the summed terms; exchanging the two transposes it. */
  readonly leftRow: number;
  readonly leftStep: number;
  readonly right: Float32Array;
  readonly to: Float32Array;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** 0 rectifies, -Infinity does not. */
  readonly floor: number;
}

/** Rows and columns of a product are multiples of this. */
export const BLOCK = 4;

/** The next multiple of BLOCK. */
export const padded = (count: number) => Math.ceil(count / BLOCK) * BLOCK;

/** Computes products in memory of its own. */
export interface Multiplier {
  /** Numbers, zero at first, that products may be made of. */
  allocate(count: number): Float32Array;
  multiply(product: Product): void;
}

/** Computes products in plain loops. */
export const loopMultiplier = (): Multiplier => ({
  allocate: count => new Float32Array(count),
  multiply({ left, leftRow, leftStep, right, to, rows, inner, columns, floor }) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += left[r * leftRow + k * leftStep] * right[k * columns + c];
        to[r * columns + c] = Math.max(floor, sum);
      }
    }
  },
});
