/** Adam's memory for the stacked networks of all agents. Plain data. */
export interface Moments {
  /** Running means of the gradients and of their squares, `[agent][parameter]`. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps done, `[agent]`. */
  readonly steps: Uint32Array;
}

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/** Nothing learned yet. */
export function noMoments(agents: number, parameters: number): Moments {
  const size = agents * parameters;
  return { first: new Float32Array(size), second: new Float32Array(size), steps: new Uint32Array(agents) };
}

/** Which way is down, and how far to go. */
export interface Descent {
  readonly gradient: Float32Array;
  readonly rate: number;
}

/** One agent's step of Adam down its gradient (Kingma and Ba, Adam, ICLR 2015, algorithm 1). */
export function adamStep(parameters: Float32Array, moments: Moments, agent: number, { gradient, rate }: Descent): void {
  const { first, second } = moments;
  const step = ++moments.steps[agent];
  const firstBias = 1 - Math.exp(step * Math.log(FIRST_DECAY));
  const secondBias = 1 - Math.exp(step * Math.log(SECOND_DECAY));
  const begin = agent * gradient.length;
  for (let k = 0; k < gradient.length; k++) {
    const slope = gradient[k];
    const mean = FIRST_DECAY * first[begin + k] + (1 - FIRST_DECAY) * slope;
    const square = SECOND_DECAY * second[begin + k] + (1 - SECOND_DECAY) * slope * slope;
    first[begin + k] = mean;
    second[begin + k] = square;
    parameters[begin + k] -= ((rate / firstBias) * mean) / (Math.sqrt(square / secondBias) + EPSILON);
  }
}
