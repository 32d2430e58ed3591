import { formatNumber } from "../cli/table.js";
import { escapeXml } from "./frame.js";
import { CHART_STYLE } from "./palette.js";
import { quantityOf } from "./quantity.js";

const STYLE = `
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --card: #f6f7f8; --edge: #d8dbde; }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #15181b; --card: #1d2125; --edge: #363b40; } }
body { margin: 0 auto; max-width: 1500px; padding: 24px; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 28px 0 10px; }
.grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr)); }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 10px; }
.tall { grid-row: span 2; }
.card svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; }
td, th { padding: 3px 18px 3px 0; text-align: left; border-bottom: 1px solid var(--edge); font-weight: 400; }
td { font-variant-numeric: tabular-nums; text-align: right; padding-right: 0; }
.wide td, .wide th { padding-right: 18px; }
.figures { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); margin: 18px 0; }
.figures .card { padding: 12px 14px; }
.figures .value { font-size: 26px; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures .unit { font-size: 15px; font-weight: 400; }
.figures .meaning { font-size: 12px; opacity: 0.75; }
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

/** `energyImportedKwh` reads "energy imported, kWh". */
export function summaryLabel(key: string): string {
  const { words, unit } = quantityOf(key);
  return escapeXml(unit === "" ? words : `${words}, ${unit}`);
}

/** Six significant digits or as many as are asked for, whole numbers whole; thousands apart. */
export function groupedNumber(value: number, digits?: number): string {
  const [whole, fraction] = formatNumber(value, digits).split(".");
  if (whole.includes("e")) return whole;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
