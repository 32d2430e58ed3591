import type { Fault } from "../../broker/wire/index.js";
import type { SetupContext } from "../../runtime/index.js";
import { METRIC_CLASSES } from "./classes/index.js";
import { elementsOf, fieldsOf, plainField, portsOf, type ResolvedField } from "./fields.js";
import { groupTimes } from "./metrics-table.js";
import {
  isWindowEntry,
  type DirectParams,
  type GroupParams,
  type RecorderParams,
  type SummaryParams,
  type Term,
  type WindowParams,
} from "./params.js";
import { fieldOfEntry } from "./summary.js";

/** Faults of a recording that its schema cannot find: names without a meaning, times that do not fit. */
export function recordingFaults(params: RecorderParams, setup: SetupContext): readonly Fault[] {
  return [
    ...params.metrics.flatMap((group, g) => groupFaults(group, `params.metrics.${g}`, { params, setup })),
    ...elementFaults(params),
    ...summaryFaults(params),
    ...params.csv.flatMap(({ columns }, c) =>
      columns.flatMap(term => {
        const path = `params.csv.${c}.columns.${term.name}`;
        return [...inputFaults(params, term.input, path), ...elementFault(params, term, path)];
      }),
    ),
    ...params.events.flatMap((input, e) => inputFaults(params, input, `params.events.${e}`)),
  ];
}

interface Surroundings {
  readonly params: RecorderParams;
  readonly setup: SetupContext;
}

function groupFaults(group: GroupParams, path: string, { params, setup }: Surroundings): Fault[] {
  const faults: Fault[] = [];
  const fault = (problem: string, cure: string) => faults.push({ path, problem, cure });
  const known = METRIC_CLASSES[group.class];
  if (known === undefined && group.fields === undefined) {
    fault(
      `"${group.class}" is no class of the catalogue.`,
      `Give its fields, or use one of ${Object.keys(METRIC_CLASSES).join(", ")}.`,
    );
  }
  const foreign = Object.keys(group.bind).filter(name => known?.quantities[name] === undefined);
  if (foreign.length > 0) {
    const cure = `It has ${Object.keys(known?.quantities ?? {}).join(", ") || "none"}.`;
    fault(`"${group.class}" takes in no ${foreign.join(", ")}.`, cure);
  }
  const { period, offset, sample } = groupTimes(group, setup.ticksPerSecond);
  if (period <= 0 || offset < 0 || offset > period) fault("A window cannot end there.", "Let 0 ≤ offset ≤ period.");
  if (sample > 0 && (period % sample !== 0 || offset % sample !== 0)) {
    fault("Samples do not fit into the windows.", "Let period and offset be multiples of sample.");
  }
  faults.push(...agreementFaults(group, path, params));
  if (elementsOf(params, group.elements).length > 0) {
    for (const field of fieldsOf(group)) faults.push(...fieldFaults(params, field, `${path}.fields.${field.name}`));
  }
  return faults;
}

/** All groups of a class write one file: they must agree on their fields and times. */
function agreementFaults(group: GroupParams, path: string, params: RecorderParams): Fault[] {
  const first = params.metrics.find(other => other.class === group.class) ?? group;
  const shape = (one: GroupParams) =>
    JSON.stringify([one.period, one.offset, fieldsOf(one).map(f => [f.name, f.units])]);
  if (shape(first) === shape(group)) return [];
  const problem = `Two groups of "${group.class}" differ in their fields or times.`;
  return [{ path, problem, cure: "Give them the same names and units of fields, period and offset." }];
}

function fieldFaults(params: RecorderParams, field: ResolvedField, path: string): Fault[] {
  const faults = field.terms.flatMap(term => [
    ...inputFaults(params, term.input, path),
    ...elementFault(params, term, path),
  ]);
  if (field.terms.length === 0 && field.constant === undefined) {
    faults.push({ path, problem: "The field has neither input nor constant.", cure: "Give one of them." });
  }
  const missing = missingLimit(field);
  if (missing !== undefined) {
    faults.push({ path, problem: `${field.statistic} needs ${missing}.`, cure: "Give it in the unit of the input." });
  }
  return faults;
}

