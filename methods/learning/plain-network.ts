import type { Layer, Shape } from "./network.js";
import { BLOCK, type MakeMultiplier, type Multiplier, padded, type Product } from "./product.js";

/**
 * One layer at work on a batch. A constant input of 1 follows the inputs, so that the biases are one more row of the
 * weights; the layer passes the 1 on. Whatever else pads the matrices is 0.
 */
interface PlainLayer {
  readonly layer: Layer;
  /** Padded widths, the constant included. */
  readonly inputs: number;
  readonly outputs: number;
  /** `[input][output]` and `[output][input]`. */
  readonly weights: Float32Array;
  readonly transposed: Float32Array;
  /** `[input][output]`. */
  readonly gradient: Float32Array;
  /** `[row][input]`, `[row][output]`, and the loss's derivatives by the outputs before their activation. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly slopes: Float32Array;
}

/** Samples to pass through a network. */
export interface Samples {
  readonly count: number;
  /** `[sample][number]`. */
  readonly observations: Float32Array;
  /** The input that follows the observation, where the network has one. */
  readonly actions?: Float32Array;
}

/** Room for one network, whichever agent's, and for a batch that passes through it forwards and backwards. */
export class PlainNetwork {
  private readonly layers: readonly PlainLayer[];
  private readonly multiplier: Multiplier;
  private rows = 0;

  constructor(
    private readonly shape: Shape,
    maxRows: number,
    makeMultiplier: MakeMultiplier,
  ) {
    const rows = padded(maxRows);
    const widths = shape.layers.map(layer => ({
      inputs: padded(layer.inputs + 1),
      outputs: padded(isLast(layer) ? 1 : layer.outputs + 1),
    }));
    const sizes = widths.map(({ inputs, outputs }) => {
      const weights = inputs * outputs;
      return [weights, weights, weights, rows * outputs, rows * outputs];
    });
    this.multiplier = makeMultiplier([rows * widths[0].inputs, ...sizes.flat()]);
    let [from, ...rooms] = this.multiplier.rooms;
    this.layers = shape.layers.map((layer, k) => {
      const [weights, transposed, gradient, to, slopes, ...others] = rooms;
      const made = { layer, ...widths[k], weights, transposed, gradient, from, to, slopes };
      if (!isLast(layer)) weights[layer.inputs * made.outputs + layer.outputs] = 1;
      [from, rooms] = [to, others];
      return made;
    });
  }

  /** Takes over one agent's parameters out of those of all agents. */
  load(parameters: Float32Array, agent: number): void {
    const begin = agent * this.shape.parameters;
    for (const { layer, inputs, outputs, weights, transposed } of this.layers) {
      for (let i = 0, k = begin + layer.weights; i <= layer.inputs; i++) {
        for (let o = 0; o < layer.outputs; o++, k++) {
          weights[i * outputs + o] = parameters[k];
          transposed[o * inputs + i] = parameters[k];
        }
      }
    }
  }

  /** Passes samples forwards; the last layer's sums, one for each sample, go into `sums`. */
  forward({ count, observations, actions }: Samples, sums: Float32Array): void {
    const [{ layer, inputs, from }] = this.layers;
    this.rows = padded(count);
    from.fill(0, count * inputs, this.rows * inputs);
    const width = layer.inputs - (actions === undefined ? 0 : 1);
    for (let row = 0; row < count; row++) {
      const at = row * inputs;
      for (let i = 0; i < width; i++) from[at + i] = observations[row * width + i];
      if (actions !== undefined) from[at + width] = actions[row];
      from[at + layer.inputs] = 1;
    }
    for (const each of this.layers) this.multiplier.multiply(this.forwardProduct(each));
    const { to } = this.layers[2];
    for (let row = 0; row < count; row++) sums[row] = to[row * BLOCK];
  }

  /** Passes the loss's derivatives by the sums, one for each sample, back to the first layer's outputs. */
  backward(count: number, slopes: Float32Array): void {
    const [first, second, last] = this.layers;
    last.slopes.fill(0);
    for (let row = 0; row < count; row++) last.slopes[row * BLOCK] = slopes[row];
    for (const [layer, before] of [
      [last, second],
      [second, first],
    ]) {
      this.multiplier.multiply(this.backwardProduct(layer, before));
      this.multiplier.gate(before.slopes, before.to, this.rows * before.outputs);
    }
  }

  /** After `backward`: the loss's derivatives by the parameters, in their order. */
  gradient(to: Float32Array): void {
    for (const each of this.layers) {
      this.multiplier.multiply(this.gradientProduct(each));
      const { layer, outputs, gradient } = each;
      for (let i = 0, k = layer.weights; i <= layer.inputs; i++) {
        for (let o = 0; o < layer.outputs; o++, k++) to[k] = gradient[i * outputs + o];
      }
    }
  }

  /** After `backward`: the loss's derivatives by each sample's last input. */
  lastInputSlopes(count: number, to: Float32Array): void {
    const [{ layer, outputs, weights, slopes }] = this.layers;
    const weight = (layer.inputs - 1) * outputs;
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let o = 0; o < layer.outputs; o++) sum += slopes[row * outputs + o] * weights[weight + o];
      to[row] = sum;
    }
  }

  private forwardProduct({ layer, inputs, outputs, weights, from, to }: PlainLayer): Product {
    const floor = isLast(layer) ? -Infinity : 0;
    const sizes = { rows: this.rows, inner: layer.inputs + 1, columns: outputs };
    return { left: from, leftRow: inputs, leftStep: 1, right: weights, to, ...sizes, floor };
  }

  private backwardProduct({ layer, inputs, outputs, transposed, slopes }: PlainLayer, before: PlainLayer): Product {
    const sizes = { rows: this.rows, inner: layer.outputs, columns: inputs };
    return {
      left: slopes,
      leftRow: outputs,
      leftStep: 1,
      right: transposed,
      to: before.slopes,
      ...sizes,
      floor: -Infinity,
    };
  }

  private gradientProduct({ inputs, outputs, from, slopes, gradient }: PlainLayer): Product {
    const sizes = { rows: inputs, inner: this.rows, columns: outputs };
    return { left: from, leftRow: 1, leftStep: inputs, right: slopes, to: gradient, ...sizes, floor: -Infinity };
  }
}

const isLast = (layer: Layer) => layer.outputs === 1;
