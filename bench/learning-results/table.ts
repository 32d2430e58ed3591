import { WAYS, type Comparison, type Way } from "./comparison.js";
import type { Figures } from "./figures.js";

const NAMES: Readonly<Record<Way, string>> = {
  "ramp": "ramp",
  "random": "random",
  "seller-buyer": "learned (DDPG)",
};

const ROWS: readonly (readonly [figure: keyof Figures, label: string, digits: number])[] = [
  ["meanPriceUsdPerKwh", "mean clearing price, USD/kWh", 4],
  ["billUsdPerHouse", "bill of a house, USD", 3],
  ["degreeHoursAbovePerHouse", "too warm, °F·h of a house", 2],
  ["degreeHoursBelowPerHouse", "too cool, °F·h of a house", 2],
  ["peakKw", "peak of the feeder, kW", 0],
  ["servedBids", "bids served", 0],
  ["clearedKwh", "energy cleared, kWh", 0],
  ["statedSurplusUsd", "surplus as the bids state it, USD", 2],
  ["gainUsd", "gain from true valuations, USD", 2],
];

/** Student's t at 97.5 % for 1, 2, … degrees of freedom. */
const T_QUANTILES = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Mean, and half the width of its 95 % interval; no interval for one value. */
export function estimate(values: readonly number[]): { readonly mean: number; readonly half: number | undefined } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, half: undefined };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const quantile = T_QUANTILES[Math.min(count - 2, T_QUANTILES.length - 1)];
  return { mean, half: quantile * Math.sqrt(squares / (count - 1) / count) };
}

/** The comparison as a Markdown table: a row for each figure, a column for each way, mean ± half the 95 % interval. */
export function comparisonTable(comparison: Comparison): string {
  const head = `| | ${WAYS.map(way => NAMES[way]).join(" | ")} |`;
  const rows = ROWS.map(([figure, label, digits]) => {
    const cells = WAYS.map(way =>
      cell(
        comparison[way].map(figures => figures[figure]),
        digits,
      ),
    );
    return `| ${label} | ${cells.join(" | ")} |`;
  });
  return [head, `|---|${WAYS.map(() => "---:|").join("")}`, ...rows].join("\n");
}

function cell(values: readonly number[], digits: number): string {
  const { mean, half } = estimate(values);
  return half === undefined ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`;
}

const BEGIN = "<!-- learning results -->";
const END = "<!-- end of learning results -->";

/** A page with the text between its markers replaced. Throws a RangeError where the markers are missing. */
export function fillResults(page: string, text: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new RangeError(`The page has no "${BEGIN}" before an "${END}".`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`;
}
