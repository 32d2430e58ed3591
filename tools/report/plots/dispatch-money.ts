import type { Bars } from "../bars.js";
import type { Chart } from "../chart.js";
import { cooperation } from "../dispatch-data.js";
import { groupedNumber } from "../page.js";
import { dispatchPlot, gapText, held, onDay, stepEdges, type DispatchView } from "./dispatch.js";
import type { Plot } from "./plot.js";

/** Prices of energy at the nodes: those of the network's state are of power and step. */
function nodePrices(view: DispatchView): Chart {
  const { data, day, startTime } = view;
  const perEnergy = day.costScale / day.stepHours;
  const prices = data.network(day, "price").map(values => values.map(value => value * perEnergy));
  const root = prices[data.tree.parent.indexOf(-1)];
  const times = stepEdges(day);
  const over = (pick: (...values: number[]) => number) =>
    root.map((_, step) => prices.map(values => values[step]).reduce((a, b) => pick(a, b)));
  const mean = over((a, b) => a + b).map(sum => sum / prices.length);
  return {
    kind: "time",
    title: `Prices at the nodes${onDay(view)}`,
    axis: `${day.currency}/${day.powerUnit}h`,
    lines: [
      { label: "root", values: held(root), times },
      { label: "mean of the nodes", values: held(mean), times, isDashed: true },
    ],
    bands: [{ label: "lowest to highest node", low: held(over(Math.min)), high: held(over(Math.max)), times }],
    note: gapText(day),
    startTime,
  };
}

/** The largest gap of all days: bills are their sums. */
function worstGap({ data }: DispatchView): string {
  return gapText(data.days.reduce((a, b) => (b.relativeGap > a.relativeGap || b.assumedAnswers > 0 ? b : a)));
}

function nodeBills(view: DispatchView): Bars {
  const { data, day } = view;
  const bills = data.bills();
  const saved = cooperation(bills);
  const together = bills.reduce((total, { bill }) => total + bill, 0);
  const days = data.days.length === 1 ? "" : ` over ${data.days.length} days`;
  return {
    kind: "bars",
    title: `Bills of the nodes${days}`,
    axis: day.currency,
    bars: bills.map(({ node, bill, alone }) => ({ label: String(node), value: bill, beside: alone })),
    series: bills.some(({ alone }) => alone !== undefined) ? ["together", "each node alone"] : undefined,
    note: [
      saved === undefined
        ? `together ${groupedNumber(together)} ${day.currency}`
        : `cooperation saves ${saved.savedPercent} %`,
      worstGap(view),
    ].join(", "),
  };
}

export const DISPATCH_MONEY_PLOTS: Readonly<Record<string, Plot>> = {
  "node-prices": dispatchPlot("Price of energy at the root and over the nodes of a dispatch.", nodePrices),
  "node-bills": dispatchPlot(
    "What each node pays at the prices of its dispatch, below 0 for what it earns; beside it what it would pay alone, where the run tells it.",
    nodeBills,
  ),
};
