/** Where a run stops next: for a checkpoint, for a pause (which is a checkpoint too) or at its end. */
export interface Stop {
  readonly kind: "checkpoint" | "pause" | "end";
  /** Ticks; activations at this time have not run yet. Infinity at the end. */
  readonly time: number;
}

/** What a run stops for, in ticks. */
export interface StopPlan {
  readonly until: number;
  readonly checkpointEvery?: number;
  readonly pauseAt?: number;
}

/** The first stop after `now`. */
export function nextStop(now: number, { until, checkpointEvery, pauseAt }: StopPlan): Stop {
  const every = checkpointEvery ?? Infinity;
  const checkpoint = every === Infinity ? Infinity : (Math.floor(now / every) + 1) * every;
  const pause = pauseAt !== undefined && pauseAt > now ? pauseAt : Infinity;
  const time = Math.min(checkpoint, pause);
  if (time > until) return { kind: "end", time: Infinity };
  return { kind: time === pause ? "pause" : "checkpoint", time };
}
