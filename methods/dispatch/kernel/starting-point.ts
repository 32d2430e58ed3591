import { type BandedProgram, type Costs, excess, type Point, transposedProduct } from "./banded-program.js";
import type { NormalFactor } from "./normal-factor.js";

/** A start stays this share of a range away from each of its ends, or `margin` if that is less. */
const INSIDE = 0.45;

/** Memory that a start works in, by column and by row. */
export interface StartingScratch {
  readonly normal: NormalFactor;
  readonly weight: Float64Array;
  readonly along: Float64Array;
  readonly row: Float64Array;
}

/**
 * Puts a point inside all bounds: variables from the point of least norm on A x = rhs, multipliers of rows by least squares,
 * multipliers of bounds with one product of distance and multiplier everywhere (after Mehrotra 1992, §7).
 * @returns the size of quantities: the largest of right-hand sides and of that least-norm point
 */
export function placeInside(program: BandedProgram, costs: Costs, point: Point, scratch: StartingScratch): number {
  scratch.weight.fill(1);
  scratch.normal.factor(program, scratch.weight);
  const reach = placeOnRows(program, point.x, scratch);
  let size = Math.max(reach, 1e-9);
  for (let i = 0; i < program.rows; i++) size = Math.max(size, Math.abs(program.rhs[i]));
  const margin = Math.max(reach || largestPull(program, costs), 1e-3 * size);
  const { lower, upper } = program;
  for (let j = 0; j < program.columns; j++) {
    const inside = Math.min(margin, INSIDE * (upper[j] - lower[j]));
    point.x[j] = Math.min(Math.max(point.x[j], lower[j] + inside), upper[j] - inside);
  }
  placeMultipliers(program, costs, point, { ...scratch, margin });
  return Math.max(size, margin);
}

/** The point on A x = rhs nearest to 0 within bounds, and how large its numbers are. */
function placeOnRows(program: BandedProgram, x: Float64Array, { normal, along, row }: StartingScratch): number {
  const { lower, upper, columns, rows, rhs } = program;
  for (let j = 0; j < columns; j++) x[j] = Math.min(Math.max(0, lower[j]), upper[j]);
  for (let i = 0; i < rows; i++) row[i] = rhs[i];
  excess(program, x, row);
  normal.solve(row);
  transposedProduct(program, row, along);
  let reach = 0;
  for (let j = 0; j < columns; j++) {
    x[j] -= along[j];
    reach = Math.max(reach, Math.abs(x[j]), Math.abs(along[j]));
  }
  return reach;
}

/** How far the costs alone would move a variable: the only size there is when 0 satisfies all rows. */
function largestPull({ structural }: BandedProgram, { linear, curvature }: Costs): number {
  let pull = 0;
  for (let j = 0; j < structural; j++) {
    if (curvature[j] > 0) pull = Math.max(pull, Math.abs(linear[j]) / curvature[j]);
  }
  return pull;
}

function placeMultipliers(
  program: BandedProgram,
  { linear, curvature }: Costs,
  { x, y, zl, zu }: Point,
  { normal, along, margin }: StartingScratch & { readonly margin: number },
): void {
  const { columns, lower, upper } = program;
  let price = 1e-9;
  for (let j = 0; j < columns; j++) {
    zl[j] = -(linear[j] + curvature[j] * x[j]);
    price = Math.max(price, Math.abs(linear[j]));
  }
  y.fill(0);
  excess(program, zl, y);
  normal.solve(y);
  transposedProduct(program, y, along);
  let mean = 0;
  for (let j = 0; j < columns; j++) mean += Math.abs(along[j] - zl[j]) / columns;
  const product = Math.max(mean, 1e-2 * price) * margin;
  for (let j = 0; j < columns; j++) {
    zl[j] = lower[j] > -Infinity ? product / (x[j] - lower[j]) : 0;
    zu[j] = upper[j] < Infinity ? product / (upper[j] - x[j]) : 0;
  }
}
