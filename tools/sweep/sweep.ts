import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { writeAtomic } from "../run/atomic-file.js";
import { drawBands } from "./band-chart.js";
import { orderRun, readableManifest, type RunOrder, type RunReport } from "./order.js";
import { own } from "./owner.js";
import { sweepPage } from "./page.js";
import { planSweep, type PlannedRun, type SweepQuestion } from "./plan.js";
import { carryOutAll, type PoolOptions } from "./pool.js";
import { rowOf, tableOf, toArrow, toCsv, type SweepRow } from "./results.js";
import { seriesOf, varyingKeys } from "./series.js";

/** Format of `sweep.json`. */
const SWEEP_FORMAT = "gridloom-sweep/1";
/** Plots that are drawn when none is asked for. */
const DEFAULT_PLOTS = 6;

/** A sweep and how it is carried out. */
export interface SweepRequest extends PoolOptions {
  readonly question: SweepQuestion;
  /** Folder of the sweep; what an earlier call has done in it is kept. */
  readonly folder: string;
  /** As `launch --hosts`. */
  readonly hosts: string;
  /** Whether runs that failed are made anew. */
  readonly retries: boolean;
  /** Keys of the summaries to plot; the first that vary when there are none. */
  readonly plots: readonly string[];
}

/** How a sweep stands when a call ends. */
export interface SweepOutcome {
  readonly rows: readonly SweepRow[];
  /** Files that were written, in the sweep's folder. */
  readonly files: readonly string[];
}

/**
 * Makes the runs of a sweep that are not there yet, and then the table, the plots and the page of all that are.
 * @throws CosimError `COSIM_RUN_FOLDER` while another process works in the folder, and what `planSweep` throws.
 */
export async function sweep(request: SweepRequest): Promise<SweepOutcome> {
  const runs = await planSweep(request.question, request.folder);
  const giveBack = await own(request.folder);
  try {
    writeAsked(request, runs);
    const orders = missingOrders(runs, request);
    const reports = await carryOutAll(orders, request);
    return writeResults(request, withReports(runs, reports, request.folder));
  } finally {
    giveBack();
  }
}

/**
 * One shell command for each run that is not done, for a queue or another machine with the same folders; `sweep`
 * with the same question then gathers what they have made.
 */
export async function sweepCommands(request: SweepRequest): Promise<string[]> {
  const runs = await planSweep(request.question, request.folder);
  const giveBack = await own(request.folder);
  try {
    writeAsked(request, runs);
    mkdirSync(join(request.folder, "runs"), { recursive: true });
    return missingOrders(runs, request).map(commandText);
  } finally {
    giveBack();
  }
}

/** Writes what was asked, and which run is which: `sweep.json`. */
function writeAsked({ question, folder }: SweepRequest, planned: readonly PlannedRun[]): void {
  const runs = planned.map(({ run, parameters, seed }) => ({ run, parameters, seed }));
  const asked = { format: SWEEP_FORMAT, ...question, runs };
  writeAtomic(join(folder, "sweep.json"), `${JSON.stringify(asked, undefined, 2)}\n`);
}

/** What is to be run; combinations that simulate the same are one run. */
function missingOrders(runs: readonly PlannedRun[], request: SweepRequest): RunOrder[] {
  const distinct = new Map(runs.map(run => [run.run, run]));
  return [...distinct.values()].filter(run => isWanted(run, request)).map(run => orderOf(run, request));
}

function isWanted({ run }: PlannedRun, { folder, retries }: SweepRequest): boolean {
  const state = readableManifest(join(folder, run))?.state;
  return state !== "done" && (state !== "failed" || retries);
}

function orderOf({ run, casePath, assignments }: PlannedRun, { folder, hosts }: SweepRequest): RunOrder {
  return orderRun({ casePath, assignments, folder: join(folder, run), deployment: { hosts } });
}

/** A run that somebody began elsewhere is resumed; the others are launched. */
function commandText({ command, folder }: RunOrder): string {
  const state = readableManifest(folder)?.state;
  const words = state === "running" || state === "interrupted" ? ["resume", folder] : command;
  return ["gridloom", ...words].map(shellWord).join(" ");
}

const shellWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** How the runs stand; the errors of those that failed before they had a folder come from their reports. */
function withReports(runs: readonly PlannedRun[], reports: readonly RunReport[], folder: string): SweepRow[] {
  const failures = new Map(
    reports.filter(({ state }) => state === "failed").map(report => [report.folder, report.error]),
  );
  return runs.map(run => {
    const row = rowOf(run, folder);
    const error = failures.get(join(folder, run.run));
    return row.state === "missing" && error !== undefined ? { ...row, state: "failed", error } : row;
  });
}

function writeResults({ folder, plots: asked, question }: SweepRequest, rows: readonly SweepRow[]): SweepOutcome {
  const known = [...new Set(rows.flatMap(({ summary }) => Object.keys(summary)))];
  const keys = asked.length > 0 ? asked.filter(key => known.includes(key)) : varyingKeys(rows).slice(0, DEFAULT_PLOTS);
  const series = keys.map(key => seriesOf(rows, key));
  const plots = series.map(one => [`${one.key}.svg`, drawBands(one, true)] as const);
  const columns = tableOf(rows);
  const page = sweepPage(`Sweep of ${question.given}`, { rows, columns, plots: series.map(one => drawBands(one)) });
  const files: (readonly [string, string | Uint8Array])[] = [
    ["results.csv", toCsv(columns)],
    ["results.arrow", toArrow(columns)],
    ...plots,
    ["sweep.html", page],
  ];
  for (const [name, data] of files) writeAtomic(join(folder, name), data);
  const wrong = asked.filter(key => !known.includes(key));
  if (wrong.length === 0 || known.length === 0) return { rows, files: files.map(([name]) => name) };
  const message = `--plot ${wrong.join(", ")}: the runs' summaries have no such key; they have ${known.join(", ")}.`;
  throw new CosimError("COSIM_OPTION_INVALID", message);
}
