import { z } from "zod";
import { parseDuration } from "../../broker/wire/index.js";
import type { SetupContext } from "../../runtime/index.js";
import type { Patience } from "./exchange.js";

/** Names that a case may give its method. */
export const METHOD_NAMES = ["auto", "central", "edge-admm", "sweep", "price-bundle"] as const;

export const operatorParams = z.strictObject({
  /** The problem that everybody may know: network and tariff. */
  problem: z.string().default("problem.json"),
  /** Federates of agents and the nodes that each stands for; together every node once. */
  agents: z.record(z.string(), z.array(z.int().nonnegative()).min(1)),
  method: z.enum(METHOD_NAMES).default("auto"),
  /** Stops at the relative gap, or by the method's published test. */
  stop: z.enum(["gap", "paper"]).default("gap"),
  gap: z.number().positive().default(1e-6),
  maxRounds: z.int().positive().default(5000),
  steps: z.union([z.literal(24), z.literal(96)]).default(24),
  /** With ckks, answers that are only needed in sums come sealed and added; then their links lead over an aggregator. */
  encrypt: z.enum(["none", "ckks"]).default("none"),
  /** Day of the series that the first horizon is. */
  firstDay: z.int().nonnegative().default(0),
  /** How long answers are waited for, and how often the silent are asked again. */
  patience: z.union([z.string(), z.number()]).default("60s"),
  retries: z.int().nonnegative().default(0),
  /** What follows when an agent stays silent: the run ends, or the round goes on with its last answer. */
  onSilence: z.enum(["stop", "last"]).default("stop"),
});

export type OperatorParams = z.output<typeof operatorParams>;

/** The patience that the parameters speak of, in ticks. */
export function patienceOf(
  { patience, retries }: Pick<OperatorParams, "patience" | "retries">,
  { ticksPerSecond }: Pick<SetupContext, "ticksPerSecond">,
): Patience {
  return { ticks: parseDuration(patience, ticksPerSecond === 1e9 ? "1ns" : "1us"), retries };
}
