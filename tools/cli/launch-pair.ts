import { parseDuration, ticksPerSecond } from "../../broker/wire/index.js";
import { runPair, type PairOutcome, type PairRequest } from "../sweep/pair.js";
import { listenForCallOff } from "./call-off.js";
import { comparisonTable } from "./comparison-table.js";
import { exitCodeOfRun, type ExitCode } from "./exit-code.js";
import { ProgressBar } from "./progress.js";
import type { Watching } from "./run-and-report.js";
import { alignRows } from "./table.js";

/** Runs a case and its twin, shows their progress, and prints their differences or the error of the run that failed. */
export async function launchPair(
  request: Omit<PairRequest, "signal" | "onProgress">,
  { timeout, console }: Watching,
): Promise<ExitCode> {
  const limit = timeout === undefined ? undefined : parseDuration(timeout) / ticksPerSecond("1us");
  const callOff = listenForCallOff(limit);
  const bar = new ProgressBar();
  try {
    const outcome = await runPair({
      ...request,
      signal: callOff.signal,
      onProgress({ share, ended }) {
        bar.show(share, () => `${ended} of 2 runs`);
      },
    });
    bar.end();
    const { reports, comparison } = outcome;
    console.result(describe(outcome), { runs: reports, comparison });
    for (const { error } of reports) if (error !== undefined) console.report(error);
    return exitCodeOfRun(reports.find(({ error }) => error !== undefined)?.error);
  } finally {
    callOff.dispose();
  }
}

function describe({ names, reports, comparison, files }: PairOutcome): string {
  const facts = [
    ...reports.map(({ folder, state }, i) => [names[i], `${state} in ${folder}`]),
    ...files.map(file => ["comparison", file]),
  ];
  return comparison === undefined
    ? alignRows(facts)
    : `${comparisonTable(comparison.summary, names)}\n\n${alignRows(facts)}`;
}
