import type { DispatchData, DispatchDay } from "../dispatch-data.js";
import type { Picture } from "../picture.js";
import type { RunData } from "../run-data.js";
import type { Plot } from "./plot.js";

/** A dispatch, the day of it that is drawn, and when second 0 is. */
export interface DispatchView {
  readonly data: DispatchData;
  readonly day: DispatchDay;
  readonly startTime: string;
  /** Of the case's operator. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A plot of the first day of a dispatch. */
export function dispatchPlot(doc: string, draw: (view: DispatchView) => Picture | undefined): Plot {
  return {
    doc,
    group: "Dispatch",
    draw({ dispatch: data, case: { start = "", federates = {} } }: RunData) {
      if (data === undefined) return undefined;
      const operator = Object.values(federates).find(({ use }) => use === "dispatch-operator");
      return draw({ data, day: data.days[0], startTime: start, params: operator?.params ?? {} });
    },
  };
}

/** Bounds come out of solvers that are exact to about this part: a smaller gap is not told in figures. */
const EXACTNESS = 1e-9;

/** A relative gap in two digits. */
export function gapFigure(relativeGap: number): string {
  if (!Number.isFinite(relativeGap)) return "unknown";
  return relativeGap < EXACTNESS ? `below ${EXACTNESS.toExponential()}` : relativeGap.toExponential(1);
}

/** How far the dispatch that is shown may be from the optimum: it stands beside every figure. */
export function gapText({ relativeGap, assumedAnswers }: DispatchDay): string {
  const gap = `gap ${gapFigure(relativeGap)}`;
  return assumedAnswers > 0 ? `${gap}, not certified: ${assumedAnswers} answers were assumed` : gap;
}

/** ", day 3" behind a title; nothing where there is one day. */
export function onDay({ data, day }: DispatchView): string {
  return data.days.length > 1 ? `, day ${day.day}` : "";
}

/** Ends of the day's steps in seconds. */
export function stepEnds({ horizon, steps, stepHours }: DispatchDay): number[] {
  return Array.from({ length: steps }, (_, step) => (horizon * steps + step + 1) * stepHours * 3600);
}

/** Begin and end of each step, for values that `held` repeats. */
export function stepEdges(day: DispatchDay): number[] {
  return stepEnds(day).flatMap(end => [end - day.stepHours * 3600, end]);
}

/** Each value twice: it holds from the begin of its step to the end. */
export function held(values: readonly number[]): number[] {
  return values.flatMap(value => [value, value]);
}

/** Lists of equal length added up, place by place. */
export function sumOf(lists: readonly (readonly number[])[], length: number): number[] {
  const sum = new Array<number>(length).fill(0);
  for (const list of lists) list.forEach((value, k) => (sum[k] += value));
  return sum;
}
