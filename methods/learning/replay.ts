import type { RandomSource } from "./random-source.js";

/** What an agent saw, did, got for it, and saw then. */
export interface Transition {
  readonly observation: ArrayLike<number>;
  /** In [-1, 1]. */
  readonly action: number;
  readonly reward: number;
  readonly nextObservation: ArrayLike<number>;
  /** True when nothing follows; default false. */
  readonly final?: boolean;
}

/** One agent's memory: copies of its last transitions, one a row, the oldest overwritten first. Plain data. */
export interface Replay {
  /** `[row][rowWidth]`: observation, action, reward, 1 unless final, next observation. Grows up to the capacity. */
  rows: Float32Array;
  /** Transitions in memory. */
  stored: number;
  /** Row that the next transition takes. */
  next: number;
}

const FIRST_ROWS = 64;

/** Numbers in a row. */
export const rowWidth = (observations: number) => 2 * observations + 3;

/** An empty memory. */
export const emptyReplay = (): Replay => ({ rows: new Float32Array(0), stored: 0, next: 0 });

/** Copies a transition into a memory of at most `capacity` rows. */
export function store(replay: Replay, transition: Transition, capacity: number): void {
  const { observation, action, reward, nextObservation, final } = transition;
  const width = rowWidth(observation.length);
  const rows = replay.rows.length / width;
  if (replay.next === rows && rows < capacity) {
    const grown = new Float32Array(Math.min(capacity, Math.max(FIRST_ROWS, 2 * rows)) * width);
    grown.set(replay.rows);
    replay.rows = grown;
  }
  const at = replay.next * width;
  const then = at + observation.length + 3;
  replay.rows.set(observation, at);
  replay.rows[then - 3] = action;
  replay.rows[then - 2] = reward;
  replay.rows[then - 1] = final ? 0 : 1;
  replay.rows.set(nextObservation, then);
  replay.stored = Math.max(replay.stored, replay.next + 1);
  replay.next = (replay.next + 1) % capacity;
}

/** Row of the transition stored last. */
export function newestRow({ rows, next }: Replay, width: number): number {
  return next === 0 ? rows.length / width - 1 : next - 1;
}

/**
 * Draws `count` different whole numbers below `below` into `picks`, all sets equally likely
 * (Floyd's algorithm; Bentley and Floyd, Programming pearls: a sample of brilliance, CACM 30(9), 1987).
 */
export function pickDistinct(picks: Int32Array, count: number, below: number, random: RandomSource): void {
  const taken = new Uint8Array(below);
  for (let k = 0; k < count; k++) {
    const top = below - count + k;
    const drawn = random.integer(0, top);
    const pick = taken[drawn] === 1 ? top : drawn;
    taken[pick] = 1;
    picks[k] = pick;
  }
}
