import { reflect, reflectorOf } from "./householder.js";
import { identity, rowOf, type Matrix } from "./matrix.js";

/** Normally distributed numbers, mean 0 and deviation 1, from uniform ones (Marsaglia and Bray 1964, one of the pair). */
export function gaussian(uniform: () => number): () => number {
  return () => {
    for (;;) {
      const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = u * u + v * v;
      if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square);
    }
  };
}

/**
 * A random rotation or reflection, all equally likely (Haar measure): reflections along normal vectors of falling
 * length and random signs (Stewart 1980, The efficient generation of random orthogonal matrices).
 */
export function randomOrthogonal(size: number, uniform: () => number): Matrix {
  const normal = gaussian(uniform);
  const matrix = identity(size);
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = uniform() < 0.5 ? -1 : 1;
  for (let first = size - 2; first >= 0; first--) {
    const direction = Float64Array.from({ length: size - first }, normal);
    const reflector = reflectorOf(direction, 0);
    for (let i = first; i < size; i++) reflect(rowOf(matrix, i), reflector, first);
  }
  return matrix;
}

/** A number between 1/spread and spread whose logarithm is uniform. */
export function logUniform(spread: number, uniform: () => number): number {
  return Math.exp((2 * uniform() - 1) * Math.log(spread));
}

/** The numbers 0 .. size − 1 in random order (Fisher and Yates). */
export function randomOrder(size: number, uniform: () => number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
