/** What is measured: its unit for people, and whether less or more of it is better. */
export const MEASURES = {
  microsPerStep: { unit: "µs a step", better: "less" },
  microsPerHop: { unit: "µs a hop", better: "less" },
  microsPerSolve: { unit: "µs a solve", better: "less" },
  millisPerRound: { unit: "ms a round", better: "less" },
  p50Ms: { unit: "ms, half", better: "less" },
  p95Ms: { unit: "ms, 95 %", better: "less" },
  nanosPerBid: { unit: "ns a bid", better: "less" },
  millisPerUpdate: { unit: "ms an update", better: "less" },
  stepsToOptimum: { unit: "steps", better: "less" },
  peakMegabytes: { unit: "MB", better: "less" },
  grantsPerSecond: { unit: "grants/s", better: "more" },
  roundsPerSecond: { unit: "rounds/s", better: "more" },
  stepsPerSecond: { unit: "steps/s", better: "more" },
  wallSeconds: { unit: "s", better: "less" },
  seconds: { unit: "s", better: "less" },
} as const satisfies Record<string, { readonly unit: string; readonly better: "less" | "more" }>;

/** Key of a measure in the JSON document. */
export type Measure = keyof typeof MEASURES;

/** What one repetition brought: the measure's value and other figures. */
export interface Sample {
  readonly value: number;
  readonly also?: Readonly<Record<string, number>>;
}

/**
 * Does the work once.
 * @throws Skipped when this machine cannot do it.
 */
export type Runner = () => Promise<Sample>;

/** Who else does the same work. */
export type PeerName = "zeromq" | "helics" | "mosaik" | "gridlabd";

/** Something to measure, next to those who do the same work. */
export interface Row {
  /** Key in the JSON document. */
  readonly bench: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly measure: Measure;
  /** Value to reach. */
  readonly goal?: number;
  readonly ours: Runner;
  readonly peers?: Readonly<Partial<Record<PeerName, Runner>>>;
  /** Most repetitions, where one takes long. */
  readonly repetitions?: number;
}

/** Several repetitions of a sample. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly repetitions: number;
  /** Medians of the other figures. */
  readonly also: Readonly<Record<string, number>>;
}

/** A figure, or why there is none. */
export type Outcome = Figure | { readonly skipped: string };

/** A row with its figures. */
export interface Result extends Pick<Row, "bench" | "labels" | "measure" | "goal"> {
  readonly ours: Outcome;
  readonly peers: Readonly<Partial<Record<PeerName, Outcome>>>;
}

/** Says why something cannot be measured here. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

/**
 * Measures a row: ours and the peers take turns, so that a machine that grows slow is slow for all.
 * @throws Error when our own work fails or loses count; a peer that fails is skipped with its reason.
 */
export async function measureRow(row: Row, repetitions: number): Promise<Result> {
  const { bench, labels, measure, goal } = row;
  const runners = new Map<PeerName | "ours", Runner>([
    ["ours", row.ours],
    ...(Object.entries(row.peers ?? {}) as [PeerName, Runner][]),
  ]);
  const samples = new Map<PeerName | "ours", Sample[]>();
  const skipped = new Map<PeerName | "ours", string>();
  for (let k = 0; k < Math.min(row.repetitions ?? Infinity, repetitions); k++) {
    for (const [name, run] of runners) {
      if (skipped.has(name)) continue;
      try {
        samples.set(name, [...(samples.get(name) ?? []), await run()]);
      } catch (error) {
        if (name === "ours" && !(error instanceof Skipped)) throw error;
        skipped.set(name, (error as Error).message);
      }
    }
  }
  const outcome = (name: PeerName | "ours"): Outcome => {
    const reason = skipped.get(name);
    return reason === undefined ? summarize(samples.get(name) ?? []) : { skipped: reason };
  };
  const peers = Object.fromEntries([...runners.keys()].filter(n => n !== "ours").map(name => [name, outcome(name)]));
  return { bench, labels, measure, goal, ours: outcome("ours"), peers };
}

function summarize(samples: readonly Sample[]): Figure {
  const values = samples.map(sample => sample.value);
  const keys = Object.keys(samples[0].also ?? {});
  const also = keys.map(key => [key, medianOf(samples.map(sample => sample.also?.[key] ?? NaN))]);
  return {
    median: medianOf(values),
    min: Math.min(...values),
    max: Math.max(...values),
    repetitions: samples.length,
    also: Object.fromEntries(also) as Record<string, number>,
  };
}

/** The median; of an even number, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times better a is than b; above 1 means better. */
export function timesBetter(measure: Measure, a: Figure, b: Figure): number {
  return MEASURES[measure].better === "less" ? b.median / a.median : a.median / b.median;
}

/** True when a figure reaches a goal. */
export function reaches(measure: Measure, { median }: Figure, goal: number): boolean {
  return MEASURES[measure].better === "less" ? median <= goal : median >= goal;
}

/** True when something was measured. */
export function isFigure(outcome: Outcome | undefined): outcome is Figure {
  return outcome !== undefined && "median" in outcome;
}
