/**
 * A point in the total order of a run: `(time, stage, iteration, rank)`, compared left to right.
 *
 * `time` is an integer number of ticks since the case's start. `phase` packs the other three into one safe
 * integer, so that two stamps compare as two pairs of numbers and travel as two doubles.
 */
export interface Stamp {
  readonly time: number;
  readonly phase: number;
}

/** The four components of a stamp, for people. */
export interface StampParts {
  readonly time: number;
  readonly stage: number;
  readonly iteration: number;
  readonly rank: number;
}

const RANKS = 65536;
const ITERATIONS = 1048576;
const STAGE_UNIT = RANKS * ITERATIONS;

/** Largest stage and rank that fit into a phase (16 bits each, one value of each is taken by −1). */
export const MAX_STAGE = 65534;
export const MAX_RANK = 65534;
/** Largest iteration that fits into a phase (20 bits). */
export const MAX_ITERATION = ITERATIONS - 1;

/** Packs stage (≥ −1), iteration (≥ 0) and rank (≥ −1) so that the packed numbers order like the triples. */
export function phaseOf(stage: number, iteration: number, rank: number): number {
  return (stage + 1) * STAGE_UNIT + iteration * RANKS + (rank + 1);
}

/** Phase of an item that arrives over a delayed link: before every activation of its time, `(−1, 0, 0)`. */
export const DELAYED_PHASE = phaseOf(-1, 0, 0);

/** The components of a stamp. */
export function stampParts({ time, phase }: Stamp): StampParts {
  const rank = (phase % RANKS) - 1;
  const iteration = Math.floor(phase / RANKS) % ITERATIONS;
  return { time, stage: Math.floor(phase / STAGE_UNIT) - 1, iteration, rank };
}

/** Iteration of a phase. */
export function iterationOf(phase: number): number {
  return Math.floor(phase / RANKS) % ITERATIONS;
}

/** The phase with its rank replaced: where a member of the same loop runs in the same iteration. */
export function withRank(phase: number, rank: number): number {
  return phase - (phase % RANKS) + rank + 1;
}

/** Phase of an item on an iterating link, `(stage, iteration + 1, −1)`. */
export function nextIteration(phase: number): number {
  return phase - (phase % RANKS) + RANKS;
}

/** Negative, zero or positive as `a` is before, at or after `b`. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || a.phase - b.phase;
}

/** True when the first stamp, given as two numbers, is smaller than the second. */
export function isBefore(aTime: number, aPhase: number, bTime: number, bPhase: number): boolean {
  return aTime < bTime || (aTime === bTime && aPhase < bPhase);
}

/** `(time, stage, iteration, rank)` as text. */
export function formatStamp(stamp: Stamp): string {
  const { time, stage, iteration, rank } = stampParts(stamp);
  return `(${time}, ${stage}, ${iteration}, ${rank})`;
}
