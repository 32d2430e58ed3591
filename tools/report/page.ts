import { CHART_STYLE, drawChart, escapeXml, type Chart } from "./chart.js";
import { quantityOf } from "./quantity.js";
import type { RunData } from "./run-data.js";

const STYLE = `
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --card: #f6f7f8; --edge: #d8dbde; }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #15181b; --card: #1d2125; --edge: #363b40; } }
body { margin: 0 auto; max-width: 1500px; padding: 24px; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 28px 0 10px; }
.grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr)); }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 10px; }
.card svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; }
td, th { padding: 3px 18px 3px 0; text-align: left; border-bottom: 1px solid var(--edge); font-weight: 400; }
td { font-variant-numeric: tabular-nums; text-align: right; padding-right: 0; }
.wide td, .wide th { padding-right: 18px; }
.state { font-weight: 600; }
.error { color: #c0392b; white-space: pre-wrap; }
`;

/** A page that needs nothing but itself, light or dark as the reader has it. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}${CHART_STYLE}</style>
</head>
<body>
<h1>${escapeXml(title)}</h1>
${body}
</body>
</html>
`;
}

/** The page of a run: facts, summary and charts. */
export function renderPage({ manifest, summary }: RunData, charts: readonly Chart[]): string {
  const cards = charts.map(chart => `<div class="card" id="${chart.name}">${drawChart(chart)}</div>`);
  return htmlPage(
    `${text(manifest.case, "run")}, seed ${text(manifest.seed, "-")}`,
    `${stateLine(manifest)}
<div class="grid">
<section><h2>Summary</h2>${table(summary, summaryLabel)}</section>
<section><h2>Run</h2>${table(runFacts(manifest), escapeXml)}</section>
</div>
<h2>Over time</h2>
${cards.length === 0 ? "<p>This run recorded no metrics.</p>" : `<div class="grid">\n${cards.join("\n")}\n</div>`}`,
  );
}

const text = (value: unknown, missing = ""): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : missing;

function stateLine(manifest: RunData["manifest"]): string {
  const { state, simulatedSeconds, wallSeconds, error } = manifest;
  const hours = typeof simulatedSeconds === "number" ? `${groupedNumber(simulatedSeconds / 3600)} h simulated` : "";
  const wall = typeof wallSeconds === "number" ? `in ${groupedNumber(wallSeconds)} s` : "";
  const message =
    typeof error === "object" && error !== null ? text((error as { message?: unknown }).message) : text(error);
  const failure = message === "" ? "" : `<p class="error">${escapeXml(message)}</p>`;
  return `<p><span class="state">${escapeXml(text(state, "state unknown"))}</span> ${escapeXml(`${hours} ${wall}`)}</p>${failure}`;
}

function runFacts({
  version,
  node,
  startedAt,
  endedAt,
  caseHash,
  hosts,
}: RunData["manifest"]): Record<string, unknown> {
  return {
    "version": version,
    "Node": node,
    "started": startedAt,
    "ended": endedAt,
    "case (SHA-256)": typeof caseHash === "string" ? caseHash.slice(0, 16) : undefined,
    "host processes": Array.isArray(hosts) ? hosts.length : undefined,
  };
}

function table(values: Readonly<Record<string, unknown>>, label: (key: string) => string): string {
  const rows = Object.entries(values).filter(([, value]) => value !== undefined && typeof value !== "object");
  if (rows.length === 0) return "<p>None.</p>";
  const lines = rows.map(([key, value]) => {
    const cell = typeof value === "number" ? groupedNumber(value) : escapeXml(text(value));
    return `<tr><th scope="row">${label(key)}</th><td>${cell}</td></tr>`;
  });
  return `<table>\n${lines.join("\n")}\n</table>`;
}

/** `energyImportedKwh` reads "energy imported, kWh". */
export function summaryLabel(key: string): string {
  const { words, unit } = quantityOf(key);
  return escapeXml(unit === "" ? words : `${words}, ${unit}`);
}

/** Six significant digits, thousands apart. */
export function groupedNumber(value: number): string {
  const [whole, fraction] = String(Number(value.toPrecision(6))).split(".");
  if (whole.includes("e")) return whole;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
