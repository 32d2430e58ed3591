import { dot, identity, rowOf, transpose, type Matrix } from "./matrix.js";
import { reflect, reflectorOf } from "./householder.js";

/** symmetric = Σ values[i] · v_i v_i', with the orthonormal v_i as rows of `vectors`; values in no order. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

const MOST_SWEEPS = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix: reflections to three diagonals, then implicit QL steps
 * (Golub and Van Loan, Matrix Computations, 8.3).
 */
export function symmetricEigen(symmetric: Matrix): Eigen {
  const { values, beside, vectors } = tridiagonal(symmetric);
  for (let low = 0; low < values.length; low++) {
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const high = endOfBlock(values, beside, low);
      if (high === low) break;
      qlStep({ values, beside, vectors }, low, high);
    }
  }
  return { values, vectors };
}

interface Tridiagonal extends Eigen {
  /** beside[i] joins i and i + 1. */
  readonly beside: Float64Array;
}

/** T = V S V' with three diagonals; rows of V are `vectors`. */
function tridiagonal(symmetric: Matrix): Tridiagonal {
  const size = symmetric.rows;
  const work: Matrix = { ...symmetric, data: symmetric.data.slice() };
  const turned = identity(size);
  for (let step = 0; step < size - 2; step++) {
    const reflector = reflectorOf(rowOf(work, step), step + 1);
    reflectBothSides(work, reflector, step);
    for (let i = 0; i < size; i++) reflect(rowOf(turned, i), reflector, step + 1);
  }
  const at = (i: number, j: number) => work.data[i * size + j];
  return {
    values: Float64Array.from({ length: size }, (_, i) => at(i, i)),
    beside: Float64Array.from({ length: size }, (_, i) => (i + 1 < size ? at(i, i + 1) : 0)),
    vectors: transpose(turned),
  };
}

/** S ← (1 − w w') S (1 − w w') as S − w q' − q w', q = S w − ½ (w'S w) w, on rows and columns from `step` on. */
function reflectBothSides(work: Matrix, reflector: Float64Array, step: number): void {
  const first = step + 1;
  reflect(rowOf(work, step), reflector, first);
  const image = Float64Array.from(reflector, (_, i) => dot(rowOf(work, first + i).subarray(first), reflector));
  const half = dot(image, reflector) / 2;
  for (let i = 0; i < image.length; i++) image[i] -= half * reflector[i];
  for (let i = 0; i < image.length; i++) {
    const row = rowOf(work, first + i).subarray(first);
    for (let j = 0; j < row.length; j++) row[j] -= reflector[i] * image[j] + image[i] * reflector[j];
  }
}

/** First place from `low` on whose neighbour is decoupled: what joins them is nothing beside them. */
function endOfBlock(values: Float64Array, beside: Float64Array, low: number): number {
  let high = low;
  while (high < values.length - 1) {
    const scale = Math.abs(values[high]) + Math.abs(values[high + 1]);
    if (Math.abs(beside[high]) <= Number.EPSILON * scale) break;
    high++;
  }
  return high;
}

/** One QL step with Wilkinson's shift on the block from low to high, chased from its end to its beginning by rotations. */
function qlStep({ values, beside, vectors }: Tridiagonal, low: number, high: number): void {
  const half = (values[low + 1] - values[low]) / (2 * beside[low]);
  const root = Math.sqrt(half * half + 1);
  const shift = values[low] - beside[low] / (half + (half < 0 ? -root : root));
  let bulge = values[high] - shift;
  let [sine, cosine, moved] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const across = sine * beside[i];
    const along = cosine * beside[i];
    const length = Math.sqrt(across * across + bulge * bulge);
    beside[i + 1] = length;
    if (length === 0) {
      values[i + 1] -= moved;
      beside[high] = 0;
      return;
    }
    sine = across / length;
    cosine = bulge / length;
    const corner = values[i + 1] - moved;
    const change = (values[i] - corner) * sine + 2 * cosine * along;
    moved = sine * change;
    values[i + 1] = corner + moved;
    bulge = cosine * change - along;
    rotate(rowOf(vectors, i), rowOf(vectors, i + 1), cosine, sine);
  }
  values[low] -= moved;
  beside[low] = bulge;
  beside[high] = 0;
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < a.length; k++) {
    const kept = b[k];
    b[k] = sine * a[k] + cosine * kept;
    a[k] = cosine * a[k] - sine * kept;
  }
}
