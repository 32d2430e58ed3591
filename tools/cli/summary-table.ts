import type { RunOutcome } from "../run/execute.js";

/** A run's summary as aligned text, its folder last. */
export function summaryTable({ folder, manifest, summary, lateSeconds }: RunOutcome): string {
  const { case: name, state, simulatedSeconds, wallSeconds } = manifest;
  const rows: [string, string][] = [
    ["case", name],
    ["state", state],
    ["simulated", `${formatNumber(simulatedSeconds / 3600)} h`],
    ["wall clock", `${wallSeconds.toFixed(2)} s`],
    ...(lateSeconds === undefined ? [] : [["largest lateness", `${lateSeconds.toFixed(3)} s`] as [string, string]]),
    ...Object.entries(summary).map(([key, value]): [string, string] => [key, formatValue(value)]),
    ["run folder", folder],
  ];
  return alignRows(rows);
}

/** Rows of cells as text with aligned columns. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows.map(row => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd()).join("\n");
}

/** A value for people: numbers with six significant digits. */
export function formatValue(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
