/** What an object's value is measured against: beyond is below `low` or above `high`. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Time that each object spends beyond a range, how far beyond, and how often it went there. Plain data. */
export interface Limit extends Range {
  /** Ticks beyond the range. */
  readonly ticks: Float64Array;
  readonly count: Float64Array;
  /** Distance from the range × ticks, where somebody asks for it. */
  readonly excess: Float64Array | undefined;
  /** True while some object is beyond the range. */
  occupied: boolean;
}

/** A statistic's direction: `durationAbove` looks above its limit, `energyOutside` at both ends of its limits. */
export type Beyond = "Above" | "Below" | "Outside";

/** The range that a statistic's name and limits describe; undefined for a statistic without. */
export function rangeOf(
  statistic: string,
  { limit = 0, limits = [0, 0] }: { limit?: number; limits?: readonly [number, number] },
): Range | undefined {
  const beyond = /(Above|Below|Outside)$/.exec(statistic)?.[1] as Beyond | undefined;
  if (beyond === undefined) return undefined;
  if (beyond === "Outside") return { low: limits[0], high: limits[1] };
  return beyond === "Above" ? { low: -Infinity, high: limit } : { low: limit, high: Infinity };
}

/** True for the same range. */
export function isSameRange(a: Range, b: Range): boolean {
  return a.low === b.low && a.high === b.high;
}

/** A limit of `size` objects that has seen nothing. */
export function createLimit({ low, high }: Range, size: number, keepsExcess: boolean): Limit {
  const array = () => new Float64Array(size);
  return { low, high, ticks: array(), count: array(), excess: keepsExcess ? array() : undefined, occupied: false };
}

/** Starts the counts of a window with its first values. */
export function openLimits(limits: readonly Limit[], values: Float64Array): void {
  for (const limit of limits) {
    limit.count.fill(0);
    limit.occupied = false;
  }
  countEntries(limits, undefined, values);
}

/** Starts the times of a window. */
export function clearLimit({ ticks, excess }: Limit): void {
  ticks.fill(0);
  excess?.fill(0);
}

/**
 * Counts the objects that go beyond each range; `held` are the values before, if there were any.
 * One look at the extremes spares a look at every object where all are within a range, as they mostly are.
 */
export function countEntries(limits: readonly Limit[], held: Float64Array | undefined, values: Float64Array): void {
  if (limits.length === 0) return;
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  for (const limit of limits) {
    const isAnyBeyond = lowest < limit.low || highest > limit.high;
    if (isAnyBeyond) countThose(limit, limit.occupied ? held : undefined, values);
    limit.occupied = isAnyBeyond;
  }
}

function countThose({ low, high, count }: Limit, held: Float64Array | undefined, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value > high || value < low)) continue;
    if (held === undefined || !(held[i] > high || held[i] < low)) count[i]++;
  }
}

/** Books the time that the values were held. */
export function bookLimit({ low, high, ticks, excess, occupied }: Limit, held: Float64Array, duration: number): void {
  if (!occupied) return;
  for (let i = 0; i < held.length; i++) {
    const beyond = held[i] > high ? held[i] - high : held[i] < low ? low - held[i] : 0;
    if (beyond === 0) continue;
    ticks[i] += duration;
    if (excess !== undefined) excess[i] += beyond * duration;
  }
}
