/** How one value of each object becomes one number. */
export const ACROSS = ["min", "mean", "max", "sum", "jain"] as const;

export type Across = (typeof ACROSS)[number];

/** One number out of one of each object; NaN without objects. */
export function reduceAcross(values: ArrayLike<number>, across: Across): number {
  const { length } = values;
  if (length === 0) return NaN;
  if (across === "jain") return jainIndex(values);
  let found = values[0];
  for (let i = 1; i < length; i++) {
    if (across === "min") found = Math.min(found, values[i]);
    else if (across === "max") found = Math.max(found, values[i]);
    else found += values[i];
  }
  return across === "mean" ? found / length : found;
}

/**
 * Jain's fairness index (Σx)² / (n Σx²) (Jain, Chiu and Hawe, DEC-TR-301, 1984): 1 where all have the same, 1/n where
 * one has everything. Where somebody has less than nothing, all values count from the least one; where nobody has
 * anything, all have the same: 1.
 */
export function jainIndex(values: ArrayLike<number>): number {
  let least = 0;
  for (let i = 0; i < values.length; i++) least = Math.min(least, values[i]);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] - least;
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}
