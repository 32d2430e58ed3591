/**
 * The form that the interior point solves: min ½ Σ curvature x² + linear·x, A x = rhs, lower ≤ x ≤ upper, where the last columns
 * are the slacks of inequality rows and rows are in order of time. A is kept by columns: column j has the entries `start[j] .. start[j + 1] - 1`.
 */
export interface BandedProgram {
  readonly columns: number;
  readonly rows: number;
  /** Columns before this one are variables, the others slacks. */
  readonly structural: number;
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
  readonly rhs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** First row that row i shares a column with: where the envelope of the normal matrix begins. */
  readonly first: Int32Array;
  /** Slack column of each row, −1 for an equality. */
  readonly slack: Int32Array;
}

/** Costs by column: curvature and linear term. */
export interface Costs {
  readonly linear: Float64Array;
  readonly curvature: Float64Array;
}

/** A point of a banded program with its multipliers: curvature∘x + linear + A'y − zl + zu = 0 at the optimum. */
export interface Point {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly zl: Float64Array;
  readonly zu: Float64Array;
}

/** out = A'y. */
export function transposedProduct(program: BandedProgram, y: Float64Array, out: Float64Array): void {
  const { columns, start, row, value } = program;
  let at = 0;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (const end = start[j + 1]; at < end; at++) sum += value[at] * y[row[at]];
    out[j] = sum;
  }
}

/** to = A x − to: how far A x is beyond a vector by rows. */
export function excess(program: BandedProgram, x: Float64Array, to: Float64Array): void {
  const { columns, rows, start, row, value } = program;
  for (let i = 0; i < rows; i++) to[i] = -to[i];
  let at = 0;
  for (let j = 0; j < columns; j++) {
    const each = x[j];
    for (const end = start[j + 1]; at < end; at++) to[row[at]] += value[at] * each;
  }
}

/** The largest of prices and curved prices at x: what slopes are measured by. A program may have no price but its curvature. */
export function priceScale({ linear, curvature }: Costs, x: Float64Array, columns: number): number {
  let scale = 1e-9;
  for (let j = 0; j < columns; j++) {
    const price = Math.max(Math.abs(linear[j]), Math.abs(curvature[j] * x[j]));
    if (price > scale) scale = price;
  }
  return scale;
}

/** Largest absolute value among the first `count`. */
export function largestOf(vector: Float64Array, count: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) {
    const each = Math.abs(vector[i]);
    if (each > size) size = each;
  }
  return size;
}

/** A row before sorting: entries by column, its right-hand side, and whether it is an equality. */
export interface LooseRow {
  readonly entries: ReadonlyMap<number, number>;
  readonly rhs: number;
  readonly isEquality: boolean;
}

/** Sorted rows as a banded program, and the place of each given row in it. */
export interface SortedRows {
  readonly program: BandedProgram;
  readonly place: Int32Array;
}

/**
 * Sorts rows by the latest step of their variables, so that a row meets only rows nearby, and adds the slacks of inequalities.
 * @param step step of each variable; its length is the number of variables
 */
export function bandRows(rows: readonly LooseRow[], step: Int32Array, bounds: Bounds): SortedRows {
  const order = sortByTime(rows, step);
  const place = new Int32Array(rows.length);
  order.forEach((row, index) => (place[row] = index));
  const sorted = order.map(index => rows[index]);
  const slack = Int32Array.from(sorted, () => -1);
  let columns = step.length;
  sorted.forEach((row, index) => {
    if (!row.isEquality) slack[index] = columns++;
  });
  const matrix = byColumns(sorted, slack, columns);
  const lower = new Float64Array(columns);
  const upper = new Float64Array(columns).fill(Infinity);
  lower.set(bounds.lower);
  upper.set(bounds.upper);
  const rhs = Float64Array.from(sorted, row => row.rhs);
  const size = { columns, rows: rows.length, structural: step.length };
  return { program: { ...size, ...matrix, rhs, lower, upper, slack, first: envelope(matrix, size) }, place };
}

export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

type Matrix = Pick<BandedProgram, "start" | "row" | "value">;

function sortByTime(rows: readonly LooseRow[], step: Int32Array): number[] {
  const latest = rows.map(row => {
    let time = -1;
    for (const column of row.entries.keys()) time = Math.max(time, step[column]);
    return time;
  });
  return rows.map((_, index) => index).sort((a, b) => latest[a] - latest[b] || a - b);
}

function byColumns(rows: readonly LooseRow[], slack: Int32Array, columns: number): Matrix {
  const start = new Int32Array(columns + 1);
  rows.forEach((row, index) => {
    for (const column of row.entries.keys()) start[column + 1]++;
    if (slack[index] >= 0) start[slack[index] + 1]++;
  });
  for (let column = 0; column < columns; column++) start[column + 1] += start[column];
  const next = start.slice(0, columns);
  const matrix = { start, row: new Int32Array(start[columns]), value: new Float64Array(start[columns]) };
  const put = (column: number, row: number, value: number): void => {
    matrix.row[next[column]] = row;
    matrix.value[next[column]++] = value;
  };
  rows.forEach((row, index) => {
    for (const [column, value] of row.entries) put(column, index, value);
    if (slack[index] >= 0) put(slack[index], index, 1);
  });
  return matrix;
}

function envelope(matrix: Matrix, size: { columns: number; rows: number }): Int32Array {
  const first = Int32Array.from({ length: size.rows }, (_, row) => row);
  for (let column = 0; column < size.columns; column++) {
    const begin = matrix.start[column];
    for (let at = begin; at < matrix.start[column + 1]; at++) {
      first[matrix.row[at]] = Math.min(first[matrix.row[at]], matrix.row[begin]);
    }
  }
  return first;
}

/** A program of nothing, for engines that have not met theirs. */
export const EMPTY: BandedProgram = bandRows([], new Int32Array(0), {
  lower: new Float64Array(0),
  upper: new Float64Array(0),
}).program;
