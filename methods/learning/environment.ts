/** A number that an agent sees or chooses, and the bounds that it is divided by or kept within. */
export interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}

/** What an agent sees and does in an environment; the reward's unit is the environment's own. */
export interface EnvironmentSchema {
  readonly observation: readonly Quantity[];
  readonly action: Quantity;
  readonly rewardUnit: string;
}

/** What follows an action. */
export interface Outcome {
  readonly observation: Float64Array;
  readonly reward: number;
  /** True when the episode is over. */
  readonly final: boolean;
}

/** A world for one agent, whatever its algorithm. The same seed and actions give the same outcomes. */
export interface Environment {
  readonly schema: EnvironmentSchema;
  /** Begins an episode. */
  reset(seed: number): Float64Array;
  /** @param action in the bounds of the schema's action. */
  step(action: number): Outcome;
}

/** An observation divided by its bounds: each number from 0 at its low bound to 1 at its high one. */
export const scaleObservation = ({ observation }: EnvironmentSchema, seen: ArrayLike<number>): Float64Array =>
  Float64Array.from(observation, ({ low, high }, k) => (seen[k] - low) / (high - low));

/** The action that a number from -1 (its low bound) to 1 (its high one) stands for. */
export const scaleAction = ({ action: { low, high } }: EnvironmentSchema, chosen: number): number =>
  low + ((chosen + 1) / 2) * (high - low);
