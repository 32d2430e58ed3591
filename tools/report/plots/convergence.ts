import type { Curve, Curves } from "../curves.js";
import type { DispatchDay } from "../dispatch-data.js";
import type { Plot } from "./plot.js";
import { dispatchPlot, gapText, onDay, type DispatchView } from "./dispatch.js";

/** More rounds than these have no dots. */
const MOST_DOTS = 40;

/** A curve over the rounds, which count from 1. */
function overRounds(label: string, values: readonly number[]): Curve {
  return { label, values, at: values.map((_, k) => k + 1), hasDots: values.length <= MOST_DOTS };
}

/** Digits that are written end here: what is smaller, or below 0 by rounding, is drawn at this value. */
const FLOOR = 1e-12;

const floored = (values: readonly number[]) => values.map(value => Math.max(value, FLOOR));

/** The gap that a case asks for, where it stops by it. */
function wantedGap({ params }: DispatchView): number | undefined {
  return params.stop === "gap" && typeof params.gap === "number" ? params.gap : undefined;
}

/**
 * How far each bound of each round is at most from the optimum, which lies between the last bounds: the round's upper bound
 * above the last lower one, the round's lower bound below the last upper one, and both together, the gap.
 */
function convergence(view: DispatchView): Curves | undefined {
  const { data, day } = view;
  const figures = data.convergence(day);
  const [lower, upper, gap] = ["lowerBound", "upperBound", "gap"].map(name => figures.get(name) ?? []);
  if (!gap.some(Number.isFinite)) return undefined;
  const scale = Math.max(1, Math.abs(day.upperBound));
  const above = upper.map(value => (value - day.lowerBound) / scale);
  const below = lower.map(value => (day.upperBound - value) / scale);
  const wanted = wantedGap(view);
  return {
    kind: "curves",
    title: `Convergence${onDay(view)}`,
    axis: "part of the objective",
    lowerAxis: "round",
    isLogarithmic: true,
    curves: [
      { ...overRounds("upper bound above the optimum", floored(above)), colour: 1 },
      { ...overRounds("lower bound below it", floored(below)), colour: 2 },
      { ...overRounds("gap", floored(gap)), colour: 0, isDashed: true },
    ],
    limits: wanted === undefined ? [] : [{ label: "wanted", value: wanted, end: "left" }],
    note: roundsText(day),
  };
}

function roundsText(day: DispatchDay): string {
  return `${day.method}, ${day.rounds} ${day.rounds === 1 ? "round" : "rounds"}, ${gapText(day)}`;
}

/** What a method tells that is a size which falls: residuals, and the penalty that goes with them. */
const RESIDUALS = ["primal", "dual", "penalty"];

function residuals(view: DispatchView): Curves | undefined {
  const figures = view.data.convergence(view.day);
  const names = RESIDUALS.filter(name => figures.get(name)?.some(value => value > 0) === true);
  if (!names.some(name => name !== "penalty")) return undefined;
  return {
    kind: "curves",
    title: `Residuals${onDay(view)}`,
    axis: "residual, penalty",
    lowerAxis: "round",
    isLogarithmic: true,
    curves: names.map(name => overRounds(name === "penalty" ? name : `${name} residual`, figures.get(name) ?? [])),
    note: roundsText(view.day),
  };
}

export const CONVERGENCE_PLOTS: Readonly<Record<string, Plot>> = {
  convergence: dispatchPlot(
    "How far the bounds of each round of a dispatch are from its optimum, and the gap between them.",
    convergence,
  ),
  residuals: dispatchPlot("Primal and dual residual of each round of a consensus, and its penalty.", residuals),
};
