import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { type DdpgSettings, ddpgDefaults } from "../../methods/index.js";
import type { Behaviour, SetupContext } from "../../runtime/index.js";
import { BACKEND_NAMES, missingPackages } from "../learning/load-backend.js";

const share = z.number().min(0).max(1);
const count = z.int().positive();

/** Who sets prices: learning agents of both kinds or of one, chance, or every house's ramp. */
export const LEARNING_MODES = ["seller-buyer", "seller-only", "buyer-only", "random", "ramp"] as const;

/** One of these ways to set prices. */
export type LearningMode = (typeof LEARNING_MODES)[number];

const exploration = z.strictObject({
  schedule: z.enum(["quadratic", "linear", "constant"]).default(ddpgDefaults.exploration.schedule),
  /** Standard deviation of an action's noise at first, and at the end of the training. */
  first: z.number().nonnegative().default(ddpgDefaults.exploration.first),
  last: z.number().nonnegative().default(ddpgDefaults.exploration.last),
});

/** How the households' prices are learned. Letters and defaults as in `DdpgSettings`. */
export const learningParams = z.strictObject({
  mode: z.enum(LEARNING_MODES).default("seller-buyer"),
  /** What does the matrix products; nothing else is ever taken in its place. */
  backend: z.enum(BACKEND_NAMES).default("tfjs-wasm"),
  /** Part of the run in which agents explore and learn. */
  trainShare: share.default(0.5),
  /** The same in simulated seconds, in place of the share. */
  trainSeconds: z.number().nonnegative().optional(),
  exploration: exploration.prefault({}),
  /** What an agent is rewarded for; default as the case's behaviour: the published rule, or the gain of its trade. */
  reward: z.enum(["published", "gain"]).optional(),
  hidden: z.tuple([count, count]).default([...ddpgDefaults.hidden]),
  learningRate: z.number().positive().default(ddpgDefaults.learningRate),
  discount: share.default(ddpgDefaults.discount),
  targetShare: share.default(ddpgDefaults.targetShare),
  batch: count.default(ddpgDefaults.batch),
  replayCapacity: count.default(ddpgDefaults.replayCapacity),
  actorEvery: count.default(ddpgDefaults.actorEvery),
  targetNoise: z.number().nonnegative().default(ddpgDefaults.targetNoise),
  /** Published defects; default as the case's behaviour. */
  aliasesReplay: z.boolean().optional(),
  sharedSeed: z.boolean().optional(),
});

/** What a case says about learning. */
export type LearningParams = z.infer<typeof learningParams>;

/** What the case's behaviour and length decide. */
export interface LearningCase {
  readonly behaviour: Behaviour;
  readonly runSeconds: number;
}

/** The settings of the agents' algorithm. */
export function ddpgSettings(params: LearningParams, { behaviour, runSeconds }: LearningCase): DdpgSettings {
  const { hidden, learningRate, discount, targetShare, batch, replayCapacity, actorEvery, targetNoise } = params;
  const { aliasesReplay = behaviour === "published", sharedSeed = behaviour === "published" } = params;
  const trainingSeconds = params.trainSeconds ?? params.trainShare * runSeconds;
  return {
    observations: ddpgDefaults.observations,
    ...{ hidden, learningRate, discount, targetShare, batch, replayCapacity, actorEvery, targetNoise },
    exploration: { ...params.exploration, trainingSeconds },
    ...{ aliasesReplay, sharedSeed },
  };
}

/** True when networks decide. */
export function usesNetworks(mode: LearningMode): boolean {
  return mode !== "random" && mode !== "ramp";
}

/** Faults that show before the run: a training longer than the run, a backend whose packages are not installed. */
export function learningFaults(
  { mode, backend, trainSeconds = 0 }: LearningParams,
  { until, ticksPerSecond }: Pick<SetupContext, "until" | "ticksPerSecond">,
): readonly Fault[] {
  const faults: Fault[] = [];
  const runSeconds = until / ticksPerSecond;
  if (trainSeconds > runSeconds) {
    faults.push({
      path: "params.learning.trainSeconds",
      problem: `The training of ${trainSeconds} s is longer than the run of ${runSeconds} s.`,
      cure: "Train for less, let the run last longer, or give trainShare, a part of the run.",
    });
  }
  const missing = usesNetworks(mode) ? missingPackages(backend) : [];
  if (missing.length > 0) {
    faults.push({
      path: "params.learning.backend",
      problem: `The backend "${backend}" needs ${missing.join(" and ")}, not installed here.`,
      cure: `Run npm install ${missing.join(" ")}, or let the case name the backend "plain".`,
    });
  }
  return faults;
}
