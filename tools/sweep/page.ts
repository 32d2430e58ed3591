import { escapeXml } from "../report/frame.js";
import { groupedNumber, htmlPage } from "../report/page.js";
import type { Column, SweepRow } from "./results.js";
import { isSeedless, SEEDLESS } from "./seedless.js";

/** The page of a sweep: how far it is, what failed, the plots and the table, in one file. */
export function sweepPage(title: string, parts: SweepPageParts): string {
  const { rows, columns, plots } = parts;
  const count = (state: SweepRow["state"]) => rows.filter(row => row.state === state).length;
  const failures = rows.filter(({ state }) => state === "failed").map(failureLine);
  const cards = plots.map(plot => `<div class="card">${plot}</div>`);
  return htmlPage(
    title,
    `<p><span class="state">${count("done")} of ${rows.length} runs done</span>, ${count("failed")} failed, ${count("missing")} missing</p>
${isSeedless(rows) ? `<p>${SEEDLESS}</p>\n` : ""}${failureList(failures)}
${cards.length === 0 ? "" : `<h2>Mean and 95 % interval over the seeds</h2>\n<div class="grid">\n${cards.join("\n")}\n</div>`}
<h2>Runs</h2>
${tableText(columns)}`,
  );
}

/** What a page is made of. */
export interface SweepPageParts {
  readonly rows: readonly SweepRow[];
  readonly columns: readonly Column[];
  /** SVG elements. */
  readonly plots: readonly string[];
}

/** Most rows on the page; the table as a file has all. */
const MOST_ROWS = 500;

/** Failures to read at once; more are folded away. */
const FEW = 5;

function failureList(lines: readonly string[]): string {
  if (lines.length <= FEW) return lines.join("\n");
  return `<details><summary>The ${lines.length} runs that failed</summary>\n${lines.join("\n")}\n</details>`;
}

function failureLine({ run, error }: SweepRow): string {
  return `<p class="error">${escapeXml(`${run}: ${error?.code ?? ""} ${error?.message ?? "failed"}`)}</p>`;
}

function tableText(columns: readonly Column[]): string {
  const height = columns[0]?.cells.length ?? 0;
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  const rows = Array.from({ length: Math.min(height, MOST_ROWS) }, (_, i) =>
    row(
      columns.map(({ cells }) => cellText(cells[i])),
      "td",
    ),
  );
  const head = row(
    columns.map(({ name }) => escapeXml(name)),
    "th",
  );
  const more = height > MOST_ROWS ? `<p>The first ${MOST_ROWS} of ${height} runs; results.csv has all.</p>` : "";
  return `<div style="overflow-x: auto"><table class="wide">\n${[head, ...rows].join("\n")}\n</table></div>${more}`;
}

function cellText(cell: Column["cells"][number]): string {
  if (typeof cell === "number") return groupedNumber(cell);
  return cell === undefined ? "" : escapeXml(String(cell));
}
