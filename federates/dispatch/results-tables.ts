import type { HorizonReport } from "./outcome.js";
import type { PlanMessage } from "./plan.js";

/** Significant digits of what is written. */
const DIGITS = 12;

/** A number without the noise of its last digits. */
function shown(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

const lines = (rows: readonly (readonly (string | number)[])[]) => rows.map(row => `${row.join(",")}\n`).join("");

export const SETPOINTS_HEADER = "time,node,device,quantity,value\n";
export const FLOWS_HEADER = "time,node,injection,reactiveInjection,flow,reactiveFlow,voltage,price,reactivePrice\n";
export const NODES_HEADER = "node,parent,voltageLower,voltageUpper,activeLimit\n";
export const HORIZONS_HEADER =
  "horizon,day,name,currency,powerUnit,steps,stepHours,costScale,method,stop,rounds,objective,lowerBound,upperBound,relativeGap,assumedAnswers,voltageMeasure,reason\n";
export const BILLS_HEADER = "horizon,day,node,cost,payment,bill,alone\n";

/** When a step of a horizon begins, in simulated seconds. */
function secondsOf(horizon: number, step: number, steps: number): number {
  return horizon * 86_400 + (step * 86_400) / steps;
}

/** A number, or nothing where it is infinite. */
function shownIfFinite(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? "" : shown(value);
}

/** A text that may have commas, as one cell. */
function quoted(text: string): string {
  return text === "" ? "" : `"${text.replaceAll('"', '""')}"`;
}

/** Rows of `nodes.csv`: the network's tree and its limits, empty where there is none; the root's parent is -1. */
export function nodeRows({ network }: HorizonReport): string {
  const { parent, voltageLower, voltageUpper, activeLimit } = network;
  const limits = [voltageLower, voltageUpper, activeLimit];
  return lines(
    Array.from(parent, (above, node) => [node, above, ...limits.map(values => shownIfFinite(values[node]))]),
  );
}

/** The row of `horizons.csv` of a horizon: its units, how it was coordinated, and what it came to. */
export function horizonRow(report: HorizonReport): string {
  const { horizon, day, name, currency, powerUnit, steps, stepHours, costScale } = report;
  const {
    method,
    stop,
    rounds,
    objective,
    lowerBound,
    upperBound,
    relativeGap,
    assumedAnswers,
    voltageMeasure,
    reason,
  } = report;
  const figures = [objective, lowerBound, upperBound, relativeGap].map(shownIfFinite);
  return lines([
    [
      ...[horizon, day, name, currency, powerUnit, steps, shown(stepHours), shown(costScale)],
      ...[method, stop, rounds, ...figures, assumedAnswers, voltageMeasure, quoted(reason)],
    ],
  ]);
}

/** Rows of `setpoints.csv`: each quantity of each device of a node, by step. */
export function setpointRows({ horizon, node, quantities }: PlanMessage): string {
  return lines(
    quantities.flatMap(({ device, quantity, values }) =>
      Array.from(values, (value, step) => [
        secondsOf(horizon, step, values.length),
        node,
        device === "" ? "node" : device,
        quantity,
        shown(value),
      ]),
    ),
  );
}

/** The row of `bills.csv` of a node; `alone` is empty where it is not known. */
export function billRow({ horizon, day, node, cost, payment, alone }: PlanMessage): string {
  return lines([[horizon, day, node, shown(cost), shown(payment), shown(cost + payment), shownIfFinite(alone)]]);
}

/** Rows of `flows.csv`: what crosses the network at each node, by step. The flow is that of the line from the parent. */
export function flowRows({ horizon, network, steps, state }: HorizonReport): string {
  const columns = [
    state.active,
    state.reactive,
    state.activeFlow,
    state.reactiveFlow,
    state.voltage,
    state.activePrice,
    state.reactivePrice,
  ];
  const rows = network.parent.map((_, node) =>
    Array.from({ length: steps }, (_, step) => [
      secondsOf(horizon, step, steps),
      node,
      ...columns.map(values => shown(values[node * steps + step])),
    ]),
  );
  return lines(rows.flat());
}

/** Names of the figures that a method tells of its rounds, in the order in which they first occur. */
export function progressNames({ history }: HorizonReport): string[] {
  return [...new Set(history.flatMap(({ progress }) => Object.keys(progress)))];
}

/** The header of `convergence.csv`. */
export function convergenceHeader(names: readonly string[]): string {
  return lines([["horizon", "day", "round", "lowerBound", "upperBound", "gap", ...names]]);
}

/** Rows of `convergence.csv`: bounds after each round, and the method's own figures; empty where there is none. */
export function convergenceRows({ horizon, day, history }: HorizonReport, names: readonly string[]): string {
  return lines(
    history.map(({ lowerBound, upperBound, gap, progress }, round) => [
      ...[horizon, day, round],
      ...[lowerBound, upperBound, gap].map(shownIfFinite),
      ...names.map(name => shownIfFinite(progress[name])),
    ]),
  );
}
