import type { RandomSource } from "./random-source.js";

/** Widths of a network: inputs, two hidden layers (ReLU), one output. */
export type Widths = readonly [inputs: number, first: number, second: number, output: 1];

/**
 * Where a layer's parameters stand in those of its network: weights by input, then by output
 * (`weights + input * outputs + output`), then the biases.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

/** A network's layers from input to output, and how many parameters they have together. */
export interface Shape {
  readonly layers: readonly [Layer, Layer, Layer];
  readonly parameters: number;
}

/** Lays the parameters of a network out. */
export function shapeOf([inputs, first, second, output]: Widths): Shape {
  let place = 0;
  const layer = (from: number, to: number): Layer => {
    const weights = place;
    const biases = weights + from * to;
    place = biases + to;
    return { inputs: from, outputs: to, weights, biases };
  };
  const layers = [layer(inputs, first), layer(first, second), layer(second, output)] as const;
  return { layers, parameters: place };
}

/** Draws parameters uniformly within ±1/√inputs of each layer, biases too (the default of PyTorch's linear layer). */
export function initialise(shape: Shape, parameters: Float32Array, random: RandomSource): void {
  for (const { inputs, outputs, weights, biases } of shape.layers) {
    const bound = 1 / Math.sqrt(inputs);
    for (let k = weights; k < biases + outputs; k++) parameters[k] = random.uniform(-bound, bound);
  }
}

/** The network's output before its last activation, for one input. */
export function evaluate({ layers }: Shape, parameters: Float32Array, input: ArrayLike<number>): number {
  const [first, second, last] = layers;
  const hidden = rectified(first, parameters, input);
  return affine(last, parameters, rectified(second, parameters, hidden))[0];
}

function affine(layer: Layer, parameters: Float32Array, input: ArrayLike<number>): Float64Array {
  const { inputs, outputs, weights, biases } = layer;
  const sums = Float64Array.from(parameters.subarray(biases, biases + outputs));
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) sums[o] += input[i] * parameters[weights + i * outputs + o];
  }
  return sums;
}

function rectified(layer: Layer, parameters: Float32Array, input: ArrayLike<number>): Float64Array {
  return affine(layer, parameters, input).map(sum => Math.max(sum, 0));
}
