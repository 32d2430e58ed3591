/** What a house asks for, in whole watts. */
export interface PacketRequest {
  /** What its cooling draws while it runs. */
  readonly powerW: number;
  /** What its cooling draws at this moment, as the meter shows it. */
  readonly drawingW: number;
}

/** By what a coordinator decides, in whole watts. */
export interface AdmissionRules {
  /** The measured power and all admitted packets together stay at or below it; Infinity admits everything. */
  readonly capW: number;
  readonly measuredW: number;
  /** Refusals lower the estimate by the power of the house, also where that was never added to it. */
  readonly isPublished: boolean;
}

/** Decisions in the order of the requests, and what each one rested on. */
export interface Admission {
  readonly accepted: readonly boolean[];
  /** Estimated power in case of a yes, against which the cap stood; in whole watts. */
  readonly estimateW: readonly number[];
}

/** Below it a house counts as not drawing anything. */
const DRAWING_W = 100;

/**
 * Decides on requests one after the other. The estimate begins with the measured power; a house that does not draw
 * yet adds its power to it; the answer is yes while the estimate is at most the cap, and a no takes back what was added.
 *
 * The published coordinator takes a refused house's power back in any case. When the house was drawing, its power was in
 * the measurement and stays there until the next one, so that the estimate falls below what the meter shows.
 */
export function admitPackets(
  requests: readonly PacketRequest[],
  { capW, measuredW, isPublished }: AdmissionRules,
): Admission {
  const accepted: boolean[] = [];
  const estimateW: number[] = [];
  let estimate = measuredW;
  for (const { powerW, drawingW } of requests) {
    const added = drawingW < DRAWING_W ? powerW : 0;
    estimate += added;
    const fits = estimate <= capW;
    accepted.push(fits);
    estimateW.push(estimate);
    if (!fits) estimate -= isPublished ? powerW : added;
  }
  return { accepted, estimateW };
}
