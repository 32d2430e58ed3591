import type { Shape } from "./network.js";
import type { Tensor, TensorFlow } from "./tensorflow.js";

/** One layer of several agents' networks: weights `[input][agent][output]`, biases `[agent][output]`. */
interface StackedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Tensor;
  readonly biases: Tensor;
}

/** A batch that has passed through stacked networks. */
export interface Pass {
  readonly layers: readonly StackedLayer[];
  /** What came into each layer, `[input][row][agent]`. */
  readonly inputs: readonly Tensor[];
  /** What each layer made of it before its activation, `[row][agent][output]`. */
  readonly sums: readonly Tensor[];
  /** The last layer's sums, `[row][agent][1]`. */
  readonly output: Tensor;
}

/** Cuts the parameters of several agents, `[agent][parameter]`, into layers. */
export function tensorsOf(tf: TensorFlow, shape: Shape, parameters: Tensor): StackedLayer[] {
  const agents = parameters.shape[0];
  return shape.layers.map(({ inputs, outputs, weights, biases }) => {
    const flat = tf.slice(parameters, [0, weights], [agents, inputs * outputs]);
    return {
      inputs,
      outputs,
      weights: tf.transpose(tf.reshape(flat, [agents, inputs, outputs]), [1, 0, 2]),
      biases: tf.slice(parameters, [0, biases], [agents, outputs]),
    };
  });
}

/** Passes a batch forwards; `input` is `[input][row][agent]`. */
export function forward(tf: TensorFlow, layers: readonly StackedLayer[], input: Tensor): Pass {
  const inputs: Tensor[] = [];
  const sums: Tensor[] = [];
  let output = input;
  for (const { weights, biases } of layers) {
    inputs.push(inputs.length === 0 ? input : tf.transpose(tf.relu(output), [2, 0, 1]));
    output = tf.add(product(tf, inputs[inputs.length - 1], weights), biases);
    sums.push(output);
  }
  return { layers, inputs, sums, output };
}

/** The loss's derivatives, computed on demand. */
export interface Derivatives {
  /** By the parameters, `[agent][parameter]`. */
  parameters(): Tensor;
  /** By the last input of each row, `[row][agent][1]`. */
  lastInput(): Tensor;
}

/** Passes the loss's derivatives by the sums, `[row][agent][1]`, backwards. */
export function backward(tf: TensorFlow, { layers, inputs, sums }: Pass, slopes: Tensor): Derivatives {
  const byInput = ({ weights }: StackedLayer, byOutput: Tensor) =>
    product(tf, tf.transpose(byOutput, [2, 0, 1]), tf.transpose(weights, [2, 1, 0]));
  const bySums = [slopes];
  for (let k = layers.length - 1; k > 0; k--) {
    bySums.unshift(tf.mul(byInput(layers[k], bySums[0]), tf.step(sums[k - 1])));
  }
  return {
    parameters() {
      const parts = layers.flatMap((layer, k) => {
        const byWeights = product(tf, tf.transpose(inputs[k], [1, 0, 2]), bySums[k]);
        const agents = slopes.shape[1];
        return [
          tf.reshape(tf.transpose(byWeights, [1, 0, 2]), [agents, layer.inputs * layer.outputs]),
          tf.sum(bySums[k], 0),
        ];
      });
      return tf.concat(parts, 1);
    },
    lastInput() {
      const [first] = layers;
      const agents = slopes.shape[1];
      const weights = tf.slice(first.weights, [first.inputs - 1, 0, 0], [1, agents, first.outputs]);
      return tf.reshape(tf.sum(tf.mul(bySums[0], weights), 2), slopes.shape);
    },
  };
}

/**
 * The matrix products of all agents at once: `to[m][agent][o] = Σ left[k][m][agent] · right[k][agent][o]` over k.
 * Written as a depthwise convolution: the agents are its channels, k runs down the image and m across it. The wasm engine
 * computes those with vector instructions and its stacked `matMul` without, five times slower.
 */
function product(tf: TensorFlow, left: Tensor, right: Tensor): Tensor {
  const [terms, rows, agents] = left.shape;
  const columns = right.shape[2];
  const image = tf.reshape(left, [1, terms, rows, agents]);
  const filter = tf.reshape(right, [terms, 1, agents, columns]);
  return tf.reshape(tf.depthwiseConv2d(image, filter, 1, "valid"), [rows, agents, columns]);
}
