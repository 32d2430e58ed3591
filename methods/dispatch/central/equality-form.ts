import type { QuadraticProgram, SparseRows } from "../program.js";

/** min ½ Σ curvature·x² + linear·x, matrix·x = rhs, lower ≤ x ≤ upper, where no variable is fixed: slacks stand last. */
export interface EqualityForm {
  readonly variables: number;
  readonly curvature: Float64Array;
  readonly linear: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rhs: Float64Array;
  /** Entries of the matrix. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Place in the program of each variable that is no slack. */
  readonly kept: Int32Array;
}

/** Takes out the variables that are fixed and gives every inequality a slack. */
export function equalityForm(program: QuadraticProgram): EqualityForm {
  const { lower, upper, equalities, inequalities } = program;
  const kept = Int32Array.from(lower.keys()).filter(i => lower[i] < upper[i]);
  const place = new Int32Array(lower.length).fill(-1);
  kept.forEach((variable, i) => (place[variable] = i));
  const slacks = inequalities.rhs.length;
  const bounds = (of: Float64Array, slack: number) => [...Array.from(kept, i => of[i]), ...filled(slacks, slack)];
  const entries = { rows: [] as number[], columns: [] as number[], values: [] as number[] };
  const rhs = [
    ...addRows(entries, equalities, { place, lower, below: 0 }),
    ...addRows(entries, inequalities, { place, lower, below: equalities.rhs.length }),
  ];
  for (let s = 0; s < slacks; s++) {
    entries.rows.push(equalities.rhs.length + s);
    entries.columns.push(kept.length + s);
    entries.values.push(1);
  }
  return {
    variables: kept.length + slacks,
    curvature: Float64Array.from(bounds(program.curvature, 0)),
    linear: Float64Array.from(bounds(program.linear, 0)),
    lower: Float64Array.from(bounds(lower, 0)),
    upper: Float64Array.from(bounds(upper, Infinity)),
    rhs: Float64Array.from(rhs),
    rows: Int32Array.from(entries.rows),
    columns: Int32Array.from(entries.columns),
    values: Float64Array.from(entries.values),
    kept,
  };
}

interface Entries {
  readonly rows: number[];
  readonly columns: number[];
  readonly values: number[];
}

interface Placing {
  readonly place: Int32Array;
  readonly lower: Float64Array;
  /** Number of rows before these. */
  readonly below: number;
}

/** Adds rows without their fixed variables and tells what is left of the right-hand sides. */
function addRows(entries: Entries, rows: SparseRows, { place, lower, below }: Placing): number[] {
  return Array.from(rows.rhs, (rhs, r) => {
    let left = rhs;
    for (let e = rows.start[r]; e < rows.start[r + 1]; e++) {
      const column = place[rows.column[e]];
      if (column < 0) {
        left -= rows.value[e] * lower[rows.column[e]];
        continue;
      }
      entries.rows.push(below + r);
      entries.columns.push(column);
      entries.values.push(rows.value[e]);
    }
    return left;
  });
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}
