import type { Limit } from "../chart.js";
import type { DispatchDay, DispatchTree } from "../dispatch-data.js";
import type { NetworkMap } from "../network-map.js";
import type { Profile } from "../profile.js";
import { tickText } from "../scale.js";
import { dispatchPlot, gapText, onDay, type DispatchView } from "./dispatch.js";
import type { Plot } from "./plot.js";

/** Part of a limit within which a flow or a voltage is at it. */
const AT_LIMIT = 1e-4;

/** The step in which most crosses the network: the largest flow of any line. */
export function peakStep(flow: readonly (readonly number[])[], parent: readonly number[]): number {
  let [peak, most] = [0, -1];
  flow.forEach((values, node) => {
    if (parent[node] < 0) return;
    values.forEach((value, step) => {
      if (Math.abs(value) > most) [peak, most] = [step, Math.abs(value)];
    });
  });
  return peak;
}

/** "18:00" of a step's begin, in hours from the day's. */
function clockOf(step: number, { stepHours }: DispatchDay): string {
  const minutes = Math.round(step * stepHours * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** What the voltages of a run are. */
function voltageName({ voltageMeasure }: DispatchDay): string {
  if (voltageMeasure === "") return "voltage";
  return voltageMeasure === "squared" ? "voltage², pu" : "voltage, pu";
}

const isNear = (value: number, limit: number) => Math.abs(value - limit) <= AT_LIMIT * Math.abs(limit);

function networkFlows(view: DispatchView): NetworkMap {
  const { data, day } = view;
  const { parent, voltageLower, voltageUpper, activeLimit } = data.tree;
  const [flows, voltages] = [data.network(day, "flow"), data.network(day, "voltage")];
  const step = peakStep(flows, parent);
  const flow = flows.map(values => values[step]);
  const shade = voltages.map(values => values[step]);
  return {
    kind: "network",
    title: `Flows and voltages at ${clockOf(step, day)}, the step of the largest flow${onDay(view)}`,
    quantity: voltageName(day),
    flowUnit: day.powerUnit,
    parent,
    flow,
    shade,
    limited: parent.map((_, node) => ({
      line: isNear(Math.abs(flow[node]), activeLimit[node]),
      node: isNear(shade[node], voltageLower[node]) || isNear(shade[node], voltageUpper[node]),
    })),
    note: gapText(day),
  };
}

/** The limits of the voltage, where all nodes have the same. */
function voltageLimits({ voltageLower, voltageUpper }: DispatchTree): Limit[] {
  const common = (values: readonly number[], name: string, side: Limit["side"]): Limit[] => {
    const known = [...new Set(values.filter(Number.isFinite))];
    return known.length === 1 ? [{ label: `${name} ${known[0]}`, value: known[0], side }] : [];
  };
  return [...common(voltageLower, "at least", "below"), ...common(voltageUpper, "at most", "above")];
}

function voltageProfile(view: DispatchView): Profile {
  const { data, day } = view;
  const { parent } = data.tree;
  const voltages = data.network(day, "voltage");
  const step = peakStep(data.network(day, "flow"), parent);
  const least = voltages.flat().reduce((a, b) => Math.min(a, b), Infinity);
  return {
    kind: "profile",
    title: `Voltage along the network${onDay(view)}`,
    axis: voltageName(day),
    parent,
    values: voltages.map(values => values[step]),
    low: voltages.map(values => Math.min(...values)),
    high: voltages.map(values => Math.max(...values)),
    labels: [`each line at ${clockOf(step, day)}`, "lowest to highest of the day"],
    limits: voltageLimits(data.tree),
    note: `lowest ${tickText(least, 1e-4)}, ${gapText(day)}`,
  };
}

export const DISPATCH_NETWORK_PLOTS: Readonly<Record<string, Plot>> = {
  "network-flows": dispatchPlot(
    "The network's tree in the step of its largest flow: lines as wide as their flows, nodes in the shade of their voltage.",
    networkFlows,
  ),
  "voltage-profile": dispatchPlot(
    "Voltage of the nodes by their way from the root, in the step of the largest flow and over the day.",
    voltageProfile,
  ),
};
