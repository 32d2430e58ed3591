import type { DispatchDay, Setpoint } from "../dispatch-data.js";
import { groupedNumber } from "../page.js";
import type { Layer, Stack } from "../stack.js";
import { dispatchPlot, gapText, onDay, stepEnds, sumOf, type DispatchView } from "./dispatch.js";
import type { Plot } from "./plot.js";

/** At most so many layers: as many as there are colours. */
const MOST_LAYERS = 7;
/** A layer that never exceeds this part of the largest one is rounding. */
const NOTHING = 1e-6;

/** The quantity of each device of the nodes that fits, by step. */
type Fits = (setpoint: Setpoint) => boolean;

const isOwn: Fits = ({ device }) => device !== "node" && device !== "load";
const isGiven: Fits = one => isOwn(one) && one.quantity === "activePower";
const isTaken: Fits = one => isOwn(one) && one.quantity === "consumption";

/** What one kind of device gives and takes, all nodes together. */
function deviceLayer(device: string, points: readonly Setpoint[], steps: number): Layer {
  const total = (fits: Fits) =>
    sumOf(
      points.filter(one => one.device === device && fits(one)).map(one => one.values),
      steps,
    );
  return { label: device, given: total(isGiven), taken: total(isTaken) };
}

/** What all stores give and take: what a node's injection is beyond its other devices. */
function storageLayer(points: readonly Setpoint[], steps: number): Layer {
  const rests = new Map(points.filter(one => one.quantity === "charge").map(({ node }) => [node, sumOf([], steps)]));
  for (const one of points) {
    const rest = rests.get(one.node);
    const isInjection = one.device === "node" && one.quantity === "activePower";
    const sign = isInjection || isTaken(one) ? 1 : isGiven(one) ? -1 : 0;
    if (rest !== undefined && sign !== 0) one.values.forEach((value, step) => (rest[step] += sign * value));
  }
  const [given, taken] = [sumOf([], steps), sumOf([], steps)];
  for (const rest of rests.values()) {
    rest.forEach((value, step) => {
      if (value > 0) given[step] += value;
      else taken[step] -= value;
    });
  }
  return { label: "storage, charging below 0", given, taken };
}

function gridLayer({ data, day }: DispatchView): Layer {
  const flow = data.network(day, "flow")[data.tree.parent.indexOf(-1)];
  return {
    label: "grid, export below 0",
    given: flow.map(value => Math.max(0, value)),
    taken: flow.map(value => Math.max(0, -value)),
  };
}

/** The layers that are more than rounding; of too many devices the smallest are one. */
function layersOf(view: DispatchView, points: readonly Setpoint[]): Layer[] {
  const { steps } = view.day;
  const devices = [...new Set(points.filter(one => isGiven(one) || isTaken(one)).map(one => one.device))].sort();
  const layers = [
    gridLayer(view),
    ...devices.map(device => deviceLayer(device, points, steps)),
    storageLayer(points, steps),
  ];
  const most = Math.max(...layers.map(largest));
  const seen = layers.filter(layer => largest(layer) > NOTHING * most);
  if (seen.length <= MOST_LAYERS) return seen;
  const ranked = [...seen].sort((a, b) => largest(b) - largest(a));
  const rest = ranked.slice(MOST_LAYERS - 1);
  const other: Layer = {
    label: `${rest.length} others`,
    given: sumOf(
      rest.map(layer => layer.given),
      steps,
    ),
    taken: sumOf(
      rest.map(layer => layer.taken),
      steps,
    ),
  };
  return [...seen.filter(layer => !rest.includes(layer)), other];
}

const largest = ({ given, taken }: Layer) => Math.max(...given, ...taken);

function dispatchStack(view: DispatchView): Stack | undefined {
  const { data, day, startTime } = view;
  const points = data.setpoints(day);
  if (points.length === 0) return undefined;
  const loads = points.filter(one => one.device === "load" && one.quantity === "activePower");
  return {
    kind: "stack",
    title: `Dispatch by device${onDay(view)}`,
    axis: day.powerUnit,
    layers: layersOf(view, points),
    total: {
      label: "load",
      values: sumOf(
        loads.map(one => one.values),
        day.steps,
      ),
    },
    times: stepEnds(day),
    stepSeconds: day.stepHours * 3600,
    note: `cost ${costText(day)}, ${gapText(day)}`,
    startTime,
  };
}

function costText({ objective, currency }: DispatchDay): string {
  return `${groupedNumber(objective)} ${currency}`;
}

export const DISPATCH_STACK_PLOTS: Readonly<Record<string, Plot>> = {
  "dispatch-stack": dispatchPlot(
    "What each kind of device and the grid give by step above 0, and take below 0: together the load.",
    dispatchStack,
  ),
};
