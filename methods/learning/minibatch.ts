import type { Minibatch } from "./backend.js";
import type { RandomSource } from "./random-source.js";
import { newestRow, pickDistinct, type Replay, rowWidth } from "./replay.js";

/** What a batch is drawn by. */
export interface Draw {
  readonly observations: number;
  /** Rows of a block. */
  readonly batch: number;
  readonly targetNoise: number;
  readonly aliasesReplay: boolean;
}

/** Draws different transitions from each agent's memory, all of them while it holds no more than a batch, and the targets' noise. */
export function drawBatch(
  draw: Draw,
  agents: Int32Array,
  replays: readonly Replay[],
  randoms: readonly RandomSource[],
): Minibatch {
  const batch = emptyBatch(agents, draw.batch, draw.observations);
  const picks = new Int32Array(draw.batch);
  const width = rowWidth(draw.observations);
  agents.forEach((agent, block) => {
    const replay = replays[agent];
    const count = Math.min(draw.batch, replay.stored);
    pickDistinct(picks, count, replay.stored, randoms[agent]);
    if (draw.aliasesReplay) picks.fill(newestRow(replay, width), 0, count);
    batch.counts[block] = count;
    for (let k = 0; k < count; k++) {
      copyRow(replay.rows, picks[k], batch, block * draw.batch + k);
      batch.noise[block * draw.batch + k] = randoms[agent].normal(0, draw.targetNoise);
    }
  });
  return batch;
}

function emptyBatch(agents: Int32Array, rows: number, observations: number): Minibatch {
  const size = agents.length * rows;
  return {
    agents,
    rows,
    counts: new Int32Array(agents.length),
    observations: new Float32Array(size * observations),
    actions: new Float32Array(size),
    rewards: new Float32Array(size),
    continues: new Float32Array(size),
    noise: new Float32Array(size),
    nextObservations: new Float32Array(size * observations),
  };
}

function copyRow(rows: Float32Array, row: number, batch: Minibatch, to: number): void {
  const observations = batch.observations.length / batch.actions.length;
  const from = row * rowWidth(observations);
  const next = from + observations + 3;
  for (let k = 0; k < observations; k++) {
    batch.observations[to * observations + k] = rows[from + k];
    batch.nextObservations[to * observations + k] = rows[next + k];
  }
  batch.actions[to] = rows[next - 3];
  batch.rewards[to] = rows[next - 2];
  batch.continues[to] = rows[next - 1];
}

/** The blocks of those agents that are wanted; the batch itself when all are. */
export function selectBlocks(batch: Minibatch, wanted: (agent: number) => boolean): Minibatch {
  const blocks = [...batch.agents.keys()].filter(block => wanted(batch.agents[block]));
  if (blocks.length === batch.agents.length) return batch;
  const part = (values: Float32Array) => selectParts(values, blocks, values.length / batch.agents.length);
  return {
    agents: Int32Array.from(blocks, block => batch.agents[block]),
    rows: batch.rows,
    counts: Int32Array.from(blocks, block => batch.counts[block]),
    observations: part(batch.observations),
    actions: part(batch.actions),
    rewards: part(batch.rewards),
    continues: part(batch.continues),
    noise: part(batch.noise),
    nextObservations: part(batch.nextObservations),
  };
}

/** The parts of a stacked array that are wanted, in their order; each part has `size` numbers. */
export function selectParts(values: Float32Array, parts: ArrayLike<number>, size: number): Float32Array {
  const selected = new Float32Array(parts.length * size);
  for (let k = 0; k < parts.length; k++) selected.set(partOf(values, parts[k], size), k * size);
  return selected;
}

/** One part of a stacked array; it shares the array's memory. */
export const partOf = (values: Float32Array, part: number, size: number) =>
  values.subarray(part * size, (part + 1) * size);
