import type { QuadraticProgram, SparseRows } from "../program.js";

/** Extra weight of the last row over the first: among equal sums the one in the fewest and earliest rows is found. */
const TIE_BREAK = 1e-5;

/** A program whose rows may be violated at a price of 1 a unit: two violations for each equality, then one for each inequality. */
export interface RelaxedProgram {
  readonly program: QuadraticProgram;
  /** First violation among the variables. */
  readonly first: number;
}

/** Forgets the costs of a program and prices its violations instead. */
export function relaxedProgram(original: QuadraticProgram): RelaxedProgram {
  const { equalities, inequalities, step, lower, upper } = original;
  const first = lower.length;
  const equal = equalities.rhs.length;
  const added = 2 * equal + inequalities.rhs.length;
  const linear = new Float64Array(first + added);
  for (let k = 0; k < added; k++) linear[first + k] = 1 + (TIE_BREAK * k) / added;
  const relaxedEqualities = withViolations(equalities, r => [
    [first + 2 * r, 1],
    [first + 2 * r + 1, -1],
  ]);
  const relaxedInequalities = withViolations(inequalities, r => [[first + 2 * equal + r, -1]]);
  const steps = new Int32Array(first + added);
  steps.set(step);
  stepViolations(relaxedEqualities, steps, first);
  stepViolations(relaxedInequalities, steps, first);
  const program = {
    curvature: new Float64Array(first + added),
    linear,
    constant: 0,
    lower: extended(lower, added, 0),
    upper: extended(upper, added, Infinity),
    equalities: relaxedEqualities,
    inequalities: relaxedInequalities,
    step: steps,
  };
  return { program, first };
}

/**
 * Directions along which a program never ends (variables with curvature or a bound in the way stay), each at most 1 long:
 * the program is unbounded when one of them costs less than nothing.
 */
export function rayProgram({ lower, upper, equalities, inequalities, ...rest }: QuadraticProgram): QuadraticProgram {
  const end = (bound: number, j: number): number =>
    Number.isFinite(bound) || rest.curvature[j] > 0 ? 0 : Math.sign(bound);
  return {
    ...rest,
    constant: 0,
    curvature: new Float64Array(lower.length),
    lower: lower.map(end),
    upper: upper.map(end),
    equalities: { ...equalities, rhs: new Float64Array(equalities.rhs.length) },
    inequalities: { ...inequalities, rhs: new Float64Array(inequalities.rhs.length) },
  };
}

function withViolations(
  rows: SparseRows,
  violations: (row: number) => readonly (readonly [number, number])[],
): SparseRows {
  const start = new Int32Array(rows.rhs.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  for (let r = 0; r < rows.rhs.length; r++) {
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++) {
      column.push(rows.column[at]);
      value.push(rows.value[at]);
    }
    for (const [violation, sign] of violations(r)) {
      column.push(violation);
      value.push(sign);
    }
    start[r + 1] = column.length;
  }
  return { start, column: Int32Array.from(column), value: Float64Array.from(value), rhs: rows.rhs };
}

/** Violations stand in their row's latest step. */
function stepViolations(rows: SparseRows, step: Int32Array, first: number): void {
  for (let r = 0; r < rows.rhs.length; r++) {
    let latest = 0;
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++) latest = Math.max(latest, step[rows.column[at]]);
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++)
      if (rows.column[at] >= first) step[rows.column[at]] = latest;
  }
}

function extended(vector: Float64Array, by: number, value: number): Float64Array {
  const longer = new Float64Array(vector.length + by).fill(value);
  longer.set(vector);
  return longer;
}
