import { parseDuration, ticksPerSecond } from "../../broker/wire/index.js";
import { execute, type Execution, type RunOutcome } from "../run/execute.js";
import { readStanding } from "../run/settling.js";
import { listenForCallOff } from "./call-off.js";
import type { Console } from "./console.js";
import { exitCodeOfRun, type ExitCode } from "./exit-code.js";
import { ProgressDisplay } from "./progress.js";
import { summaryTable } from "./summary-table.js";

/** Milliseconds between two looks at rounds that wait for the ledger after the last simulated second. */
const DRAIN_MS = 250;

/** How a run is watched from the command line. */
export interface Watching {
  /** Wall-clock duration after which the run is called off. */
  readonly timeout?: string;
  readonly console: Console;
}

/** Runs a case, shows its progress, and prints its summary or its error. */
export async function runAndReport(
  request: Omit<Execution, "signal" | "onProgress" | "command">,
  { timeout, console }: Watching,
): Promise<ExitCode> {
  const limit = timeout === undefined ? undefined : parseDuration(timeout) / ticksPerSecond("1us");
  const callOff = listenForCallOff(limit);
  const { plan } = request.checked.assembly;
  const display = new ProgressDisplay(plan);
  const onProgress = ({ time }: { time: number }) => {
    display.show(time);
  };
  const drain = setInterval(() => {
    const waitingRounds = readStanding(request.folder)?.waitingRounds ?? 0;
    if (waitingRounds > 0) display.show(plan.until, waitingRounds);
  }, DRAIN_MS);
  console.say(`Run folder ${request.folder}`);
  try {
    const outcome = await execute({ ...request, command: process.argv.slice(2), signal: callOff.signal, onProgress });
    display.end();
    return report(outcome, console);
  } finally {
    clearInterval(drain);
    callOff.dispose();
  }
}

function report(outcome: RunOutcome, console: Console): ExitCode {
  const { folder, manifest, summary, isPaused, lateSeconds } = outcome;
  const { state, error, simulatedSeconds, wallSeconds } = manifest;
  console.result(summaryTable(outcome), { folder, state, simulatedSeconds, wallSeconds, lateSeconds, error, summary });
  if (isPaused) console.say(`Paused. Go on with: gridloom resume ${folder}`);
  if (error !== undefined) console.report(error);
  return exitCodeOfRun(error);
}
