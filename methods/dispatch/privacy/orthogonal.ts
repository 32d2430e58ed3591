import { changeVariables, rememberLast } from "./change.js";
import {
  congruence,
  multiply,
  randomOrthogonal,
  rowOf,
  symmetricEigen,
  transpose,
  zeros,
  type Matrix,
} from "./dense/index.js";
import type { DenseProgram } from "../kernel/index.js";
import { forShape, type Change, type Mask, type Uniform } from "./mask.js";

/** Largest stretch of a direction besides 1, as published. */
const STRETCH = 0.4;

/**
 * The mask of the trilemma paper: y = S E z, where S = Q diag(1 + 0.4 U) Q' with a random rotation Q and uniform U, and E are
 * the eigenvectors of S·hessian·S. So the cloud gets a diagonal Hessian. Slacks survive.
 */
export const orthogonal: Mask = {
  name: "orthogonal",
  draw(shape, uniform) {
    const stretch = randomStretch(shape.size, uniform);
    const change = rememberLast(hessian => diagonalised({ ...stretch, data: hessian }, stretch));
    return forShape(shape, program => change(program.hessian)(program));
  },
};

/** Q diag(1 + 0.4 U) Q', symmetric. */
function randomStretch(size: number, uniform: Uniform): Matrix {
  const rotation = randomOrthogonal(size, uniform);
  const stretches = zeros(size, size);
  for (let i = 0; i < size; i++) stretches.data[i * size + i] = 1 + STRETCH * uniform();
  return congruence(stretches, transpose(rotation));
}

/** The change to directions in which the Hessian is diagonal; rounding below 0 is clipped. */
function diagonalised(hessian: Matrix, stretch: Matrix): Change {
  const { values, vectors } = symmetricEigen(congruence(hessian, stretch));
  const change = changeVariables(multiply(stretch, transpose(vectors)));
  const diagonal = zeros(values.length, values.length);
  values.forEach((value, i) => (rowOf(diagonal, i)[i] = Math.max(0, value)));
  return (program: DenseProgram) => {
    const hidden = change(program);
    return { ...hidden, program: { ...hidden.program, hessian: diagonal.data } };
  };
}
