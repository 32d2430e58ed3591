import type { OptionTable } from "../options.js";
import { DISPATCH_OPTIONS } from "./options.js";

const { method, stop, gap, steps, mask } = DISPATCH_OPTIONS;

/** Options by which a launch varies a dispatch case; without defaults, since the case has its own values. */
const LAUNCH_OPTIONS = {
  method: { kind: method.kind, choices: method.choices, doc: `${method.doc} In place of the case's.` },
  stop: { kind: stop.kind, choices: stop.choices, doc: `${stop.doc} In place of the case's.` },
  gap: { kind: gap.kind, minimum: gap.minimum, maximum: gap.maximum, doc: `${gap.doc} In place of the case's.` },
  steps: {
    kind: steps.kind,
    choices: steps.choices,
    doc: `${steps.doc} In place of the case's; its series must allow it.`,
  },
  mask: { kind: mask.kind, choices: mask.choices, doc: `${mask.doc} In place of the case's.` },
  day: { kind: "integer", minimum: 0, doc: "First day of the series. In place of the case's." },
} as const satisfies OptionTable;

/** The kind of federate and its parameter behind each option. */
const TARGETS: Readonly<Record<keyof typeof LAUNCH_OPTIONS, readonly [use: string, parameter: string]>> = {
  method: ["dispatch-operator", "method"],
  stop: ["dispatch-operator", "stop"],
  gap: ["dispatch-operator", "gap"],
  steps: ["dispatch-operator", "steps"],
  mask: ["dispatch-agents", "mask"],
  day: ["dispatch-operator", "firstDay"],
};

/** Names of the federates of a kind, as far as the case can be read. */
function federatesOf(value: unknown, use: string): string[] {
  const { federates } = (value ?? {}) as { readonly federates?: Readonly<Record<string, { readonly use?: unknown }>> };
  if (typeof federates !== "object") return [];
  return Object.keys(federates).filter(name => federates[name]?.use === use);
}

/** The options of a dispatch case, and none of another. */
export function launchOptionsOf(value: unknown): OptionTable {
  return federatesOf(value, "dispatch-operator").length > 0 ? LAUNCH_OPTIONS : {};
}

/** What was given as assignments to the case's federates. */
export function dispatchAssignments(value: unknown, given: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(TARGETS)
    .filter(([option]) => given[option] !== undefined)
    .flatMap(([option, [use, parameter]]) =>
      federatesOf(value, use).map(name => `federates.${name}.params.${parameter}=${String(given[option])}`),
    );
}
