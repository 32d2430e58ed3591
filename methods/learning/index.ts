export type { Backend, Gradients, Minibatch, Networks } from "./backend.js";
export {
  act,
  createDdpg,
  ddpgDefaults,
  type DdpgSettings,
  type DdpgState,
  type Divergence,
  type Exploring,
  remember,
  update,
} from "./ddpg.js";
export {
  type Environment,
  type EnvironmentSchema,
  type Outcome,
  type Quantity,
  scaleAction,
  scaleObservation,
} from "./environment.js";
export { type Exploration, explorationDeviation, isTraining } from "./exploration.js";
export { plainBackend } from "./plain-backend.js";
export type { RandomSource } from "./random-source.js";
export type { Transition } from "./replay.js";
export type { Tensor, TensorFlow } from "./tensorflow.js";
export { tfjsBackend } from "./tfjs-backend.js";