function missingLimit({ statistic, limit, limits }: ResolvedField): string | undefined {
  if (/(Above|Below)$/.test(statistic) && limit === undefined) return "a `limit`";
  const isOrdered = limits !== undefined && limits[0] <= limits[1];
  return statistic.endsWith("Outside") && !isOrdered ? "`limits`, the lower one first" : undefined;
}

function inputFaults(params: RecorderParams, input: string, path: string): Fault[] {
  const ports = Object.keys(portsOf(params));
  if (ports.includes(input)) return [];
  return [
    {
      path,
      problem: `The recorder has no input "${input}".`,
      cure: `Declare it under inputs, or use one of ${ports.join(", ")}.`,
    },
  ];
}

function elementFault(params: RecorderParams, { input, element }: Term, path: string): Fault[] {
  const port = portsOf(params)[input];
  if (element === undefined || port === undefined || port.elements?.includes(element) === true) return [];
  const known = port.elements?.join(", ") ?? "no names";
  return [{ path, problem: `"${input}" has no element "${element}".`, cure: `Its elements are ${known}.` }];
}

function elementFaults(params: RecorderParams): Fault[] {
  const used = [
    ...params.metrics.map(({ elements }, g) => ({ path: `params.metrics.${g}.elements`, elements })),
    ...Object.entries(params.inputs).map(([name, { elements }]) => ({
      path: `params.inputs.${name}.elements`,
      elements,
    })),
  ];
  return used.flatMap(({ path, elements }) => {
    if (typeof elements !== "string" || params.names[elements] !== undefined) return [];
    const cure = `Give the list under names; there are ${Object.keys(params.names).join(", ") || "none"}.`;
    return [{ path, problem: `There is no list of names "${elements}".`, cure }];
  });
}

function summaryFaults(params: RecorderParams): Fault[] {
  return params.summary.flatMap((entry, e) => {
    const path = `params.summary.${e}`;
    const own = isWindowEntry(entry) ? windowFaults(params, entry, path) : directFaults(params, entry, path);
    return [...own, ...populationFaults(params, entry, path)];
  });
}

function directFaults(params: RecorderParams, entry: DirectParams, path: string): Fault[] {
  const faults = fieldFaults(params, plainField(fieldOfEntry(entry)), path);
  const cure = "Give elements and across, or neither; `over` makes one number of a vector before any statistic.";
  if ((entry.elements === undefined) === (entry.across === undefined)) return faults;
  return [...faults, { path, problem: "Objects of their own need a way to become one number.", cure }];
}

function windowFaults(params: RecorderParams, entry: WindowParams, path: string): Fault[] {
  const faults: Fault[] = [];
  const groups = params.metrics.filter(group => group.class === entry.class);
  const names = groups.flatMap(group => fieldsOf(group).map(field => field.name));
  for (const field of [entry.field].flat()) {
    if (names.includes(field)) continue;
    const problem = `"${entry.class}" records no field "${field}".`;
    const cure = groups.length === 0 ? "Add the class under metrics." : "See docs/metrics.md for its fields.";
    faults.push({ path, problem, cure });
  }
  const isVague = entry.objects !== undefined && entry.across === undefined;
  const isDouble = entry.object !== undefined && (entry.objects ?? entry.across) !== undefined;
  if (!isVague && !isDouble) return faults;
  return [
    ...faults,
    {
      path,
      problem: isVague ? "Several objects need a way to become one number." : "One object and several are asked for.",
      cure: "Give `object` alone, or `across` with or without `objects`.",
    },
  ];
}

function populationFaults(params: RecorderParams, entry: SummaryParams, path: string): Fault[] {
  const list = isWindowEntry(entry) ? entry.objects : entry.elements;
  if (typeof list !== "string" || params.names[list] !== undefined) return [];
  const cure = `Give the list under names; there are ${Object.keys(params.names).join(", ") || "none"}.`;
  return [{ path, problem: `There is no list of names "${list}".`, cure }];
}
