import { GROUPING_NAMES, MASK_NAMES } from "../../federates/dispatch/kit.js";
import { METHOD_NAMES } from "../../federates/dispatch/operator-params.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options that every dispatch preset has. */
export const DISPATCH_OPTIONS = {
  method: {
    kind: "choice",
    choices: METHOD_NAMES,
    default: "auto",
    doc: "How the agents are coordinated; auto chooses by the problem's structure, central sends all models to the operator.",
  },
  stop: {
    kind: "choice",
    choices: ["gap", "paper"],
    default: "gap",
    doc: "Stops at a certified relative gap, or by the method's published test.",
  },
  gap: { kind: "number", default: 1e-6, minimum: 1e-12, maximum: 1, doc: "Relative gap of --stop gap." },
  steps: { kind: "choice", choices: ["24", "96"], default: "24", doc: "Steps of a day." },
  storage: {
    kind: "choice",
    choices: ["published", "corrected"],
    default: "published",
    doc: "Storages as the paper computed them, or with power times hours.",
  },
  mask: {
    kind: "choice",
    choices: MASK_NAMES,
    default: "none",
    doc: "Mask behind which the agents' programs are solved.",
  },
  workers: {
    kind: "integer",
    default: 0,
    minimum: 0,
    maximum: 100,
    doc: "Workers that the agents have their masked programs solved by; with none they solve them themselves.",
  },
  redundancy: { kind: "integer", default: 1, minimum: 1, maximum: 100, doc: "Workers that solve the same program." },
  grouping: {
    kind: "choice",
    choices: GROUPING_NAMES,
    default: "hour1",
    doc: "Which offers of the method price-bundle are summed: none, or agents without storage, storages too, all as one.",
  },
  encrypt: {
    kind: "choice",
    choices: ["none", "ckks"],
    default: "none",
    doc: "Seals offers that are summed, so that an aggregator adds them and the operator opens sums; with --method price-bundle.",
  },
  groups: {
    kind: "integer",
    minimum: 1,
    maximum: 1000,
    doc: "Federates that the agents are spread over; one for each node by default, at most 100.",
  },
  exchange: {
    kind: "choice",
    choices: ["iterating", "delayed"],
    default: "iterating",
    doc: "Rounds within one simulated time, or messages that take time.",
  },
  delay: { kind: "duration", default: "20ms", doc: "Time that a message takes, with --exchange delayed." },
  jitter: { kind: "duration", default: "0", doc: "Uniform draw beyond the delay, up to this." },
  loss: { kind: "number", default: 0, minimum: 0, maximum: 0.9, doc: "Probability that a message is lost." },
  patience: { kind: "duration", default: "60s", doc: "Simulated time after which an agent counts as silent." },
  retries: { kind: "integer", default: 0, minimum: 0, maximum: 1000, doc: "How often a silent agent is asked again." },
  onSilence: {
    kind: "choice",
    choices: ["stop", "last"],
    default: "stop",
    doc: "What follows when it stays silent: the run ends, or the round goes on with its last answer.",
  },
  seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
} as const satisfies OptionTable;

/** What every dispatch case depends on. */
export type DispatchOptions = OptionValues<typeof DISPATCH_OPTIONS>;

/** The number behind `--steps`. */
export function stepsOf({ steps }: { readonly steps: string }): 24 | 96 {
  return steps === "96" ? 96 : 24;
}
