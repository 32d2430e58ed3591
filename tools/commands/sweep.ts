import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { CosimError, parseDuration, ticksPerSecond } from "../../broker/wire/index.js";
import type { OptionTable, OptionValues } from "../../cases/options.js";
import { listenForCallOff } from "../cli/call-off.js";
import { defineCommand, type Invocation } from "../cli/command.js";
import { EXIT, exitCodeOf, type ExitCode } from "../cli/exit-code.js";
import { ProgressBar } from "../cli/progress.js";
import { alignRows } from "../cli/table.js";
import type { SweepQuestion } from "../sweep/plan.js";
import { isSeedless, SEEDLESS } from "../sweep/seedless.js";
import type { SweepOutcome, SweepRequest } from "../sweep/sweep.js";

const options = {
  set: {
    kind: "list",
    placeholder: "PATH=VALUES",
    doc: "Varies one value of the case: from..to:step or a,b,c, as federates.houses.params.count=10..50:10. Several give every combination.",
  },
  seeds: { kind: "text", placeholder: "VALUES", doc: "Seeds of each combination, as 1..10; the case's by default." },
  generate: {
    kind: "list",
    placeholder: "OPTION=VALUES",
    doc: "Varies an option of a preset, as houses=10..50:10; CASE is then the name of the preset.",
  },
  until: { kind: "duration", doc: "Simulates all runs up to this time instead of the case's." },
  record: {
    kind: "choice",
    choices: ["all", "metrics", "aggregate", "none"],
    doc: "What the recorders write, instead of the case's; none keeps the summaries alone.",
  },
  on: {
    kind: "choice",
    choices: ["local", "slurm", "commands"],
    default: "local",
    doc: "Where the runs are made: here, or nowhere yet, with one shell command printed for each.",
  },
  jobs: {
    kind: "integer",
    minimum: 1,
    maximum: 4096,
    doc: "Runs at the same time; as many as there are cores by default.",
  },
  hosts: { kind: "text", default: "1", placeholder: "1|N|each", doc: "Processes of each run, as for launch." },
  retry: { kind: "flag", doc: "Makes the runs that failed anew." },
  plot: { kind: "list", placeholder: "KEY", doc: "Plots this key of the summaries; the first that vary by default." },
  out: {
    kind: "text",
    placeholder: "DIR",
    doc: "Folder of the sweep; runs/<case>/sweep-<hash of the question> by default, so the same command goes on there.",
  },
  timeout: { kind: "duration", doc: "Wall-clock time after which the sweep is called off." },
} as const satisfies OptionTable;

type Options = OptionValues<typeof options>;

export default defineCommand({
  name: "sweep",
  doc: "Makes many runs and one table of their results. Called again, it does only what is missing.",
  args: [{ name: "CASE", required: true, doc: "A case.json or its folder; with --generate, the name of a preset." }],
  options,
  run: runSweep,
});

async function runSweep({
  args: [given = ""],
  options: asked,
  console,
}: Invocation<typeof options>): Promise<ExitCode> {
  if (asked.on === "slurm") {
    const cure = "--on commands prints one command for each run, which any queue can take.";
    throw new CosimError("COSIM_NOT_BUILT", `sweep --on slurm is not built yet. ${cure}`);
  }
  const { sweep, sweepCommands } = await import("../sweep/sweep.js");
  const question = await readQuestion(given, asked);
  const folder = resolve(asked.out ?? (await defaultFolder(question)));
  const limit = asked.timeout === undefined ? undefined : parseDuration(asked.timeout) / ticksPerSecond("1us");
  const callOff = listenForCallOff(limit);
  const bar = new ProgressBar();
  const request: SweepRequest = {
    question,
    folder,
    hosts: asked.hosts,
    jobs: asked.jobs ?? availableParallelism(),
    retries: asked.retry,
    plots: asked.plot,
    signal: callOff.signal,
    onProgress({ ended, failed, total, share }) {
      bar.show(share, () => `${ended} of ${total} runs${failed === 0 ? "" : `, ${failed} failed`}`);
    },
  };
  try {
    if (asked.on === "commands") {
      const commands = await sweepCommands(request);
      console.result(commands.join("\n"), { folder, commands });
      return EXIT.done;
    }
    console.say(`Sweep folder ${folder}`);
    const outcome = await sweep(request);
    bar.end();
    console.result(describe(folder, outcome), { folder, ...outcome });
    if (!callOff.signal.aborted) return outcome.rows.every(({ state }) => state === "done") ? EXIT.done : EXIT.failed;
    console.error(callOff.signal.reason);
    return exitCodeOf(callOff.signal.reason);
  } finally {
    callOff.dispose();
  }
}

async function readQuestion(given: string, { generate, set, seeds, until, record }: Options): Promise<SweepQuestion> {
  const { readAxis, readValues } = await import("../sweep/values.js");
  const shared = Object.entries({ until, record }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  return {
    given,
    generate: generate.map(text => readAxis("--generate", text)),
    axes: set.map(text => readAxis("--set", text)),
    seeds: seeds === undefined ? [] : readValues("--seeds", seeds),
    shared,
  };
}

async function defaultFolder(question: SweepQuestion): Promise<string> {
  const { readCase } = await import("../../cases/check.js");
  const { hashQuestion } = await import("../sweep/plan.js");
  const name =
    question.generate.length > 0 ? question.given : (readCase(question.given).value as { name?: unknown }).name;
  return `runs/${typeof name === "string" ? name : "case"}/sweep-${hashQuestion(question)}`;
}

/** Failures on the terminal. */
const MOST_FAILURES = 20;

function describe(folder: string, { rows, files }: SweepOutcome): string {
  const count = (state: string) => String(rows.filter(row => row.state === state).length);
  const failures = rows.filter(({ state }) => state === "failed");
  const missing = count("missing");
  return [
    alignRows([
      ["runs", String(rows.length)],
      ["done", count("done")],
      ["failed", count("failed")],
      ...(missing === "0" ? [] : [["missing", missing]]),
      ["files", files.join(", ")],
      ["sweep folder", folder],
    ]),
    ...(isSeedless(rows) ? [SEEDLESS] : []),
    ...failures
      .slice(0, MOST_FAILURES)
      .map(({ run, error }) => `${run}: ${error?.code ?? "COSIM_INTERNAL"}: ${error?.message ?? "failed"}`),
    ...(failures.length > MOST_FAILURES ? ["… sweep.html has all of them."] : []),
    ...(failures.length === 0 ? [] : ["The same command with --retry makes the failed runs anew."]),
  ].join("\n");
}
