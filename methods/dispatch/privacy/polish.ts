import type { DenseProgram, DenseSolution } from "../kernel/index.js";
import { solutionError } from "../verification/index.js";
import { bindingRows } from "./binding.js";
import { hessianOf, rowsOf } from "./change.js";
import {
  addScaled,
  congruence,
  dot,
  rowCombination,
  rowOf,
  rowSpace,
  shortestSolution,
  symmetricEigen,
  times,
  transpose,
  transposeTimes,
  zeros,
  type Matrix,
} from "./dense/index.js";

/** Guesses at which rows bind. */
const PASSES = 6;
/** Errors below this are rounding. */
const GOOD = 1e-12;
/** Curvatures below this share of the largest count as none. */
const FLAT = 1e-10;
/** Rows may be missed, and multipliers negative, by this much. */
const SMALL = 1e-9;

/**
 * A solution as good as rounding allows from one that a cloud found nearly: the rows that seem to bind are met exactly, the rest is
 * optimised between them, and multipliers follow by least squares. Of many optima it takes the one closest to 0 where it can, so
 * that it does not matter which of them the cloud found. Keeps the cloud's solution where nothing better comes out.
 */
export function polish(program: DenseProgram, answer: DenseSolution): DenseSolution {
  let best = { solution: answer, error: solutionError({ program, solution: answer }) };
  let active = bindingRows(program, answer).sort((a, b) => answer.multiplier[b] - answer.multiplier[a]);
  for (let pass = 0; pass < PASSES; pass++) {
    const solution = onFace(program, answer, active);
    const error = solutionError({ program, solution });
    if (error < Math.max(best.error, GOOD)) best = { solution, error };
    if (error < GOOD) break;
    const revised = revise(program, solution, active);
    if (revised.length === active.length && revised.every((row, i) => row === active[i])) break;
    active = revised;
  }
  return best.solution;
}

/** The best point close to the answer that meets some rows with equality. */
function onFace(program: DenseProgram, answer: DenseSolution, active: readonly number[]): DenseSolution {
  const all = rowsOf(program);
  const face = zeros(active.length, program.size);
  active.forEach((row, i) => rowOf(face, i).set(rowOf(all, row)));
  const space = rowSpace(face);
  const y = answer.y.slice();
  const missed = Float64Array.from(active, (row, i) => program.rhs[row] - dot(rowOf(face, i), y));
  addScaled(y, 1, shortestSolution(space, missed).x);
  moveWithin(program, space.null, y);
  const slope = slopeAt(program, y);
  const multiplier = new Float64Array(program.rhs.length);
  const coefficients = rowCombination(
    space,
    slope.map(value => -value),
  );
  active.forEach((row, i) => (multiplier[row] = coefficients[i]));
  return { ...answer, y, multiplier, objective: (dot(slope, y) + dot(program.linear, y)) / 2 };
}

/** Moves y along some directions (rows) to the minimum, and along those that cost nothing towards 0 as far as the rows allow. */
function moveWithin(program: DenseProgram, directions: Matrix, y: Float64Array): void {
  if (directions.rows === 0) return;
  const { values, vectors } = symmetricEigen(congruence(hessianOf(program), transpose(directions)));
  const largest = Math.max(...values);
  const isFlat = values.map(value => (value > FLAT * largest ? 0 : 1));
  const inSpace = (lengths: Float64Array) => transposeTimes(directions, transposeTimes(vectors, lengths));
  const along = times(vectors, times(directions, slopeAt(program, y)));
  addScaled(y, 1, inSpace(along.map((value, i) => (isFlat[i] ? 0 : -value / values[i]))));
  const flat = times(vectors, times(directions, y)).map((value, i) => -value * isFlat[i]);
  const home = inSpace(flat);
  addScaled(y, roomFor(program, y, home), home);
}

/** The share of a step, at most all of it, that breaks no row which is kept now. */
function roomFor(program: DenseProgram, y: Float64Array, step: Float64Array): number {
  const [values, changes] = [times(rowsOf(program), y), times(rowsOf(program), step)];
  let share = 1;
  changes.forEach((change, i) => {
    const slack = program.rhs[i] - values[i];
    const isFixed = change <= SMALL * (1 + Math.abs(program.rhs[i]));
    if (!isFixed) share = Math.min(share, Math.max(0, slack / change));
  });
  return share;
}

function slopeAt(program: DenseProgram, y: Float64Array): Float64Array {
  const slope = times(hessianOf(program), y);
  addScaled(slope, 1, program.linear);
  return slope;
}

/** Without rows whose multiplier is negative, and with those that are broken. */
function revise(program: DenseProgram, { y, multiplier }: DenseSolution, active: readonly number[]): number[] {
  const values = times(rowsOf(program), y);
  const price = Math.max(1, ...multiplier);
  const kept = active.filter(row => multiplier[row] >= -SMALL * price);
  const broken = [...values.keys()].filter(
    row => values[row] > program.rhs[row] + SMALL * (1 + Math.abs(program.rhs[row])) && !kept.includes(row),
  );
  return [...kept, ...broken];
}
