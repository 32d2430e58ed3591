import { existsSync } from "node:fs";
import { CosimError } from "../../broker/wire/index.js";
import { dispatchAssignments, launchOptionsOf } from "../../cases/dispatch/launch-options.js";
import type { OptionTable, OptionValues } from "../../cases/options.js";
import { firstArgument } from "../cli/first-argument.js";
import { defineCommand, type Invocation } from "../cli/command.js";
import type { Console } from "../cli/console.js";
import type { ExitCode } from "../cli/exit-code.js";
import { DEPLOYMENT_OPTIONS } from "../cli/deployment-options.js";
import { LEDGER_NAMES } from "../run/settling.js";

const DEFAULT_CASE = "cases/generated/pet";

const options = {
  out: { kind: "text", placeholder: "RUN", doc: "Run folder; runs/<case>/<start>-<seed> by default." },
  until: { kind: "duration", doc: "Simulates up to this time instead of the case's." },
  seed: { kind: "integer", minimum: 0, doc: "Seed instead of the case's." },
  record: {
    kind: "choice",
    choices: ["all", "metrics", "aggregate", "none"],
    doc: "What the recorders write, instead of the case's.",
  },
  set: {
    kind: "list",
    placeholder: "PATH=VALUE",
    doc: "Changes one value of the case, as federates.houses.params.count=40.",
  },
  pair: { kind: "text", placeholder: "TWIN", doc: "Runs the case and this twin of it, and compares them." },
  ...DEPLOYMENT_OPTIONS,
  ledger: {
    kind: "choice",
    choices: LEDGER_NAMES,
    doc: "Where the rounds of a case that settles them go; embedded by default, and no result depends on it.",
  },
  network: {
    kind: "text",
    placeholder: "FILE",
    doc: "Describes the network of --ledger gateway or fabric-network: the summary.json that fabric-network/start.sh names.",
  },
  launcher: {
    kind: "choice",
    choices: ["local", "slurm", "ssh"],
    default: "local",
    doc: "What starts the hosts' processes.",
  },
  dashboard: { kind: "flag", doc: "Shows the run in a browser." },
} as const satisfies OptionTable;

export default defineCommand({
  name: "launch",
  doc: "Runs a case to its end.",
  args: [{ name: "CASE", doc: `A case.json or its folder; ${DEFAULT_CASE} by default, made when absent.` }],
  options,
  async optionsFor(argv) {
    const path = firstArgument(argv);
    if (path === undefined) return {};
    const { readCase } = await import("../../cases/check.js");
    try {
      return launchOptionsOf(readCase(path).value);
    } catch {
      return {};
    }
  },
  async run(invocation) {
    refuseUnbuilt(invocation.options);
    return await launch(invocation);
  },
});

function refuseUnbuilt({ launcher, dashboard }: OptionValues<typeof options>): void {
  const unbuilt = [...(launcher === "local" ? [] : [`--launcher ${launcher}`]), ...(dashboard ? ["--dashboard"] : [])];
  if (unbuilt.length > 0) throw new CosimError("COSIM_NOT_BUILT", `${unbuilt.join(", ")}: not built yet.`);
}

async function launch({ args: [given], options: values, console }: Invocation<typeof options>): Promise<ExitCode> {
  const { readCase, requireCase } = await import("../../cases/check.js");
  const { override } = await import("../../cases/overrides.js");
  const { readDeployment } = await import("../run/deployment.js");
  const { createRunFolder } = await import("../run/run-folder.js");
  const { runAndReport } = await import("../cli/run-and-report.js");
  const path = given ?? DEFAULT_CASE;
  if (given === undefined && !existsSync(path)) {
    const { generateCase } = await import("../generate-case.js");
    await generateCase("pet", { folder: path });
    console.say(`Generated ${path}.`);
  }
  if (values.pair !== undefined) return await launchTwins(path, values.pair, { values, console });
  const source = readCase(path);
  const checked = await requireCase({ ...source, value: override(source.value, changesOf(source.value, values)) });
  const deployment = readDeployment(values, checked);
  const { name: caseName, seed } = checked.case;
  const folder = createRunFolder({ out: values.out, caseName, seed, startedAt: new Date() });
  return await runAndReport({ checked, folder, deployment }, { timeout: values.timeout, console });
}

async function launchTwins(
  casePath: string,
  twin: string,
  { values, console }: { readonly values: OptionValues<typeof options>; readonly console: Console },
): Promise<ExitCode> {
  const { hosts, broker, realTime, checkpointEvery, ledger, network, pauseAt, listen, out, timeout } = values;
  const { readCase } = await import("../../cases/check.js");
  if (pauseAt !== undefined || listen !== undefined) {
    const option = pauseAt === undefined ? "--listen" : "--pause-at";
    const cure = `Leave ${option} out, or launch each alone, the twin with --set.`;
    throw new CosimError("COSIM_OPTION_INVALID", `--pair runs two cases to their ends on this machine. ${cure}`);
  }
  const { launchPair } = await import("../cli/launch-pair.js");
  const deployment = { hosts, broker, realTime, checkpointEvery, ledger, network };
  const changes = changesOf(readCase(casePath).value, values);
  const request = { casePath, changes, twin, out, deployment };
  return await launchPair(request, { timeout, console });
}

/** The options that change the case, as assignments; `--set` comes last and wins. */
function changesOf(value: unknown, given: OptionValues<typeof options>): string[] {
  const { until, seed, record, set } = given;
  const own = { until, seed, record };
  const dispatch = dispatchAssignments(value, given);
  return [
    ...dispatch,
    ...Object.entries(own).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])),
    ...set,
  ];
}
