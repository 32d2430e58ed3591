import type { Shape } from "./network.js";

/** Parameters of all agents' networks, `[agent][parameter]` each. */
export interface Networks {
  readonly actorShape: Shape;
  readonly criticShape: Shape;
  readonly actor: Float32Array;
  readonly critic: Float32Array;
  readonly targetActor: Float32Array;
  readonly targetCritic: Float32Array;
}

/** Samples of several agents, a block of `rows` rows for each; rows beyond `counts` are zero and do not count. */
export interface Minibatch {
  /** Agent of each block. */
  readonly agents: Int32Array;
  readonly rows: number;
  /** Rows of each block that hold a sample. */
  readonly counts: Int32Array;
  /** `[block][row][observation]`. */
  readonly observations: Float32Array;
  /** `[block][row]`, as the following. */
  readonly actions: Float32Array;
  readonly rewards: Float32Array;
  /** 1 where something follows, 0 at the end of an episode. */
  readonly continues: Float32Array;
  /** Noise of the target actor's actions. */
  readonly noise: Float32Array;
  readonly nextObservations: Float32Array;
}

/** Losses and their gradients, one for each block of a batch. */
export interface Gradients {
  /** `[block]`. */
  readonly losses: Float32Array;
  /** `[block][parameter]`. */
  readonly gradients: Float32Array;
}

/** Does the matrix products of learning. All backends give the same numbers but for rounding. */
export interface Backend {
  readonly name: string;
  /**
   * Mean squared error of the critics against `reward + continues · discount · targetCritic(next, targetActor(next) + noise)`,
   * the noisy action kept within [-1, 1].
   */
  criticGradients(networks: Networks, batch: Minibatch, discount: number): Gradients;
  /** Minus the mean value that the critics give the actors' own actions; the gradient is the actors'. */
  actorGradients(networks: Networks, batch: Minibatch): Gradients;
}
