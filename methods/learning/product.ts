/**
 * A product of matrices: `to[r][c] = max(floor, Σ left[r · leftRow + k · leftStep] · right[k][c])`, k below `inner`.
 * Rows and columns are multiples of BLOCK; `right` and `to` are stored row by row without gaps.
 */
export interface Product {
  readonly left: Float32Array;
  /** Distances in `left` between rows and between the summed terms; exchanging the two transposes it. */
  readonly leftRow: number;
  readonly leftStep: number;
  readonly right: Float32Array;
  readonly to: Float32Array;
  readonly rows: number;
  /** At least 1. */
  readonly inner: number;
  readonly columns: number;
  /** 0 rectifies, -Infinity does not. */
  readonly floor: number;
}

/** Rows and columns of a product are multiples of this. */
export const BLOCK = 4;

/** The next multiple of BLOCK. */
export const padded = (count: number) => Math.ceil(count / BLOCK) * BLOCK;

/** Computes products of matrices that lie in its rooms. */
export interface Multiplier {
  /** Room for numbers, zero at first, of the sizes that were asked for. */
  readonly rooms: readonly Float32Array[];
  multiply(product: Product): void;
  /** Sets those numbers to 0 that stand where `gates` is not above 0; both have as many, a multiple of BLOCK. */
  gate(values: Float32Array, gates: Float32Array, count: number): void;
}

/** Makes a multiplier with rooms of these sizes, multiples of BLOCK. */
export type MakeMultiplier = (sizes: readonly number[]) => Multiplier;
