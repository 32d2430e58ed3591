import type { Card } from "./cards.js";
import { cooperation, type DispatchData, type DispatchDay } from "./dispatch-data.js";
import { escapeXml } from "./frame.js";
import { groupedNumber } from "./page.js";
import { gapFigure, gapText } from "./plots/dispatch.js";

/** Words for the reasons to stop. */
const STOPS: Readonly<Record<string, string>> = {
  "gap": "the wanted gap is certified",
  "paper": "the published test is met",
  "round-limit": "the limit of rounds came first",
  "stalled": "no round brought progress any more",
};

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** A bound or an objective with nine digits, as many as its solvers are exact to. */
function costOf(value: number): string {
  return groupedNumber(value, 9);
}

/** What a reader looks for first in a dispatch: what it costs, between which bounds, found how. */
export function dispatchCards({ days, bills }: DispatchData): readonly Card[] {
  const [{ currency, method, reason }] = days;
  const stops = [...new Set(days.map(({ stop }) => STOPS[stop] ?? stop))];
  const total = (key: "objective" | "lowerBound" | "upperBound" | "rounds") => sum(days.map(day => day[key]));
  const worst = days.reduce((a, b) => (b.relativeGap > a.relativeGap ? b : a));
  const assumed = sum(days.map(day => day.assumedAnswers));
  const span = days.length === 1 ? "" : ` of ${days.length} days`;
  return [
    {
      title: `Cost${span}`,
      value: costOf(total("objective")),
      unit: currency,
      meaning: `the optimum is between ${costOf(total("lowerBound"))} and ${costOf(total("upperBound"))} ${currency}`,
    },
    {
      title: "Optimality gap",
      value: gapFigure(worst.relativeGap),
      unit: "",
      meaning: assumed > 0 ? `not certified: ${assumed} answers were assumed` : gapMeaning(days),
    },
    { title: "Method", value: method, unit: "", meaning: reason === "" ? "as the case says" : reason },
    {
      title: "Rounds",
      value: groupedNumber(total("rounds")),
      unit: "",
      meaning: stops.join("; "),
    },
    ...savings(cooperation(bills()), currency),
  ];
}

function savings(saved: ReturnType<typeof cooperation>, currency: string): Card[] {
  if (saved === undefined) return [];
  const meaning = `of ${costOf(saved.alone)} ${currency} that the nodes would pay without each other`;
  return [{ title: "Cooperation saves", value: String(saved.savedPercent), unit: "%", meaning }];
}

function gapMeaning(days: readonly DispatchDay[]): string {
  return `certified: (upper - lower bound) / upper bound${days.length === 1 ? "" : ", the largest of a day"}`;
}

const HEAD = ["day", "objective", "lower bound", "upper bound", "gap", "rounds", "method", "stop"];

/** One row for each day, with its bounds. */
export function dayTable({ days }: DispatchData): string {
  const [{ currency }] = days;
  const rows = days.map(day => {
    const costs = [day.objective, day.lowerBound, day.upperBound].map(costOf);
    const cells = [...costs, gapText(day).replace(/^gap /, ""), groupedNumber(day.rounds), day.method, day.stop];
    return `<tr><th scope="row">${day.day}</th>${cells.map(cell => `<td>${escapeXml(cell)}</td>`).join("")}</tr>`;
  });
  const head = HEAD.map(name => `<td>${escapeXml(name)}</td>`)
    .join("")
    .replace("<td>day</td>", "<th>day</th>");
  return `<h2>Days, costs in ${escapeXml(currency)}</h2>\n<table class="wide">\n<tr>${head}</tr>\n${rows.join("\n")}\n</table>`;
}
