/** A tensor of TensorFlow.js, as far as learning needs it. */
export interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
}

/** The functions of TensorFlow.js 4 (`@tensorflow/tfjs-core`) that learning calls. */
export interface TensorFlow {
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  /** Leaves checks and advice on the console out. */
  enableProdMode(): void;
  /** Frees every tensor that the task made. */
  tidy(task: () => void): void;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  reshape(tensor: Tensor, shape: readonly number[]): Tensor;
  transpose(tensor: Tensor, axes: readonly number[]): Tensor;
  slice(tensor: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  concat(tensors: readonly Tensor[], axis: number): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  neg(tensor: Tensor): Tensor;
  sum(tensor: Tensor, axis: number): Tensor;
  tanh(tensor: Tensor): Tensor;
  relu(tensor: Tensor): Tensor;
  /** 1 where a number is above 0, else 0. */
  step(tensor: Tensor): Tensor;
  clipByValue(tensor: Tensor, low: number, high: number): Tensor;
  depthwiseConv2d(images: Tensor, filter: Tensor, strides: number, pad: "valid"): Tensor;
}
