import type { DispatchOutcome, NetworkState, PublicProblem, RadialNetwork } from "../../methods/index.js";

/** What the operator tells when a horizon is settled. Lists are by node and step, as in the network's state. */
export interface HorizonReport {
  readonly horizon: number;
  readonly day: number;
  readonly name: string;
  readonly currency: string;
  readonly powerUnit: string;
  readonly steps: number;
  readonly stepHours: number;
  readonly method: string;
  /** Why this method was taken; empty where the case names it. */
  readonly reason: string;
  /** Whether voltages are per unit or squared per unit. */
  readonly voltageMeasure: "linear" | "squared";
  readonly stop: string;
  readonly rounds: number;
  readonly objective: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly relativeGap: number;
  /** Answers that were taken over from an earlier round; with any, the bounds are not certified. */
  readonly assumedAnswers: number;
  /** Turns prices times powers, summed over the steps, into currency. */
  readonly costScale: number;
  /** The network's tree and its limits, by node. */
  readonly network: NetworkOutline;
  readonly state: NetworkState;
  readonly history: DispatchOutcome["history"];
}

/** What of a network is needed to draw it: lists by node, limits infinite where there is none. */
export type NetworkOutline = Readonly<
  Record<keyof Pick<RadialNetwork, "parent" | "voltageLower" | "voltageUpper" | "activeLimit">, readonly number[]>
>;

/** Figures of all horizons so far: `summary.json` has them. */
export interface Totals {
  /** Sums over the horizons, in the problem's currency. */
  objective: number;
  lowerBound: number;
  upperBound: number;
  /** The largest of a horizon. */
  relativeGap: number;
  rounds: number;
  method: string;
  /** How the last horizon ended. */
  stop: string;
  horizons: number;
  assumedAnswers: number;
}

/** Before the first horizon. */
export function noTotals(): Totals {
  const bounds = { objective: 0, lowerBound: 0, upperBound: 0, relativeGap: 0 };
  return { ...bounds, rounds: 0, method: "", stop: "", horizons: 0, assumedAnswers: 0 };
}

/** Adds a horizon. */
export function addToTotals(totals: Totals, report: HorizonReport): void {
  totals.objective += report.objective;
  totals.lowerBound += report.lowerBound;
  totals.upperBound += report.upperBound;
  totals.relativeGap = Math.max(totals.relativeGap, report.relativeGap);
  totals.rounds += report.rounds;
  totals.method = report.method;
  totals.stop = report.stop;
  totals.horizons += 1;
  totals.assumedAnswers += report.assumedAnswers;
}

/** What a report has beside the outcome. */
export type Circumstances = Pick<
  HorizonReport,
  "horizon" | "day" | "method" | "reason" | "voltageMeasure" | "assumedAnswers"
>;

/** The report of a horizon. */
export function reportOf(
  { name, currency, powerUnit, steps, stepHours, costScale, network }: PublicProblem,
  outcome: DispatchOutcome,
  circumstances: Circumstances,
): HorizonReport {
  const { stop, rounds, objective, lowerBound, upperBound, gap, state, history } = outcome;
  return {
    ...circumstances,
    ...{ name, currency, powerUnit, steps, stepHours, costScale },
    ...{ stop, rounds, objective, lowerBound, upperBound, relativeGap: gap },
    network: outlineOf(network),
    state: copyState(state),
    history,
  };
}

function outlineOf({ parent, voltageLower, voltageUpper, activeLimit }: RadialNetwork): NetworkOutline {
  const [above, lower, upper, limit] = [parent, voltageLower, voltageUpper, activeLimit].map(list => Array.from(list));
  return { parent: above, voltageLower: lower, voltageUpper: upper, activeLimit: limit };
}

/** The network's state as plain data that shares nothing with the method's. */
function copyState(state: NetworkState): NetworkState {
  const { active, reactive, activeFlow, reactiveFlow, voltage, activePrice, reactivePrice } = state;
  const flows = { activeFlow: activeFlow.slice(), reactiveFlow: reactiveFlow.slice() };
  const prices = { activePrice: activePrice.slice(), reactivePrice: reactivePrice.slice() };
  return { active: active.slice(), reactive: reactive.slice(), ...flows, voltage: voltage.slice(), ...prices };
}
