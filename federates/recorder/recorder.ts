import { renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineFederate, type Context } from "../../runtime/index.js";
import { writeEvents, type Events } from "./events.js";
import { portsOf } from "./fields.js";
import { assembleMetrics } from "./metrics-files.js";
import { closeWindow, createTables, nextTime, observeTable, writeWindow, type MetricsTable } from "./metrics-table.js";
import { recordingFaults } from "./recording-faults.js";
import { recorderParams } from "./params.js";
import { appendRow, createSeries, finishSeries, type Series } from "./series.js";
import { createSideFiles, writeRow, type SideFile } from "./side-file.js";
import { addWindow, createSummary, observeSummary, summaryText, type Summary } from "./summary.js";
import type { Inputs } from "./terms.js";

/** Everything that a recorder remembers. */
interface RecorderState {
  readonly tables: readonly MetricsTable[];
  readonly summary: Summary;
  readonly sideFiles: readonly SideFile[];
  readonly series: Series | undefined;
  readonly events: Events;
  readonly until: number;
  /** False where only the summary is written. */
  readonly keepsMetrics: boolean;
  /** Last time at which it ran; −1 before the first. */
  time: number;
}

/**
 * Records what the case declares: metrics files, summary, side files, series and events.
 * A value holds from the time at which it was published; the window with key 300 is (0 s, 300 s].
 */
export const recorder = defineFederate({
  doc: "Writes metrics, summary, time series and events of a run.",
  params: recorderParams,
  inputs: portsOf,
  outputs: {},
  check: recordingFaults,
  create(params, context) {
    const tables = createTables(params, context);
    const { ticksPerSecond, until } = context;
    const events = params.record === "none" ? [] : params.events.map(name => ({ name, last: "" }));
    const state: RecorderState = {
      tables,
      summary: createSummary(params, context, tables),
      sideFiles: createSideFiles(params, context),
      series: createSeries(params, context),
      events: { inputs: events, ticksPerSecond },
      until,
      keepsMetrics: params.record !== "none",
      time: -1,
    };
    return { state };
  },
  step(state, { time, inputs, context }) {
    if (state.time < 0) openFiles(state, context);
    state.time = time;
    recordWindows(state, inputs, time, context);
    for (const side of state.sideFiles) writeRow(side, inputs, time, context.file(side.file));
    writeEvents(state.events, inputs, time, () => context.file("events.jsonl"));
    const batch = state.series && appendRow(state.series, inputs, time, () => context.file("series.arrow"));
    const wakeAt = nextWake(state, time);
    return batch === undefined ? { wakeAt } : batch.then(() => ({ wakeAt }));
  },
  async close(state, context) {
    const { series, summary, tables, time, keepsMetrics } = state;
    const folder = dirname(context.file("events.jsonl").path);
    if (keepsMetrics) {
      for (const { journal } of tables) context.file(journal).flush();
      assembleMetrics(folder);
    }
    replaceFile(join(folder, "summary.json"), summaryText(summary, Math.max(0, time)));
    if (series !== undefined) await finishSeries(series, context.file("series.arrow"));
  },
});

/** Opens every file at the first step, so that each checkpoint knows its length. */
function openFiles({ tables, sideFiles, series, keepsMetrics }: RecorderState, context: Context): void {
  for (const { journal, header } of keepsMetrics ? tables : []) context.file(journal).append(`${header}\n`);
  for (const side of sideFiles) context.file(side.file).append(`${side.header}\n`);
  if (series !== undefined) context.file("series.arrow");
  context.file("events.jsonl");
}

function recordWindows(
  { tables, summary, keepsMetrics }: RecorderState,
  inputs: Inputs,
  time: number,
  context: Context,
): void {
  const write = (table: MetricsTable) => {
    addWindow(summary, table);
    if (keepsMetrics) writeWindow(table, context.file(table.journal));
  };
  for (const table of tables) {
    while (table.end < time) closeWindow(table, write);
    observeTable(table, inputs, time);
    if (table.end === time) closeWindow(table, write);
  }
  observeSummary(summary, inputs, time);
}

/** The next window end, sample, row or the end of the run, whichever comes first; null when all is done. */
function nextWake({ tables, sideFiles, series, until }: RecorderState, time: number): number | null {
  let next = time < until ? until : Infinity;
  for (const table of tables) next = Math.min(next, nextTime(table, time));
  for (const side of sideFiles) next = Math.min(next, side.next);
  if (series !== undefined) next = Math.min(next, series.next);
  return next > until ? null : next;
}

function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
