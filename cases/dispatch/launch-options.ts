import type { OptionTable } from "../options.js";
import { DISPATCH_OPTIONS } from "./options.js";

const { method, stop, gap, steps } = DISPATCH_OPTIONS;

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
  day: { kind: "integer", minimum: 0, doc: "First day of the series. In place of the case's." },
} as const satisfies OptionTable;

/** The operator's parameter behind each option. */
const PARAMETER_OF: Readonly<Record<keyof typeof LAUNCH_OPTIONS, string>> = {
  method: "method",
  stop: "stop",
  gap: "gap",
  steps: "steps",
  day: "firstDay",
};

/** Names of the operators of a case, as far as it can be read. */
function operatorsOf(value: unknown): string[] {
  const { federates } = (value ?? {}) as { readonly federates?: Readonly<Record<string, { readonly use?: unknown }>> };
  if (typeof federates !== "object") return [];
  return Object.keys(federates).filter(name => federates[name]?.use === "dispatch-operator");
}

/** The options of a dispatch case, and none of another. */
export function launchOptionsOf(value: unknown): OptionTable {
  return operatorsOf(value).length > 0 ? LAUNCH_OPTIONS : {};
}

/** What was given as assignments to the case's operators. */
export function dispatchAssignments(value: unknown, given: Readonly<Record<string, unknown>>): string[] {
  return operatorsOf(value).flatMap(name =>
    Object.entries(PARAMETER_OF).flatMap(([option, parameter]) =>
      given[option] === undefined ? [] : [`federates.${name}.params.${parameter}=${String(given[option])}`],
    ),
  );
}
