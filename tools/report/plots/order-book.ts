import type { Curve, Curves } from "../curves.js";
import type { EventData, RunData } from "../run-data.js";
import type { Plot, PlotChoice } from "./plot.js";

/** One side of a book: power in kW and price in USD/kWh of each step, best price first. */
type Steps = readonly (readonly [kw: number, usdPerKwh: number])[];

interface BookEvent extends EventData {
  readonly clearingPriceUsdPerKwh: number;
  readonly clearedKw: number;
  readonly demand: Steps;
  readonly supply: Steps;
}

/** How far beyond the clearing point the axes go. */
const ROOM = 1.6;

/** The last book that was told until a time, or of the run. */
function bookUntil(run: RunData, { roundSeconds = Infinity }: PlotChoice): BookEvent | undefined {
  const told = run.events("book").filter((event): event is BookEvent => Array.isArray(event.demand));
  return told.filter(({ time }) => time <= roundSeconds).at(-1);
}

/** A side as a staircase over the power so far; what lies beyond the axes ends at their edges. */
function staircase(label: string, steps: Steps, edges: { readonly kw: number; readonly usdPerKwh: number }): Curve {
  const at: number[] = [];
  const values: number[] = [];
  let power = 0;
  for (const [kw, price] of steps) {
    if (power >= edges.kw) break;
    const level = Math.min(price, edges.usdPerKwh);
    at.push(power, Math.min(power + kw, edges.kw));
    values.push(level, level);
    power += kw;
  }
  return { label, at, values };
}

/** The axes reach beyond the clearing point and the responsive bids; a utility's whole offer or a bid at the cap would press the rest flat. */
function edgesOf({ clearedKw, clearingPriceUsdPerKwh, demand, supply }: BookEvent): {
  readonly kw: number;
  readonly usdPerKwh: number;
} {
  const total = (steps: Steps) => steps.reduce((sum, [kw]) => sum + kw, 0);
  const kw = Math.min(Math.max(total(demand), total(supply)), ROOM * Math.max(clearedKw, total(demand), 1));
  const near = [...demand, ...supply].map(([, price]) => price).filter(price => price <= 3 * clearingPriceUsdPerKwh);
  return { kw, usdPerKwh: 1.15 * Math.max(clearingPriceUsdPerKwh, ...near) };
}

function draw(run: RunData, choice: PlotChoice): Curves | undefined {
  const book = bookUntil(run, choice);
  if (book === undefined) return undefined;
  const { time, clearedKw, clearingPriceUsdPerKwh: price, demand } = book;
  const edges = edgesOf(book);
  const isCut = demand.some(([, usdPerKwh]) => usdPerKwh > edges.usdPerKwh);
  return {
    kind: "curves",
    title: `Order book of the round at ${Number((time / 3600).toFixed(2))} h`,
    axis: "USD/kWh",
    lowerAxis: "power, kW",
    curves: [staircase("demand", demand, edges), staircase("supply", book.supply, edges)],
    mark: {
      at: clearedKw,
      value: price,
      label: `${Number(clearedKw.toPrecision(4))} kW at ${Number(price.toPrecision(4))} USD/kWh`,
    },
    note: isCut ? "the highest step stands for any price" : undefined,
  };
}

export const ORDER_BOOK_PLOT: Plot = {
  doc: "Demand and supply of one round of the market, and where they met.",
  group: "Market",
  takes: "round",
  draw,
};
