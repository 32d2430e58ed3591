/** How much noise an agent adds to its actions while it trains. */
export interface Exploration {
  readonly schedule: "quadratic" | "linear" | "constant";
  /** Standard deviation at the first second, of actions in [-1, 1]. */
  readonly first: number;
  /** Standard deviation at the end of the training; a constant schedule never comes there. */
  readonly last: number;
  /** Simulated seconds after which there is no noise and nothing is learned. */
  readonly trainingSeconds: number;
}

/** True while agents explore and learn. */
export function isTraining({ trainingSeconds }: Exploration, seconds: number): boolean {
  return seconds <= trainingSeconds;
}

/**
 * Standard deviation of the noise at a simulated time (s); 0 after the training. The quadratic schedule passes through `first`
 * at 1 s, a third of the way to `last` still to go at half of the training, and `last` at its end.
 */
export function explorationDeviation(exploration: Exploration, seconds: number): number {
  const { schedule, first, last, trainingSeconds: end } = exploration;
  if (!isTraining(exploration, seconds)) return 0;
  if (schedule === "constant" || end <= 1) return first;
  if (schedule === "linear") return first + ((last - first) * (seconds - 1)) / (end - 1);
  const middle = last + (first - last) / 3;
  return parabola([1, first], [end / 2, middle], [end, last])(seconds);
}

type Point = readonly [x: number, y: number];

/** The parabola through three points (Newton's divided differences); two points that coincide make a line. */
function parabola([x0, y0]: Point, [x1, y1]: Point, [x2, y2]: Point): (x: number) => number {
  const slope = (y2 - y0) / (x2 - x0);
  if (x1 === x0) return x => y0 + slope * (x - x0);
  const bend = ((y1 - y0) / (x1 - x0) - slope) / (x1 - x2);
  return x => y0 + (x - x0) * (slope + bend * (x - x2));
}
