import { RandomStream } from "../../../runtime/stream.js";
import type { Backend } from "../backend.js";
import { act, createDdpg, type DdpgSettings, ddpgDefaults, remember, update } from "../ddpg.js";
import { type Environment, scaleAction, scaleObservation } from "../environment.js";

/** What an agent does when it sees something, in the environment's own numbers. */
export type Policy = (observation: ArrayLike<number>) => number;

/** A training of one agent. */
export interface Training {
  readonly steps: number;
  readonly seed: number;
  readonly backend: Backend;
  readonly settings?: Partial<DdpgSettings>;
  /** Hears of the policy without noise now and then; true ends the training. */
  readonly check?: { readonly every: number; readonly done: (policy: Policy) => boolean };
}

/** Trains an agent with DDPG, one step of the environment being one second of the exploration; returns its policy and the steps done. */
export function train(environment: Environment, { steps, seed, backend, settings, check }: Training) {
  const { schema } = environment;
  const random = new RandomStream(seed, "agent");
  const exploration = { ...ddpgDefaults.exploration, trainingSeconds: steps };
  const observations = schema.observation.length;
  const state = createDdpg({ ...ddpgDefaults, exploration, ...settings, observations }, [random]);
  const policy: Policy = seen => scaleAction(schema, act(state, 0, scaleObservation(schema, seen)));
  let episode = seed * 1_000_000;
  let observation = scaleObservation(schema, environment.reset(episode));
  for (let step = 1; step <= steps; step++) {
    const action = act(state, 0, observation, { seconds: step, random });
    const outcome = environment.step(scaleAction(schema, action));
    const nextObservation = scaleObservation(schema, outcome.observation);
    remember(state, 0, { observation, action, reward: outcome.reward, nextObservation, final: outcome.final });
    update(state, [random], backend);
    observation = outcome.final ? scaleObservation(schema, environment.reset(++episode)) : nextObservation;
    if (check !== undefined && step % check.every === 0 && check.done(policy)) return { policy, steps: step };
  }
  return { policy, steps };
}

/** What a policy earns in an episode without discount. */
export function returnOf(environment: Environment, policy: Policy, seed: number): number {
  let sum = 0;
  let observation = environment.reset(seed);
  for (let final = false; !final;) {
    const outcome = environment.step(policy(observation));
    sum += outcome.reward;
    ({ observation, final } = outcome);
  }
  return sum;
}
