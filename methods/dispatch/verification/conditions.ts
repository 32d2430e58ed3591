import type { DenseProgram, DenseSolution } from "../kernel/index.js";
import type { QuadraticProgram, Solution, SparseRows } from "../program.js";

/** An optimality condition of Karush, Kuhn and Tucker, or what is claimed besides. */
export type ConditionKind =
  "shape" | "stationarity" | "equality" | "inequality" | "bound" | "sign" | "complementarity" | "objective";

/** How far one condition is missed, relative to its scale; NaN where a number is none. */
export interface Miss {
  readonly kind: ConditionKind;
  /** Variable or row. */
  readonly index: number;
  readonly amount: number;
}

/**
 * All misses of a solution. Scales: prices (stationarity, signs, complementarity) by 1 + max|linear|, a row or bound by
 * 1 + |its limit|, the objective by 1 + |its value|.
 */
export function* missesOf(program: QuadraticProgram, solution: Solution): Generator<Miss> {
  if (!hasShape(program, solution)) return yield { kind: "shape", index: 0, amount: Infinity };
  const { x } = solution;
  const priceScale = scaleOf(program.linear);
  const slope = program.linear.map((c, i) => program.curvature[i] * x[i] + c);
  const value =
    program.constant +
    inner(program.linear, x) +
    inner(
      program.curvature,
      x.map(v => v * v),
    ) /
      2;
  const equalities = rowValues(program.equalities, x, solution.equality, slope);
  const inequalities = rowValues(program.inequalities, x, solution.inequality, slope);
  for (const [index, rhs] of program.equalities.rhs.entries()) {
    yield { kind: "equality", index, amount: Math.abs(equalities[index] - rhs) / (1 + Math.abs(rhs)) };
  }
  for (const [index, rhs] of program.inequalities.rhs.entries()) {
    yield* limitMisses(
      { kind: "inequality", index, scale: priceScale },
      rhs - inequalities[index],
      rhs,
      solution.inequality[index],
    );
  }
  for (let index = 0; index < x.length; index++) {
    const at = { kind: "bound" as const, index, scale: priceScale };
    const [lower, upper] = [program.lower[index], program.upper[index]];
    yield* limitMisses(at, x[index] - lower, lower, solution.atLower[index]);
    yield* limitMisses(at, upper - x[index], upper, solution.atUpper[index]);
    const rest = slope[index] - solution.atLower[index] + solution.atUpper[index];
    yield { kind: "stationarity", index, amount: Math.abs(rest) / priceScale };
  }
  yield { kind: "objective", index: 0, amount: Math.abs(value - solution.objective) / (1 + Math.abs(value)) };
}

/** All misses of a masked program's solution, on the same scales. */
export function* denseMissesOf(program: DenseProgram, solution: DenseSolution): Generator<Miss> {
  const { size, hessian, linear, rows, rhs } = program;
  const { y, multiplier } = solution;
  if (y.length !== size || multiplier.length !== rhs.length) return yield { kind: "shape", index: 0, amount: Infinity };
  const priceScale = scaleOf(linear);
  const curved = linear.map((_, i) => inner(hessian.subarray(i * size, (i + 1) * size), y));
  const slope = linear.map((c, i) => c + curved[i]);
  for (const [index, limit] of rhs.entries()) {
    const row = rows.subarray(index * size, (index + 1) * size);
    row.forEach((entry, i) => (slope[i] += entry * multiplier[index]));
    yield* limitMisses(
      { kind: "inequality", index, scale: priceScale },
      limit - inner(row, y),
      limit,
      multiplier[index],
    );
  }
  for (let index = 0; index < size; index++) {
    yield { kind: "stationarity", index, amount: Math.abs(slope[index]) / priceScale };
  }
  const value = inner(linear, y) + inner(curved, y) / 2;
  yield { kind: "objective", index: 0, amount: Math.abs(value - solution.objective) / (1 + Math.abs(value)) };
}

interface Place {
  readonly kind: "inequality" | "bound";
  readonly index: number;
  /** What counts as one for prices. */
  readonly scale: number;
}

/** Feasibility, sign and complementarity of one limit; where there is none, its multiplier must be 0. */
function* limitMisses(
  { kind, index, scale }: Place,
  slack: number,
  limit: number,
  multiplier: number,
): Generator<Miss> {
  yield { kind: "sign", index, amount: Math.max(0, -multiplier) / scale };
  if (Math.abs(limit) === Infinity) {
    yield { kind: "complementarity", index, amount: Math.abs(multiplier) / scale };
    return;
  }
  yield { kind, index, amount: Math.max(0, -slack) / (1 + Math.abs(limit)) };
  yield { kind: "complementarity", index, amount: Math.abs(multiplier * slack) / (scale * (1 + Math.abs(limit))) };
}

function hasShape({ linear, equalities, inequalities }: QuadraticProgram, solution: Solution): boolean {
  const perVariable = [solution.x, solution.atLower, solution.atUpper];
  return (
    perVariable.every(({ length }) => length === linear.length) &&
    solution.equality.length === equalities.rhs.length &&
    solution.inequality.length === inequalities.rhs.length
  );
}

/** rows · x; adds rows' · multiplier to the slope. */
function rowValues(rows: SparseRows, x: Float64Array, multiplier: Float64Array, slope: Float64Array): Float64Array {
  return rows.rhs.map((_, row) => {
    let sum = 0;
    for (let k = rows.start[row]; k < rows.start[row + 1]; k++) {
      sum += rows.value[k] * x[rows.column[k]];
      slope[rows.column[k]] += rows.value[k] * multiplier[row];
    }
    return sum;
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const scaleOf = (prices: Float64Array) => prices.reduce((most, price) => Math.max(most, Math.abs(price)), 0) + 1;
