/** A dense matrix, stored row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function identity(size: number): Matrix {
  const matrix = zeros(size, size);
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1;
  return matrix;
}

/** A row as a view: writing to it writes to the matrix. */
export function rowOf({ data, columns }: Matrix, row: number): Float64Array {
  return data.subarray(row * columns, (row + 1) * columns);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** target += factor · source. */
export function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}

/** a · b. Zeros of `a` cost nothing, so sparse rows stay cheap. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const product = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    const target = rowOf(product, i);
    for (let k = 0; k < a.columns; k++) {
      const factor = a.data[i * a.columns + k];
      if (factor !== 0) addScaled(target, factor, rowOf(b, k));
    }
  }
  return product;
}

export function transpose({ rows, columns, data }: Matrix): Matrix {
  const turned = zeros(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.data[j * rows + i] = data[i * columns + j];
  return turned;
}

/** matrix · x. */
export function times(matrix: Matrix, x: Float64Array): Float64Array {
  const product = new Float64Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++) product[i] = dot(rowOf(matrix, i), x);
  return product;
}

/** matrix' · x. */
export function transposeTimes(matrix: Matrix, x: Float64Array): Float64Array {
  const product = new Float64Array(matrix.columns);
  for (let i = 0; i < matrix.rows; i++) if (x[i] !== 0) addScaled(product, x[i], rowOf(matrix, i));
  return product;
}

/**
 * matrix' · diag(weight) · matrix for weights that are not negative. The result is exactly symmetric and, but for
 * rounding, positive semidefinite.
 */
export function weightedGram(matrix: Matrix, weight: Float64Array): Matrix {
  const size = matrix.columns;
  const gram = zeros(size, size);
  for (let i = 0; i < matrix.rows; i++) {
    if (weight[i] === 0) continue;
    const row = rowOf(matrix, i);
    for (let j = 0; j < size; j++) {
      const factor = weight[i] * row[j];
      if (factor !== 0) for (let k = j; k < size; k++) gram.data[j * size + k] += factor * row[k];
    }
  }
  return mirrorUpper(gram);
}

/** map' · symmetric · map, exactly symmetric. */
export function congruence(symmetric: Matrix, map: Matrix): Matrix {
  const half = multiply(symmetric, map);
  const turned = transpose(map);
  const result = multiply(turned, half);
  const size = result.columns;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      result.data[i * size + j] = (result.data[i * size + j] + result.data[j * size + i]) / 2;
    }
  }
  return mirrorUpper(result);
}

function mirrorUpper(matrix: Matrix): Matrix {
  const size = matrix.columns;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix.data[i * size + j] = matrix.data[j * size + i];
  return matrix;
}
