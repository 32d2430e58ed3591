import { adamStep, type Moments, noMoments } from "./adam.js";
import type { Backend, Gradients, Networks } from "./backend.js";
import { type Exploration, explorationDeviation } from "./exploration.js";
import { drawBatch, partOf, selectBlocks } from "./minibatch.js";
import { evaluate, initialise, shapeOf } from "./network.js";
import type { RandomSource } from "./random-source.js";
import { emptyReplay, type Replay, store, type Transition } from "./replay.js";

/** What a group of agents has in common. */
export interface DdpgSettings {
  /** Numbers in an observation. */
  readonly observations: number;
  /** Units of the two hidden layers, of actors and critics alike. */
  readonly hidden: readonly [number, number];
  /** Step size of Adam, for actors and critics alike. */
  readonly learningRate: number;
  /** Worth of a reward one step later, 0 to 1. */
  readonly discount: number;
  /** Part of the way that target networks go towards the learned ones at each of their updates. */
  readonly targetShare: number;
  /** Transitions in an update; fewer while the memory holds fewer. */
  readonly batch: number;
  /** Transitions that an agent remembers; memory grows as they come, 8 bytes for each number of an observation. */
  readonly replayCapacity: number;
  /** Updates of the critic for each update of the actor and the targets. */
  readonly actorEvery: number;
  /** Standard deviation of the noise of the target actor's actions. */
  readonly targetNoise: number;
  readonly exploration: Exploration;
  /** Published defect: every remembered transition is the newest one. */
  readonly aliasesReplay: boolean;
  /** Published defect: all agents start with the first one's networks. */
  readonly sharedSeed: boolean;
}

/**
 * The published learning market's settings, its defects left out. The published memory of a million transitions, of which
 * its 576 training steps fill little, is bounded to 10,000: about 1.2 MB for each agent.
 */
export const ddpgDefaults: DdpgSettings = {
  observations: 13,
  hidden: [30, 30],
  learningRate: 1e-3,
  discount: 0.97,
  targetShare: 0.01,
  batch: 100,
  replayCapacity: 10_000,
  actorEvery: 6,
  targetNoise: 0.1,
  exploration: { schedule: "quadratic", first: 0.6, last: 0.1, trainingSeconds: 172_800 },
  aliasesReplay: false,
  sharedSeed: false,
};

/** Everything that a group of agents has learned and remembers. Plain data: a copy of it goes on with the same numbers. */
export interface DdpgState {
  readonly settings: DdpgSettings;
  readonly networks: Networks;
  readonly actorMoments: Moments;
  readonly criticMoments: Moments;
  readonly replays: readonly Replay[];
  /** Transitions stored and not yet learned from, `[agent]`. */
  readonly due: Uint32Array;
  /** Loss of each critic at its last update, `[agent]`. */
  readonly criticLosses: Float32Array;
  /** The same of each actor. */
  readonly actorLosses: Float32Array;
  /** 1 for agents that have diverged; they learn no more, `[agent]`. */
  readonly diverged: Uint8Array;
}

/** An agent whose loss or gradient is no finite number any more. Its networks are those before that update. */
export interface Divergence {
  readonly agent: number;
  readonly what: "critic loss" | "critic gradient" | "actor loss" | "actor gradient";
  readonly value: number;
}

/** Makes one agent for each stream of random numbers; each draws its networks from its own. */
export function createDdpg(settings: DdpgSettings, randoms: readonly RandomSource[]): DdpgState {
  const { observations, hidden, sharedSeed } = settings;
  const actorShape = shapeOf([observations, ...hidden, 1]);
  const criticShape = shapeOf([observations + 1, ...hidden, 1]);
  const agents = randoms.length;
  const actor = new Float32Array(agents * actorShape.parameters);
  const critic = new Float32Array(agents * criticShape.parameters);
  randoms.forEach((random, agent) => {
    initialise(actorShape, partOf(actor, agent, actorShape.parameters), random);
    initialise(criticShape, partOf(critic, agent, criticShape.parameters), random);
    if (!sharedSeed) return;
    actor.copyWithin(agent * actorShape.parameters, 0, actorShape.parameters);
    critic.copyWithin(agent * criticShape.parameters, 0, criticShape.parameters);
  });
  return {
    settings,
    networks: { actorShape, criticShape, actor, critic, targetActor: actor.slice(), targetCritic: critic.slice() },
    actorMoments: noMoments(agents, actorShape.parameters),
    criticMoments: noMoments(agents, criticShape.parameters),
    replays: randoms.map(emptyReplay),
    due: new Uint32Array(agents),
    criticLosses: new Float32Array(agents),
    actorLosses: new Float32Array(agents),
    diverged: new Uint8Array(agents),
  };
}

/** When an agent acts, and where its noise comes from. */
export interface Exploring {
  /** Simulated seconds since the start of the training. */
  readonly seconds: number;
  readonly random: RandomSource;
}

