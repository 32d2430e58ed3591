import { chain, changeVariables, combineRows, hessianOf, mixSlacks, scaleObjective, shiftVariables } from "./change.js";
import {
  dot,
  gaussian,
  logUniform,
  multiply,
  randomOrder,
  randomOrthogonal,
  rowOf,
  zeros,
  type Matrix,
} from "./dense/index.js";
import type { DenseProgram } from "../kernel/index.js";
import { forShape, type Change, type Mask, type MaskShape, type Uniform } from "./mask.js";

/** Rows, variables and the objective are scaled by up to these factors, either way. */
const ROW_SPREAD = 100;
const VARIABLE_SPREAD = 3;
const OBJECTIVE_SPREAD = 10;
/** One new variable for so many free directions, one decoy row for so many rows, and rows summed in a decoy. */
const DIRECTIONS_PER_MIXER = 4;
const ROWS_PER_DECOY = 8;
const ROWS_IN_DECOY = 3;

/**
 * A mask against the two readings that the others allow: new variables that each limit leans on (so that the two limits of a
 * quantity are not opposite any more), a change of variables that keeps no lengths and angles, rows in random order, each times
 * a random factor, among decoys, and a scaled objective. Which limits bind, and how many rows there are at most, still shows.
 */
export const repaired: Mask = {
  name: "repaired",
  draw(shape, uniform) {
    const mixers = 1 + Math.ceil(shape.size / DIRECTIONS_PER_MIXER);
    const size = shape.size + mixers;
    const scramble = chain(
      changeVariables(randomInvertible(size, uniform)),
      scrambleRows(shape.rows + mixers, uniform),
      scaleObjective(logUniform(OBJECTIVE_SPREAD, uniform)),
    );
    const direction = Float64Array.from({ length: size }, gaussian(uniform));
    const leaning = randomLeaning(shape, mixers, uniform);
    let mix: Change | undefined;
    return forShape(shape, program => {
      mix ??= leaning(program);
      const shift = typicalSize(program.rhs);
      return chain(mix, shiftVariables(direction.map(value => value * shift)), scramble)(program);
    });
  },
};

/** New variables that every row leans on by a random share of its length, at costs like those of the program. */
function randomLeaning({ rows, size }: MaskShape, mixers: number, uniform: Uniform): (program: DenseProgram) => Change {
  const draw = (length: number) => Float64Array.from({ length }, () => 0.5 + uniform());
  const share = draw(rows * mixers);
  const [linear, curvature] = [draw(mixers), draw(mixers)];
  return program => {
    const mixing: Matrix = { rows, columns: mixers, data: share.slice() };
    for (let i = 0; i < rows; i++) {
      const row = program.rows.subarray(i * size, (i + 1) * size);
      const length = Math.sqrt(dot(row, row) / mixers);
      rowOf(mixing, i).forEach((value, j, target) => (target[j] = value * length));
    }
    const hessian = hessianOf(program);
    const stiffness = hessian.data.reduce((sum, value, k) => sum + (k % (size + 1) === 0 ? value : 0), 0) / size;
    const cost = Math.sqrt(dot(program.linear, program.linear) / size) || 1;
    return mixSlacks(mixing, { linear: linear.map(u => u * cost), curvature: curvature.map(u => u * stiffness) });
  };
}

/** A rotation, a stretch along each direction and another rotation. */
function randomInvertible(size: number, uniform: Uniform): Matrix {
  const stretched = randomOrthogonal(size, uniform);
  for (let i = 0; i < size; i++) {
    const factor = logUniform(VARIABLE_SPREAD, uniform);
    rowOf(stretched, i).forEach((value, j, row) => (row[j] = value * factor));
  }
  return multiply(randomOrthogonal(size, uniform), stretched);
}

/** Rows in random order and at random scales, among sums of a few rows that are never reached. */
function scrambleRows(rows: number, uniform: Uniform): Change {
  const decoys = 1 + Math.ceil(rows / ROWS_PER_DECOY);
  const order = randomOrder(rows + decoys, uniform);
  const weights = zeros(rows + decoys, rows);
  const slack = new Float64Array(rows + decoys);
  order.forEach((source, place) => {
    const row = rowOf(weights, place);
    if (source < rows) row[source] = logUniform(ROW_SPREAD, uniform);
    else {
      for (let i = 0; i < ROWS_IN_DECOY; i++) row[Math.floor(uniform() * rows)] += logUniform(ROW_SPREAD, uniform);
      slack[place] = logUniform(ROW_SPREAD, uniform);
    }
  });
  return combineRows(weights, slack);
}

/** The middle one of the sizes of some numbers, at least 1. */
function typicalSize(numbers: Float64Array): number {
  const sizes = numbers.map(Math.abs).sort();
  return Math.max(1, sizes[sizes.length >> 1] ?? 1);
}
