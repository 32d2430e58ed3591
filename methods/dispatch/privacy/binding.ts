import { rowsOf } from "./change.js";
import { dot, rowOf, times } from "./dense/index.js";
import type { DenseProgram, DenseSolution } from "../kernel/index.js";

export function rowLengths(program: DenseProgram): Float64Array {
  const rows = rowsOf(program);
  return program.rhs.map((_, i) => Math.sqrt(dot(rowOf(rows, i), rowOf(rows, i))));
}

/**
 * Rows that bind: their multiplier is larger than their slack, each next to the largest there is. All rows count as if they
 * had length 1, so that scaled rows look the same.
 */
export function bindingRows(program: DenseProgram, { y, multiplier }: DenseSolution): number[] {
  const lengths = rowLengths(program);
  const values = times(rowsOf(program), y);
  const distances = program.rhs.map((limit, i) => (limit - values[i]) / lengths[i]);
  const prices = multiplier.map((value, i) => value * lengths[i]);
  const [farthest, dearest] = [Math.max(...distances), Math.max(...prices)];
  return [...distances.keys()].filter(i => prices[i] / dearest > distances[i] / farthest);
}
