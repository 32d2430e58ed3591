import { addScaled, congruence, multiply, rowOf, times, transposeTimes, zeros, type Matrix } from "./dense/index.js";
import type { DenseProgram } from "../kernel/index.js";
import type { Change, HiddenProgram } from "./mask.js";

/** One change after another. */
export function chain(...changes: readonly Change[]): Change {
  return program => {
    const hidden: HiddenProgram[] = [];
    for (const change of changes) {
      const next = change(program);
      hidden.unshift(next);
      program = next.program;
    }
    return { program, reveal: answer => hidden.reduce((known, step) => step.reveal(known), answer) };
  };
}

/** y = map · z. Hessian and rows are only multiplied anew when they are other arrays than the last time. */
export function changeVariables(map: Matrix): Change {
  const hessianFor = rememberLast(data => congruence({ rows: map.rows, columns: map.rows, data }, map).data);
  const rowsFor = rememberLast(data => multiply({ rows: data.length / map.rows, columns: map.rows, data }, map).data);
  return program => ({
    program: {
      size: map.columns,
      hessian: hessianFor(program.hessian),
      linear: transposeTimes(map, program.linear),
      rows: rowsFor(program.rows),
      rhs: program.rhs,
    },
    reveal: answer => ({ ...answer, y: times(map, answer.y) }),
  });
}

/** y = z + offset. */
export function shiftVariables(offset: Float64Array): Change {
  return program => {
    const linear = program.linear.slice();
    addScaled(linear, 1, times(hessianOf(program), offset));
    const rhs = program.rhs.slice();
    addScaled(rhs, -1, times(rowsOf(program), offset));
    const back = (z: Float64Array) => z.map((value, i) => value + offset[i]);
    return { program: { ...program, linear, rhs }, reveal: answer => ({ ...answer, y: back(answer.y) }) };
  };
}

/** The objective times a factor. */
export function scaleObjective(factor: number): Change {
  const hessianFor = rememberLast(hessian => hessian.map(value => value * factor));
  return program => ({
    program: { ...program, hessian: hessianFor(program.hessian), linear: program.linear.map(c => c * factor) },
    reveal: answer => ({
      ...answer,
      multiplier: answer.multiplier.map(value => value / factor),
      objective: answer.objective / factor,
    }),
  });
}

/**
 * rows' = weights · rows, where the weights are not negative. Every original row must be a multiple of a new one;
 * the others are sums of rows and so cut nothing off. `slack` is what the right-hand side of each new row has in excess.
 */
export function combineRows(weights: Matrix, slack: Float64Array): Change {
  const rowsFor = rememberLast(
    data => multiply(weights, { rows: weights.columns, columns: data.length / weights.columns, data }).data,
  );
  return program => {
    const rhs = times(weights, program.rhs);
    addScaled(rhs, 1, slack);
    return {
      program: { ...program, rows: rowsFor(program.rows), rhs },
      reveal: answer => ({ ...answer, multiplier: transposeTimes(weights, answer.multiplier) }),
    };
  };
}

/** What new variables w ≥ 0 cost, each by itself. All costs are positive, so w = 0 is best. */
export interface MixingCosts {
  readonly linear: Float64Array;
  readonly curvature: Float64Array;
}

/**
 * rows · y + mixing · w ≤ rhs with new variables w ≥ 0 that cost something, and a mixing that is not negative: the same
 * y are possible, and the best w is 0, but no two limits of one quantity are opposite rows any more.
 */
export function mixSlacks(mixing: Matrix, costs: MixingCosts): Change {
  const added = mixing.columns;
  const hessianFor = rememberLast(data => bordered(data, costs.curvature));
  const rowsFor = rememberLast(data => mixedRows(data, mixing));
  return program => ({
    program: {
      size: program.size + added,
      hessian: hessianFor(program.hessian),
      linear: Float64Array.from([...program.linear, ...costs.linear]),
      rows: rowsFor(program.rows),
      rhs: Float64Array.from([...program.rhs, ...new Float64Array(added)]),
    },
    reveal: answer => ({
      ...answer,
      y: answer.y.slice(0, program.size),
      multiplier: answer.multiplier.slice(0, program.rhs.length),
    }),
  });
}

/** [data, 0; 0, diag(curvature)]. */
function bordered(data: Float64Array, curvature: Float64Array): Float64Array {
  const old = Math.sqrt(data.length);
  const matrix = zeros(old + curvature.length, old + curvature.length);
  for (let i = 0; i < old; i++) rowOf(matrix, i).set(data.subarray(i * old, (i + 1) * old));
  curvature.forEach((value, i) => (rowOf(matrix, old + i)[old + i] = value));
  return matrix.data;
}

/** [rows, mixing; 0, −1]. */
function mixedRows(data: Float64Array, mixing: Matrix): Float64Array {
  const old = data.length / mixing.rows;
  const matrix = zeros(mixing.rows + mixing.columns, old + mixing.columns);
  for (let i = 0; i < mixing.rows; i++) {
    rowOf(matrix, i).set(data.subarray(i * old, (i + 1) * old));
    rowOf(matrix, i).set(rowOf(mixing, i), old);
  }
  for (let i = 0; i < mixing.columns; i++) rowOf(matrix, mixing.rows + i)[old + i] = -1;
  return matrix.data;
}

export const hessianOf = ({ size, hessian }: DenseProgram): Matrix => ({ rows: size, columns: size, data: hessian });
export const rowsOf = ({ size, rows, rhs }: DenseProgram): Matrix => ({ rows: rhs.length, columns: size, data: rows });

/** Computes anew only when asked about another array than the last time. */
export function rememberLast<T>(compute: (source: Float64Array) => T): (source: Float64Array) => T {
  let last: { readonly source: Float64Array; readonly value: T } | undefined;
  return source => {
    if (last?.source !== source) last = { source, value: compute(source) };
    return last.value;
  };
}
