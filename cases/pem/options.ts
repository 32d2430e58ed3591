import { behaviourOption, daysOption, seedOption, stepOption } from "../neighbourhood/options.js";
import type { OptionTable, OptionValues } from "../options.js";

/** Options of the packet case; the defaults are the published one's. */
export const OPTIONS = {
  houses: {
    kind: "integer",
    default: 60,
    minimum: 1,
    maximum: 100_000,
    doc: "Houses; up to 20 on each phase are the published ones, further ones are drawn from the same distributions.",
  },
  phases: { kind: "text", default: "ABC", doc: "Phases that the houses hang on, as evenly as can be." },
  days: daysOption(2, "Simulated days; the published case has two."),
  step: stepOption("Step of the houses' loads and the feeder; between, houses are looked at whenever they may ask."),
  pem: {
    kind: "choice",
    choices: ["on", "off"],
    default: "on",
    doc: "Whether there is a coordinator; without one every request is granted.",
  },
  exitMode: {
    kind: "choice",
    choices: ["on", "off"],
    default: "on",
    doc: "Whether a house outside its dead band leaves the scheme until it is comfortable.",
  },
  balancingKw: {
    kind: "number",
    minimum: 0,
    unit: "kW",
    doc: "What the houses may draw together; by default 200 kW.",
  },
  balancingCsv: {
    kind: "text",
    placeholder: "FILE",
    doc: "In its place: CSV in the case's folder with columns time [s] and balancing [kW].",
  },
  balancingShare: {
    kind: "number",
    minimum: 0,
    doc: "In its place: share of the rating of the transformers that serve the houses.",
  },
  packetSeconds: {
    kind: "number",
    default: 30,
    minimum: 1,
    unit: "s",
    doc: "How long a granted request lets a house cool.",
  },
  mttr: {
    kind: "number",
    default: 30,
    minimum: 1,
    unit: "s",
    doc: "Mean time after which a house at its set-point asks.",
  },
  requestSeconds: {
    kind: "number",
    default: 2,
    minimum: 1,
    maximum: 300,
    unit: "s",
    doc: "Time between two chances to ask.",
  },
  behaviour: behaviourOption(),
  seed: seedOption,
} as const satisfies OptionTable;

/** What the case depends on. */
export type PemOptions = OptionValues<typeof OPTIONS>;
