import type { Backend, Gradients, Minibatch, Networks } from "./backend.js";
import { partOf } from "./minibatch.js";
import { PlainNetwork, type Samples } from "./plain-network.js";
import type { MakeMultiplier } from "./product.js";
import { simdMultiplier } from "./simd/multiplier.js";

/** Room for one agent's actor and critic and its samples. */
interface Bench {
  readonly actor: PlainNetwork;
  readonly critic: PlainNetwork;
  /** `[row]`. */
  readonly actions: Float32Array;
  readonly values: Float32Array;
  readonly nextValues: Float32Array;
  readonly slopes: Float32Array;
}

/** Learns agent by agent on typed arrays; the same bits everywhere. */
export function plainBackend(makeMultiplier: MakeMultiplier = simdMultiplier): Backend {
  let bench: Bench | undefined;
  let benchFor = "";
  const benchOf = ({ actorShape, criticShape }: Networks, { rows }: Minibatch): Bench => {
    const wanted = JSON.stringify([actorShape, criticShape, rows]);
    if (bench !== undefined && wanted === benchFor) return bench;
    benchFor = wanted;
    bench = {
      actor: new PlainNetwork(actorShape, rows, makeMultiplier),
      critic: new PlainNetwork(criticShape, rows, makeMultiplier),
      actions: new Float32Array(rows),
      values: new Float32Array(rows),
      nextValues: new Float32Array(rows),
      slopes: new Float32Array(rows),
    };
    return bench;
  };
  return {
    name: "plain",
    criticGradients(networks, batch, discount) {
      const found = noGradients(batch, networks.criticShape.parameters);
      const at = benchOf(networks, batch);
      for (let block = 0; block < batch.agents.length; block++) {
        nextValues(at, networks, batch, block);
        found.losses[block] = criticLoss(at, networks, batch, { block, discount });
        at.critic.backward(batch.counts[block], at.slopes);
        at.critic.gradient(partOf(found.gradients, block, networks.criticShape.parameters));
      }
      return found;
    },
    actorGradients(networks, batch) {
      const found = noGradients(batch, networks.actorShape.parameters);
      const at = benchOf(networks, batch);
      for (let block = 0; block < batch.agents.length; block++) {
        found.losses[block] = actorLoss(at, networks, batch, block);
        at.actor.backward(batch.counts[block], at.slopes);
        at.actor.gradient(partOf(found.gradients, block, networks.actorShape.parameters));
      }
      return found;
    },
  };
}

function noGradients({ agents }: Minibatch, parameters: number): Gradients {
  return { losses: new Float32Array(agents.length), gradients: new Float32Array(agents.length * parameters) };
}

const samplesOf = (stacked: Float32Array, { counts, agents }: Minibatch, block: number): Samples => ({
  count: counts[block],
  observations: partOf(stacked, block, stacked.length / agents.length),
});

/** What the targets say that the next observations are worth, into `nextValues`. */
function nextValues(
  { actor, critic, actions, nextValues }: Bench,
  networks: Networks,
  batch: Minibatch,
  block: number,
) {
  const agent = batch.agents[block];
  const samples = samplesOf(batch.nextObservations, batch, block);
  const noise = partOf(batch.noise, block, batch.rows);
  actor.load(networks.targetActor, agent);
  actor.forward(samples, actions);
  for (let k = 0; k < samples.count; k++) {
    actions[k] = Math.min(Math.max(Math.tanh(actions[k]) + noise[k], -1), 1);
  }
  critic.load(networks.targetCritic, agent);
  critic.forward({ ...samples, actions }, nextValues);
}

/** The critic's mean squared error; its derivatives by the values go into `slopes`. */
function criticLoss(at: Bench, networks: Networks, batch: Minibatch, { block, discount }: CriticBlock): number {
  const { critic, values, nextValues, slopes } = at;
  const samples = samplesOf(batch.observations, batch, block);
  const begin = block * batch.rows;
  critic.load(networks.critic, batch.agents[block]);
  critic.forward({ ...samples, actions: batch.actions.subarray(begin) }, values);
  let squares = 0;
  for (let k = 0; k < samples.count; k++) {
    const target = batch.rewards[begin + k] + discount * batch.continues[begin + k] * nextValues[k];
    const error = values[k] - target;
    squares += error * error;
    slopes[k] = (2 * error) / samples.count;
  }
  return squares / samples.count;
}

interface CriticBlock {
  readonly block: number;
  readonly discount: number;
}

/** Minus the mean value of the actor's actions; its derivatives by the actor's sums go into `slopes`. */
function actorLoss(
  { actor, critic, actions, values, slopes }: Bench,
  networks: Networks,
  batch: Minibatch,
  block: number,
) {
  const agent = batch.agents[block];
  const samples = samplesOf(batch.observations, batch, block);
  const { count } = samples;
  actor.load(networks.actor, agent);
  actor.forward(samples, actions);
  for (let k = 0; k < count; k++) actions[k] = Math.tanh(actions[k]);
  critic.load(networks.critic, agent);
  critic.forward({ ...samples, actions }, values);
  slopes.fill(-1 / count, 0, count);
  critic.backward(count, slopes);
  critic.lastInputSlopes(count, slopes);
  for (let k = 0; k < count; k++) slopes[k] *= 1 - actions[k] * actions[k];
  return -values.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
}
