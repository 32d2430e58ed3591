import { type BandedProgram, excess, largestOf, transposedProduct } from "./banded-program.js";
import { SmallSimplex } from "./small-simplex.js";

/** The largest part that is solved on a full tableau: a step of a dozen devices. */
const MAX_COLUMNS = 48;

interface Part {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly linear: Float64Array;
  readonly simplex: SmallSimplex;
}

/**
 * A linear program that falls apart into small ones, as that of an agent without storage does into its steps: each is solved from a
 * vertex that was found once. The answer is a vertex, with the multipliers of its rows.
 */
export class StepPrograms {
  readonly x: Float64Array;
  readonly y: Float64Array;
  iterations = 0;

  private readonly slope: Float64Array;
  private readonly missed: Float64Array;

  private constructor(
    private readonly program: BandedProgram,
    private readonly parts: readonly Part[],
  ) {
    this.x = new Float64Array(program.columns);
    this.y = new Float64Array(program.rows);
    this.slope = new Float64Array(program.columns);
    this.missed = new Float64Array(program.rows);
  }

  /**
   * @param linear prices whose vertex solves begin at
   * @returns undefined when a part is too large, or nothing satisfies it
   */
  static split(program: BandedProgram, linear: Float64Array): StepPrograms | undefined {
    const groups = connectedColumns(program);
    if (groups.some(columns => columns.length > MAX_COLUMNS)) return undefined;
    const parts: Part[] = [];
    for (const columns of groups) {
      const part = partOf(program, columns);
      part.columns.forEach((column, j) => (part.linear[j] = linear[column]));
      if (!part.simplex.begin(part.linear)) return undefined;
      parts.push(part);
    }
    return new StepPrograms(program, parts);
  }

  /** @returns the largest relative error of x and y: of a row, a bound or a multiplier's sign; infinite where there is no answer */
  solve(linear: Float64Array): number {
    const { x, y } = this;
    this.iterations = 0;
    for (const part of this.parts) {
      const { columns, rows, simplex } = part;
      for (let j = 0; j < columns.length; j++) part.linear[j] = linear[columns[j]];
      if (!simplex.solve(part.linear)) return Infinity;
      this.iterations += simplex.pivots;
      for (let j = 0; j < columns.length; j++) x[columns[j]] = simplex.x[j];
      for (let i = 0; i < rows.length; i++) y[rows[i]] = simplex.slope[columns.length + i];
    }
    return this.error(linear);
  }

  private error(linear: Float64Array): number {
    const { program, x, y, slope, missed } = this;
    const { columns, rows, rhs, lower, upper } = program;
    for (let i = 0; i < rows; i++) missed[i] = rhs[i];
    excess(program, x, missed);
    transposedProduct(program, y, slope);
    let primal = largestOf(missed, rows);
    let dual = 0;
    for (let j = 0; j < columns; j++) {
      const push = linear[j] + slope[j];
      primal = Math.max(primal, lower[j] - x[j], x[j] - upper[j]);
      if (x[j] !== lower[j]) dual = Math.max(dual, push);
      if (x[j] !== upper[j]) dual = Math.max(dual, -push);
    }
    const quantity = Math.max(1e-9, largestOf(x, columns), largestOf(rhs, rows));
    return Math.max(primal / quantity, dual / Math.max(1e-9, largestOf(linear, columns)));
  }
}

/** Groups of columns that share rows, each in order. */
function connectedColumns({ columns, rows, start, row }: BandedProgram): number[][] {
  const above = Array.from({ length: columns }, (_, j) => j);
  const rootOf = (column: number): number => {
    let root = column;
    while (above[root] !== root) root = above[root] = above[above[root]];
    return root;
  };
  const firstOf = new Int32Array(rows).fill(-1);
  for (let j = 0; j < columns; j++) {
    for (let at = start[j]; at < start[j + 1]; at++) {
      if (firstOf[row[at]] < 0) firstOf[row[at]] = j;
      else above[rootOf(j)] = rootOf(firstOf[row[at]]);
    }
  }
  const groups = new Map<number, number[]>();
  for (let j = 0; j < columns; j++) {
    const group = groups.get(rootOf(j));
    if (group) group.push(j);
    else groups.set(rootOf(j), [j]);
  }
  return [...groups.values()];
}

function partOf({ start, row, value, rhs, lower, upper }: BandedProgram, group: readonly number[]): Part {
  const place = new Map<number, number>();
  for (const column of group) {
    for (let at = start[column]; at < start[column + 1]; at++) if (!place.has(row[at])) place.set(row[at], place.size);
  }
  const columns = Int32Array.from(group);
  const rows = Int32Array.from(place.keys());
  const matrix = new Float64Array(rows.length * columns.length);
  group.forEach((column, j) => {
    for (let at = start[column]; at < start[column + 1]; at++) {
      matrix[(place.get(row[at]) ?? 0) * columns.length + j] = value[at];
    }
  });
  const bounds = { lower: pick(lower, columns), upper: pick(upper, columns), rhs: pick(rhs, rows) };
  const simplex = new SmallSimplex({ rows: rows.length, columns: columns.length, matrix, ...bounds });
  return { columns, rows, linear: new Float64Array(columns.length), simplex };
}

function pick(from: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, place => from[place]);
}
