import type { Payload } from "./coordination.js";
import type { QuadraticProgram } from "./program.js";

/** Cost of set-points in a program: its objective without any price. */
export function costOf(program: QuadraticProgram, x: Float64Array): number {
  const { curvature, linear } = program;
  let total = program.constant;
  for (let i = 0; i < x.length; i++) total += (linear[i] + 0.5 * curvature[i] * x[i]) * x[i];
  return total;
}

/** Injection by step: the program's variables less the load. */
export function injectionOf(x: Float64Array, places: Int32Array, load: Float64Array): Float64Array {
  return Float64Array.from(places, (place, t) => x[place] - load[t]);
}

/** A vector of a payload by name. */
export function vectorOf(payload: Payload, name: string): Float64Array {
  return payload[name] as Float64Array;
}

/** Scalar product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
