import { dot, rowOf, times } from "./dense/index.js";
import { bindingRows, rowLengths } from "./binding.js";
import { rowsOf } from "./change.js";
import type { DenseProgram, DenseSolution } from "../kernel/index.js";

/** Two limits that a cloud takes for the lower and the upper one of the same quantity. */
export interface Box {
  readonly row: number;
  readonly opposite: number;
  /** Upper minus lower limit, in the first row's measure. */
  readonly width: number;
  /** Where between the two limits the quantity is, 0 at the first row's limit and 1 at the other; free of any scale. */
  readonly share: number;
}

/** What a curious cloud reads from a program that it solved. */
export interface Reading {
  /** Distance to each limit, rhs − rows·y. */
  readonly slacks: Float64Array;
  readonly boxes: readonly Box[];
  /** Rows that bind: their multiplier is larger than their slack, each next to the largest there is. */
  readonly binding: readonly number[];
}

/** Rows count as opposite when the cosine of their angle is this close to −1. */
const OPPOSITE = 1e-9;

/**
 * The honest but curious cloud: it knows how masks work, but not the secret numbers. Slacks survive any change of variables, and
 * the two limits of one quantity stay opposite rows, so their right-hand sides add up to the box's width.
 */
export function readMaskedProgram(program: DenseProgram, answer: DenseSolution): Reading {
  const rows = rowsOf(program);
  const values = times(rows, answer.y);
  const slacks = program.rhs.map((limit, i) => limit - values[i]);
  const lengths = rowLengths(program);
  const boxes = findBoxes(program, slacks, lengths);
  return { slacks, boxes, binding: bindingRows(program, answer) };
}

function findBoxes(program: DenseProgram, slacks: Float64Array, lengths: Float64Array): Box[] {
  const rows = rowsOf(program);
  const boxes: Box[] = [];
  for (let i = 0; i < slacks.length; i++) {
    for (let j = i + 1; j < slacks.length; j++) {
      if (dot(rowOf(rows, i), rowOf(rows, j)) > (OPPOSITE - 1) * lengths[i] * lengths[j]) continue;
      const ratio = lengths[i] / lengths[j];
      const width = program.rhs[i] + ratio * program.rhs[j];
      boxes.push({ row: i, opposite: j, width, share: slacks[i] / width });
    }
  }
  return boxes;
}