/** An agent's action in [-1, 1]: what its actor says, with noise while it explores. Never asks a backend. */
export function act(state: DdpgState, agent: number, observation: ArrayLike<number>, exploring?: Exploring): number {
  const { actor, actorShape } = state.networks;
  const action = Math.tanh(evaluate(actorShape, partOf(actor, agent, actorShape.parameters), observation));
  if (exploring === undefined) return action;
  const deviation = explorationDeviation(state.settings.exploration, exploring.seconds);
  return deviation === 0 ? action : clip(action + exploring.random.normal(0, deviation));
}

/** Copies a transition into an agent's memory; one update of its critic becomes due. */
export function remember(state: DdpgState, agent: number, transition: Transition): void {
  store(state.replays[agent], transition, state.settings.replayCapacity);
  if (state.diverged[agent] === 0) state.due[agent]++;
}

/**
 * Does the updates that are due, those of different agents together: one of the critic for each transition, and one of the
 * actor and both targets after every `actorEvery` of them (Lillicrap et al., Continuous control with deep reinforcement
 * learning, ICLR 2016, algorithm 1; delayed actors and noisy targets: Fujimoto et al., ICML 2018).
 * An agent that diverges is reported once, learns no more, and can still act. `randoms[agent]` is the agent's own stream.
 */
export function update(state: DdpgState, randoms: readonly RandomSource[], backend: Backend): readonly Divergence[] {
  const divergences: Divergence[] = [];
  for (let agents = dueAgents(state); agents.length > 0; agents = dueAgents(state)) {
    for (const agent of agents) state.due[agent]--;
    divergences.push(...updateOnce(state, agents, randoms, backend));
  }
  return divergences;
}

const dueAgents = ({ due }: DdpgState) => Int32Array.from(due.keys()).filter(agent => due[agent] > 0);

function updateOnce(state: DdpgState, agents: Int32Array, randoms: readonly RandomSource[], backend: Backend) {
  const { settings, networks, actorMoments, criticMoments } = state;
  const batch = drawBatch(settings, agents, state.replays, randoms);
  const critics = backend.criticGradients(networks, batch, settings.discount);
  agents.forEach((agent, block) => (state.criticLosses[agent] = critics.losses[block]));
  const divergences = descend(state, agents, critics, {
    name: "critic",
    parameters: networks.critic,
    moments: criticMoments,
  });
  const isDelayOver = (agent: number) => criticMoments.steps[agent] % settings.actorEvery === 0;
  const delayed = selectBlocks(batch, agent => state.diverged[agent] === 0 && isDelayOver(agent));
  if (delayed.agents.length === 0) return divergences;
  const actors = backend.actorGradients(networks, delayed);
  delayed.agents.forEach((agent, block) => (state.actorLosses[agent] = actors.losses[block]));
  const more = descend(state, delayed.agents, actors, {
    name: "actor",
    parameters: networks.actor,
    moments: actorMoments,
  });
  for (const agent of delayed.agents) {
    if (state.diverged[agent] === 1) continue;
    follow(networks.targetActor, networks.actor, agent, state);
    follow(networks.targetCritic, networks.critic, agent, state);
  }
  return [...divergences, ...more];
}

/** The networks that are learned, of all agents. */
interface Learner {
  readonly name: "critic" | "actor";
  readonly parameters: Float32Array;
  readonly moments: Moments;
}

/** Moves the agents' networks down their gradients; those that have none leave. */
function descend(state: DdpgState, agents: Int32Array, found: Gradients, learner: Learner): Divergence[] {
  const divergences: Divergence[] = [];
  const size = found.gradients.length / agents.length;
  agents.forEach((agent, block) => {
    const gradient = partOf(found.gradients, block, size);
    const faults = [
      { agent, what: `${learner.name} loss`, value: found.losses[block] },
      { agent, what: `${learner.name} gradient`, value: sumOf(gradient) },
    ] as const;
    const fault = faults.find(({ value }) => !Number.isFinite(value));
    if (fault === undefined) {
      adamStep(learner.parameters, learner.moments, agent, { gradient, rate: state.settings.learningRate });
      return;
    }
    state.diverged[agent] = 1;
    state.due[agent] = 0;
    divergences.push(fault);
  });
  return divergences;
}

/** Moves an agent's target network a part of the way towards the learned one. */
function follow(targets: Float32Array, learned: Float32Array, agent: number, { settings, due }: DdpgState): void {
  const size = targets.length / due.length;
  for (let k = agent * size; k < (agent + 1) * size; k++) {
    targets[k] += settings.targetShare * (learned[k] - targets[k]);
  }
}

/** No finite number when one of the values is none. */
function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}

const clip = (action: number) => Math.min(Math.max(action, -1), 1);
