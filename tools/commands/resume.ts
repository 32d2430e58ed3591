import { CosimError, formatTime } from "../../broker/wire/index.js";
import { defineCommand, type Invocation } from "../cli/command.js";
import { DEPLOYMENT_OPTIONS } from "../cli/deployment-options.js";
import { EXIT, type ExitCode } from "../cli/exit-code.js";
import type { LedgerOptions } from "../run/deployment.js";
import type { Manifest } from "../run/manifest.js";

export default defineCommand({
  name: "resume",
  doc: "Goes on from the last checkpoint of a run that was stopped or killed.",
  args: [{ name: "RUN", required: true, doc: 'Run folder, or "latest".' }],
  options: DEPLOYMENT_OPTIONS,
  run: resume,
});

async function resume({
  args: [run = ""],
  options,
  console,
}: Invocation<typeof DEPLOYMENT_OPTIONS>): Promise<ExitCode> {
  const { readCase, requireCase } = await import("../../cases/check.js");
  const { readLatestCheckpoint } = await import("../run/checkpoints.js");
  const { readDeployment } = await import("../run/deployment.js");
  const { isAlive, readManifest } = await import("../run/manifest.js");
  const { findRun } = await import("../run/run-folder.js");
  const { runAndReport } = await import("../cli/run-and-report.js");
  const folder = findRun(run);
  const manifest = readManifest(folder);
  if (manifest.state === "done") {
    console.result(`${folder} is done; there is nothing to resume.`, { folder, state: manifest.state });
    return EXIT.done;
  }
  if (isAlive(manifest)) {
    const { host, pid } = manifest.process;
    const cure = `Wait for it, or end process ${pid} first; if it is gone from ${host}, set "state" in manifest.json to "interrupted".`;
    throw new CosimError("COSIM_RUN_FOLDER", `${folder} is still running as process ${pid} on ${host}. ${cure}`);
  }
  const checked = await requireCase({ ...readCase(folder), folder: manifest.caseFolder });
  const { hashInputs, requireSameInputs } = await import("../run/case-inputs.js");
  requireSameInputs(manifest.inputs, hashInputs(checked));
  const checkpoint = readLatestCheckpoint(folder);
  const deployment = readDeployment({ ...options, ...ledgerOf(manifest) }, checked);
  if (deployment.pauseAt !== undefined && deployment.pauseAt <= (checkpoint?.time ?? 0)) {
    throw new CosimError("COSIM_OPTION_INVALID", `--pause-at is "${options.pauseAt ?? ""}"; the run is already there.`);
  }
  const tick = checked.assembly.plan.ticksPerSecond === 1e9 ? "1ns" : "1us";
  const from = checkpoint === undefined ? undefined : formatTime(checkpoint.time, tick);
  console.say(from === undefined ? "No checkpoint: from the start." : `From the checkpoint at ${from}.`);
  return await runAndReport(
    { checked, folder, deployment, earlier: { manifest, checkpoint } },
    { timeout: options.timeout, console },
  );
}

/** The ledger that the run began with. */
function ledgerOf({ ledger }: Pick<Manifest, "ledger">): LedgerOptions {
  return ledger === undefined ? { ledger: "none" } : { ledger: ledger.driver, network: ledger.network };
}
