import { valueCells } from "../cli/comparison-table.js";
import { writeAtomic } from "../run/atomic-file.js";
import type { Comparison, ValuePair } from "../run/compare.js";
import type { Chart } from "./chart.js";
import type { Curves } from "./curves.js";
import { escapeXml } from "./frame.js";
import { htmlPage, summaryLabel } from "./page.js";
import { drawPicture, type Picture } from "./picture.js";
import { PLOTS } from "./plots/index.js";
import { readRun } from "./run-data.js";

/** Two runs that were compared, and what they are called. */
export interface ComparisonPage {
  readonly comparison: Comparison;
  readonly names: readonly [string, string];
}

/**
 * Writes one self-contained HTML file: the differences by topic, and the charts of both runs in one frame.
 * @throws CosimError `COSIM_RUN_FOLDER` when a run cannot be read or the file cannot be written.
 */
export function writeComparison(file: string, { comparison, names }: ComparisonPage): void {
  const [first, second] = comparison.folders.map(readRun);
  const cards = Object.entries(PLOTS).flatMap(([name, plot]) => {
    const chart = overlay(plot.draw(first, {}), plot.draw(second, {}), names);
    return chart === undefined ? [] : [`<div class="card" id="${name}">${drawPicture(chart)}</div>`];
  });
  const body = `<h2>Differences</h2>
${differenceTable(comparison.summary, names)}
<p>${comparison.isIdentical ? "All result files are identical." : "The result files are not identical."}</p>
<h2>Charts of both</h2>
${cards.length === 0 ? "<p>The runs share no charts.</p>" : `<div class="grid">\n${cards.join("\n")}\n</div>`}`;
  writeAtomic(file, htmlPage(`${names[0]} and ${names[1]}`, body));
}

/**
 * One chart with the lines of both runs, the second's dashed: a colour for each run where there is one quantity, and for
 * each quantity where there are several. Undefined unless both are charts over time, or both curves over the same quantity.
 */
export function overlay(
  first: Picture | undefined,
  second: Picture | undefined,
  names: readonly [string, string],
): Chart | Curves | undefined {
  if (first?.kind === "time" && second?.kind === "time") {
    const { lines, note } = merged(first.lines, second.lines, names);
    return { ...first, bands: [], note, lines };
  }
  if (first?.kind === "curves" && second?.kind === "curves" && first.lowerAxis === second.lowerAxis) {
    const { lines: curves, note } = merged(first.curves, second.curves, names);
    return { ...first, mark: undefined, limits: [], note, curves };
  }
  return undefined;
}

interface Named {
  readonly label: string;
  readonly colour?: number;
  readonly isDashed?: boolean;
}

/** The lines of both runs, each with its run's name; those of the first alone, and a note, where both have the same. */
function merged<T extends Named>(
  first: readonly T[],
  second: readonly T[],
  names: readonly [string, string],
): { readonly lines: readonly T[]; readonly note?: string } {
  if (JSON.stringify(first) === JSON.stringify(second)) return { lines: first, note: "the same in both runs" };
  const labels = [...new Set([...first, ...second].map(({ label }) => label))];
  const named = (lines: readonly T[], run: 0 | 1): T[] =>
    lines.map(line => ({
      ...line,
      label: `${line.label}, ${names[run]}`,
      colour: labels.length === 1 ? run : labels.indexOf(line.label),
      isDashed: run === 1,
    }));
  return { lines: [...named(first, 0), ...named(second, 1)] };
}

function differenceTable(pairs: readonly ValuePair[], names: readonly [string, string]): string {
  const cells = (texts: readonly string[]) => texts.map(text => `<td>${escapeXml(text)}</td>`).join("");
  const rows = pairs.flatMap((pair, i) => [
    ...(pair.topic === pairs[i - 1]?.topic ? [] : [`<tr><th colspan="5"><strong>${pair.topic}</strong></th></tr>`]),
    `<tr><th scope="row">${summaryLabel(pair.key)}</th>${cells(valueCells(pair))}</tr>`,
  ]);
  const head = `<tr><th></th>${cells([...names, "difference", "relative"])}</tr>`;
  return `<table class="wide">\n${[head, ...rows].join("\n")}\n</table>`;
}
