/** The mean of a sample and the half-width of its 95 % confidence interval. */
export interface Interval {
  readonly count: number;
  readonly mean: number;
  /** NaN for a single value, of which nothing is known about the spread. */
  readonly halfWidth: number;
}

/** Mean and 95 % interval of independent, roughly normal values: mean ± t(0.975, n − 1) s / √n. */
export function meanInterval(values: readonly number[]): Interval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { count, mean, halfWidth: NaN };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { count, mean, halfWidth: studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count) };
}

/** The t that a variable of Student's distribution exceeds in magnitude with probability 1 − `level`; by halving intervals. */
export function studentQuantile(degrees: number, level = 0.95): number {
  let [low, high] = [0, 1];
  while (studentWithin(high, degrees) < level) high *= 2;
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (studentWithin(middle, degrees) < level) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Probability that a variable of Student's distribution with a whole number of degrees of freedom lies within ±t.
 * Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
 */
function studentWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
