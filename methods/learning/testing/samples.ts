import { RandomStream } from "../../../runtime/stream.js";
import type { Minibatch, Networks } from "../backend.js";
import { createDdpg, type DdpgSettings, ddpgDefaults, type DdpgState, remember } from "../ddpg.js";
import type { RandomSource } from "../random-source.js";
import type { Transition } from "../replay.js";

/** A group of agents and their streams. */
export interface Group {
  readonly state: DdpgState;
  readonly randoms: RandomSource[];
}

/** Agents with memories of random transitions, nothing due. */
export function groupOf(agents: number, transitions: number, settings: Partial<DdpgSettings> = {}): Group {
  const randoms = Array.from({ length: agents }, (_, agent) => new RandomStream(1, `agent ${agent}`));
  const state = createDdpg({ ...ddpgDefaults, ...settings }, randoms);
  for (let agent = 0; agent < agents; agent++) {
    const random = new RandomStream(2, `transitions of ${agent}`);
    for (let k = 0; k < transitions; k++) {
      remember(state, agent, randomTransition(state.settings.observations, random));
    }
  }
  state.due.fill(0);
  return { state, randoms };
}

/** A transition of numbers without meaning. */
export function randomTransition(observations: number, random: RandomSource): Transition {
  const observation = () => Array.from({ length: observations }, () => random.uniform(0, 1));
  return {
    observation: observation(),
    action: random.uniform(-1, 1),
    reward: random.normal(),
    nextObservation: observation(),
    final: random.uniform(0, 1) < 0.1,
  };
}

/** Networks in double precision. */
export type ExactNetworks = Pick<Networks, "actorShape" | "criticShape"> & Record<NetworkName, Float64Array>;

/** Copies networks into double precision. */
export const exactly = (networks: Networks): ExactNetworks => ({
  ...networks,
  actor: Float64Array.from(networks.actor),
  critic: Float64Array.from(networks.critic),
  targetActor: Float64Array.from(networks.targetActor),
  targetCritic: Float64Array.from(networks.targetCritic),
});

/** The losses from their definition, in double precision: sample by sample, unit by unit. */
export const lossesByDefinition = {
  critic(networks: ExactNetworks, batch: Minibatch, block: number, discount: number): number {
    return meanOver(batch, block, row => {
      const wanted = Math.tanh(output(networks, "targetActor", batch, { block, row, next: true })) + batch.noise[row];
      const nextAction = Math.min(Math.max(wanted, -1), 1);
      const nextValue = output(networks, "targetCritic", batch, { block, row, next: true, action: nextAction });
      const value = output(networks, "critic", batch, { block, row, action: batch.actions[row] });
      const error = value - (batch.rewards[row] + discount * batch.continues[row] * nextValue);
      return error * error;
    });
  },
  actor(networks: ExactNetworks, batch: Minibatch, block: number): number {
    return meanOver(batch, block, row => {
      const action = Math.tanh(output(networks, "actor", batch, { block, row }));
      return -output(networks, "critic", batch, { block, row, action });
    });
  },
};

function meanOver({ rows, counts }: Minibatch, block: number, lossOf: (row: number) => number): number {
  let sum = 0;
  for (let k = 0; k < counts[block]; k++) sum += lossOf(block * rows + k);
  return sum / counts[block];
}

interface Sample {
  readonly block: number;
  readonly row: number;
  readonly next?: boolean;
  readonly action?: number;
}

type NetworkName = "actor" | "critic" | "targetActor" | "targetCritic";

function output(
  networks: ExactNetworks,
  name: NetworkName,
  batch: Minibatch,
  { block, row, next, action }: Sample,
): number {
  const shape = action === undefined ? networks.actorShape : networks.criticShape;
  const width = networks.actorShape.layers[0].inputs;
  const seen = (next ? batch.nextObservations : batch.observations).subarray(row * width, (row + 1) * width);
  const parameters = networks[name];
  const begin = batch.agents[block] * shape.parameters;
  let values = action === undefined ? [...seen] : [...seen, action];
  shape.layers.forEach(({ inputs, outputs, weights, biases }, depth) => {
    values = Array.from({ length: outputs }, (_, o) => {
      let sum = parameters[begin + biases + o];
      for (let i = 0; i < inputs; i++) sum += values[i] * parameters[begin + weights + i * outputs + o];
      return depth < 2 ? Math.max(sum, 0) : sum;
    });
  });
  return values[0];
}
