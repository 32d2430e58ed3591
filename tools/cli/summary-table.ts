import type { RunOutcome } from "../run/execute.js";
import { alignRows, formatNumber, formatValue } from "./table.js";

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
