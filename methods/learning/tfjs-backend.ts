import type { Backend, Gradients, Minibatch, Networks } from "./backend.js";
import { selectParts } from "./minibatch.js";
import { backward, forward, type Pass, tensorsOf } from "./tfjs-network.js";
import type { Tensor, TensorFlow } from "./tensorflow.js";

/** Learns on TensorFlow.js, the networks of all agents of a batch in one stacked product for each layer. */
export function tfjsBackend(tf: TensorFlow, engine: string): Backend {
  const work = (task: () => readonly [losses: Tensor, gradients: Tensor]): Gradients => {
    if (tf.getBackend() !== engine) void tf.setBackend(engine);
    let found: Gradients | undefined;
    // What a tidy task returns is searched for tensors, number by number; so it returns nothing.
    tf.tidy(() => {
      const [losses, gradients] = task();
      found = { losses: losses.dataSync(), gradients: gradients.dataSync() };
    });
    if (found === undefined) throw new Error(`TensorFlow.js gave no gradients on ${engine}.`);
    return found;
  };
  return {
    name: `tfjs-${engine}`,
    criticGradients: (networks, batch, discount) => work(() => criticTensors(tf, networks, batch, discount)),
    actorGradients: (networks, batch) => work(() => actorTensors(tf, networks, batch)),
  };
}

/** A batch on its way. */
interface Upload {
  /** `[number][row][block]`. */
  readonly observations: Tensor;
  /** 1 / samples of the block where there is a sample, else 0; `[row][block][1]`. */
  readonly weights: Tensor;
  /** One number for each row and block, `[row][block][1]`. */
  column(values: Float32Array): Tensor;
}

function upload(tf: TensorFlow, { agents, rows, counts }: Minibatch, observations: Float32Array): Upload {
  const blocks = agents.length;
  const column = (values: Float32Array) =>
    tf.reshape(tf.transpose(tf.tensor(values, [blocks, rows]), [1, 0]), [rows, blocks, 1]);
  const weights = new Float32Array(blocks * rows);
  counts.forEach((count, block) => weights.fill(1 / count, block * rows, block * rows + count));
  const stacked = tf.tensor(observations, [blocks, rows, observations.length / weights.length]);
  return { observations: tf.transpose(stacked, [2, 1, 0]), weights: column(weights), column };
}

/** Parameters of the batch's agents, `[block][parameter]`. */
function parametersOf(tf: TensorFlow, all: Float32Array, { agents }: Minibatch, parameters: number): Tensor {
  const everyone = agents.length * parameters === all.length && agents.every((agent, block) => agent === block);
  return tf.tensor(everyone ? all : selectParts(all, agents, parameters), [agents.length, parameters]);
}

function passOf(tf: TensorFlow, networks: Networks, batch: Minibatch) {
  const { actorShape, criticShape } = networks;
  return {
    act: (actor: Float32Array, observations: Tensor): Pass =>
      forward(tf, tensorsOf(tf, actorShape, parametersOf(tf, actor, batch, actorShape.parameters)), observations),
    value: (critic: Float32Array, observations: Tensor, actions: Tensor): Pass => {
      const [, rows, blocks] = observations.shape;
      const inputs = tf.concat([observations, tf.reshape(actions, [1, rows, blocks])], 0);
      return forward(tf, tensorsOf(tf, criticShape, parametersOf(tf, critic, batch, criticShape.parameters)), inputs);
    },
  };
}

function criticTensors(tf: TensorFlow, networks: Networks, batch: Minibatch, discount: number): [Tensor, Tensor] {
  const { act, value } = passOf(tf, networks, batch);
  const { observations: next } = upload(tf, batch, batch.nextObservations);
  const { observations, weights, column } = upload(tf, batch, batch.observations);
  const wanted = tf.add(tf.tanh(act(networks.targetActor, next).output), column(batch.noise));
  const nextValues = value(networks.targetCritic, next, tf.clipByValue(wanted, -1, 1)).output;
  const worth = column(batch.continues.map(goesOn => goesOn * discount));
  const targets = tf.add(column(batch.rewards), tf.mul(worth, nextValues));
  const pass = value(networks.critic, observations, column(batch.actions));
  const errors = tf.sub(pass.output, targets);
  const weighted = tf.mul(errors, weights);
  const losses = tf.sum(tf.mul(weighted, errors), 0);
  return [losses, backward(tf, pass, tf.add(weighted, weighted)).parameters()];
}

function actorTensors(tf: TensorFlow, networks: Networks, batch: Minibatch): [Tensor, Tensor] {
  const { act, value } = passOf(tf, networks, batch);
  const { observations, weights } = upload(tf, batch, batch.observations);
  const actor = act(networks.actor, observations);
  const actions = tf.tanh(actor.output);
  const critic = value(networks.critic, observations, actions);
  const losses = tf.neg(tf.sum(tf.mul(critic.output, weights), 0));
  const byAction = backward(tf, critic, tf.neg(weights)).lastInput();
  const bySum = tf.sub(byAction, tf.mul(byAction, tf.mul(actions, actions)));
  return [losses, backward(tf, actor, bySum).parameters()];
}
