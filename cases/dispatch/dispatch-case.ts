import { parseDuration } from "../../broker/wire/index.js";
import type { CaseFile } from "../schema.js";
import { stepsOf, type DispatchOptions } from "./options.js";

/** What a dispatch case is about, beside its options. */
export interface DispatchSubject {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly nodes: number;
  readonly days: number;
  /** Day of the series that is first. */
  readonly day: number;
}

/** Rounds that a horizon may take; the papers' own methods need up to some thousands. */
const MAX_ROUNDS = 5000;

/** Iterations of a round whose programs workers solve: an agent may need two, and a wrong answer one more. */
const ITERATIONS_WITH_WORKERS = 4;

/** Above so many nodes several agents share a federate, and nobody works out what they would pay alone. */
const MAX_FEDERATES = 100;

const FIGURES: Readonly<Record<string, string>> = {
  objective: "Cost of all horizons, upper bound of the optimum.",
  lowerBound: "Certified lower bound of the optimum, all horizons.",
  upperBound: "Cost of the dispatch that is carried out, all horizons.",
  relativeGap: "Largest gap of a horizon between the bounds, over the upper one.",
  rounds: "Rounds of all horizons.",
  method: "How the agents were coordinated.",
  stop: "Why the last horizon ended.",
  horizons: "Horizons that were settled.",
  assumedAnswers: "Answers that were taken over from an earlier round; with any, the bounds are not certified.",
};

/** The case of a dispatch problem: operator, agents, and who records; its problem's files stand beside it. */
export function dispatchCase(subject: DispatchSubject, options: DispatchOptions): CaseFile {
  const { name, title, description, nodes, days, day } = subject;
  const groups = groupsOf(nodes, options.groups ?? Math.min(nodes, MAX_FEDERATES));
  const { method, stop, gap, patience, retries, onSilence } = options;
  const workers = Array.from({ length: options.workers }, (_, k) => `worker-${k + 1}`);
  const alone = nodes > MAX_FEDERATES ? { alone: false } : {};
  const agents = Object.fromEntries(groups.map(own => [federateOf(own), own]));
  const operator = {
    ...{ agents, method, stop, gap, maxRounds: MAX_ROUNDS, steps: stepsOf(options), firstDay: day },
    ...{ patience, retries, onSilence, ...(options.encrypt !== "none" && { encrypt: options.encrypt }) },
  };
  const summary = Object.entries(FIGURES).map(([key, doc]) => ({ key, doc, input: "totals", path: key }));
  const inputs = { totals: { type: "json", optional: true } };
  return {
    format: "gridloom-case/1",
    ...{ name, title, description },
    start: "2024-01-01T00:00:00+08:00",
    until: `${24 * days}h`,
    seed: options.seed,
    maxIterations: (MAX_ROUNDS + 100) * (workers.length === 0 ? 1 : ITERATIONS_WITH_WORKERS),
    federates: {
      operator: { use: "dispatch-operator", params: operator },
      ...Object.fromEntries(
        groups.map(own => [
          federateOf(own),
          { use: "dispatch-agents", params: { nodes: own, ...alone, ...secrecyOf(workers, options) } },
        ]),
      ),
      ...Object.fromEntries(workers.map(worker => [worker, { use: "dispatch-worker" }])),
      ...(options.encrypt !== "none" && { aggregator: { use: "dispatch-aggregator" } }),
      results: { use: "dispatch-results" },
      recorder: { use: "recorder", params: { inputs, summary, series: { enabled: false } } },
    },
    links: [
      ...groups.flatMap(own => exchangeLinks(federateOf(own), options)),
      ...groups.flatMap(own => workers.flatMap(worker => hiringLinks(federateOf(own), worker))),
      ...(options.encrypt === "none"
        ? []
        : [passed({ from: "aggregator.answers", to: "operator.answers" }, options, true)]),
      "operator.outcome -> results.outcome",
      ...groups.map(own => `${federateOf(own)}.plans -> results.plans`),
      "operator.totals -> recorder.totals",
    ],
  };
}

/** Nodes dealt to so many federates, neighbours by number together. */
function groupsOf(nodes: number, federates: number): number[][] {
  const size = Math.ceil(nodes / Math.min(federates, nodes));
  return Array.from({ length: Math.ceil(nodes / size) }, (_, group) =>
    Array.from({ length: Math.min(size, nodes - group * size) }, (_, k) => group * size + k),
  );
}

/** Name of the federate of some agents: that of the first node, and of the last where there are several. */
function federateOf(nodes: readonly number[]): string {
  const [first, last] = [nodes[0], nodes[nodes.length - 1]];
  return first === last ? `agent-${first}` : `agents-${first}-${last}`;
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly delay?: string;
  readonly iterate?: boolean;
  readonly wrap?: { readonly use: string; readonly params: Record<string, unknown> };
}

/** Orders and answers between the operator and a federate of agents. */
function exchangeLinks(federate: string, options: DispatchOptions): Link[] {
  const orders = passed({ from: "operator.orders", to: `${federate}.orders` }, options, false);
  if (options.encrypt === "none") {
    return [orders, passed({ from: `${federate}.answers`, to: "operator.answers" }, options, true)];
  }
  return [orders, passed({ from: `${federate}.answers`, to: "aggregator.answers" }, options, false)];
}

/** A link of orders or answers; within one simulated time the way back to the operator iterates. */
function passed(ends: Link, options: DispatchOptions, isBack: boolean): Link {
  const disturbed = disturbanceOf(options);
  if (options.exchange === "delayed") return { ...ends, delay: options.delay, ...disturbed };
  return { ...ends, ...disturbed, ...(isBack && { iterate: true }) };
}

/** Masked programs and their solutions, which take no simulated time. */
function hiringLinks(federate: string, worker: string): Link[] {
  return [
    { from: `${federate}.tasks`, to: `${worker}.tasks` },
    { from: `${worker}.solutions`, to: `${federate}.solutions`, iterate: true },
  ];
}

/** How agents hide their programs, and who solves them. */
function secrecyOf(workers: readonly string[], { mask, redundancy, grouping, encrypt }: DispatchOptions) {
  return {
    ...(mask !== "none" && { mask }),
    ...(workers.length > 0 && { workers, redundancy }),
    ...(grouping !== "hour1" && { grouping }),
    ...(encrypt !== "none" && { encrypt }),
  };
}

function disturbanceOf({ exchange, jitter, loss }: DispatchOptions): Pick<Link, "wrap"> {
  if (exchange === "delayed" && parseDuration(jitter) > 0) {
    return { wrap: { use: "jitter", params: { upTo: jitter, ...(loss > 0 && { loss }) } } };
  }
  return loss > 0 ? { wrap: { use: "loss", params: { probability: loss } } } : {};
}
