import type { PublicProblem } from "../problem.js";
import { BalancedPenalty, constantPenalty, type PenaltySchedule } from "./penalty-schedule.js";

/** How a published scheme weighs, starts, measures and stops the consensus over lines. */
export interface EdgeAdmmRules {
  readonly name: string;
  /** Penalties of active flow, reactive flow and voltage, as multiples of the round's penalty. */
  readonly weights: readonly [active: number, reactive: number, voltage: number];
  readonly schedule: () => PenaltySchedule;
  /** `grouped`: Euclidean norms of one node's flows or voltages; `largest`: the largest single difference. */
  readonly residuals: "grouped" | "largest";
  /** Residuals are multiplied by this before they are compared (kW to MW; the dual-privacy scheme does it to voltages too). */
  readonly residualScale: number;
  /** Both residuals must not exceed it (`grouped`: be below it). */
  readonly tolerance: number;
  /** The first solution of a cold start knows no prices yet: they enter with the first consensus. */
  readonly startsWithoutPrices: boolean;
  readonly maxRounds: number;
}

/** Rules of the dual-privacy framework: ρ from 0.02 by residual balancing, five times that for voltages, stop below 1e-5 MW. */
export const dualPrivacyConsensus: EdgeAdmmRules = {
  name: "dual-privacy",
  weights: [1, 1, 5],
  schedule: () => new BalancedPenalty(0.02),
  residuals: "grouped",
  residualScale: 1e-3,
  tolerance: 1e-5,
  startsWithoutPrices: false,
  maxRounds: 10_001,
};

/** Rules of the trilemma paper: ρ = 10 for active flow, 1 for reactive flow and squared voltage; 1e-4 (its week's figure: 1e-3). */
export function trilemmaConsensus(tolerance = 1e-4): EdgeAdmmRules {
  return {
    name: "trilemma",
    weights: [10, 1, 1],
    schedule: () => constantPenalty(1),
    residuals: "largest",
    residualScale: 1,
    tolerance,
    startsWithoutPrices: true,
    maxRounds: 1500,
  };
}

/**
 * The published rules that fit a problem: the trilemma paper's where the network has a regulariser (1e-4 for hourly days, 1e-3
 * for finer ones, as published), the dual-privacy framework's where it has none.
 */
export function publishedConsensus({ regulariser, steps }: PublicProblem): EdgeAdmmRules {
  if (regulariser === 0) return dualPrivacyConsensus;
  return trilemmaConsensus(steps > 24 ? 1e-3 : 1e-4);
}
