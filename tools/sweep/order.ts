import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CosimError } from "../../broker/wire/index.js";
import { readCase, requireCase, type CheckedCase } from "../../cases/check.js";
import { override } from "../../cases/overrides.js";
import { describeError, type ErrorReport } from "../cli/error-report.js";
import { hashInputs, requireSameInputs } from "../run/case-inputs.js";
import { readLatestCheckpoint } from "../run/checkpoints.js";
import { readDeployment, type DeploymentOptions } from "../run/deployment.js";
import { execute, type Execution } from "../run/execute.js";
import { isAlive, readManifest, type Manifest, type RunState } from "../run/manifest.js";
import { createRunFolder } from "../run/run-folder.js";

/** One run as a worker is asked for it; plain data. */
export interface RunOrder {
  /** A `case.json` or its folder. */
  readonly casePath: string;
  /** Changes of the case, as `path=value`. */
  readonly assignments: readonly string[];
  /** Run folder. One that a killed or interrupted run left is gone on with. */
  readonly folder: string;
  readonly deployment: DeploymentOptions;
  /** The command of this program that would do the same. */
  readonly command: readonly string[];
}

/** An order with the command that would do the same. */
export function orderRun(order: Omit<RunOrder, "command">): RunOrder {
  const { casePath, assignments, deployment, folder } = order;
  const { hosts = "1" } = deployment;
  const changes = assignments.flatMap(assignment => ["--set", assignment]);
  const command = ["launch", casePath, ...changes, ...(hosts === "1" ? [] : ["--hosts", hosts]), "--out", folder];
  return { ...order, command };
}

/** How a run ended; `error` is there unless it is done. */
export interface RunReport {
  readonly folder: string;
  readonly state: RunState;
  readonly error?: ErrorReport;
}

/** Wall-clock milliseconds for which a run waits until the process that had its folder before is gone. */
const PATIENCE_MS = 15_000;

/** Carries an order out in this process; `onProgress` is told the share of the simulated time that is done. */
export async function carryOut(
  order: RunOrder,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<RunReport> {
  const { folder, command } = order;
  try {
    const source = readCase(order.casePath);
    const checked = await requireCase({ ...source, value: override(source.value, order.assignments) });
    const deployment = readDeployment({ ledger: "none", ...order.deployment }, checked);
    const earlier = await reopen(folder, checked);
    if (earlier === undefined) {
      const { name: caseName, seed } = checked.case;
      createRunFolder({ out: folder, caseName, seed, startedAt: new Date() });
    }
    const { until } = checked.assembly.plan;
    const share = ({ time }: { time: number }) => {
      onProgress(until === 0 ? 1 : Math.min(1, Math.max(0, time / until)));
    };
    const outcome = await execute({ checked, folder, deployment, command, signal, earlier, onProgress: share });
    const { state, error } = outcome.manifest;
    return { folder, state, error };
  } catch (error) {
    return { folder, state: "failed", error: describeError(error) };
  }
}

/**
 * What an interrupted run goes on from, once the process that had its folder is gone.
 * Undefined when it has to begin anew; the run that was in the folder is removed.
 */
async function reopen(folder: string, checked: CheckedCase): Promise<Execution["earlier"]> {
  const manifest = await manifestAtRest(folder);
  const checkpoint = manifest === undefined ? undefined : usableCheckpoint(folder, manifest, checked);
  if (manifest !== undefined && checkpoint !== undefined) return { manifest, checkpoint };
  if (existsSync(join(folder, "manifest.json"))) rmSync(folder, { recursive: true });
  return undefined;
}

/** The manifest of a run folder when nobody writes it any more; undefined when there is none. */
async function manifestAtRest(folder: string): Promise<Manifest | undefined> {
  for (const start = performance.now(); ; await sleep(100)) {
    const manifest = readableManifest(folder);
    if (manifest === undefined || manifest.process.pid === process.pid || !isAlive(manifest)) return manifest;
    if (performance.now() - start < PATIENCE_MS) continue;
    const { host, pid } = manifest.process;
    const message = `${folder} is still running as process ${pid} on ${host}. End that process, or wait for it.`;
    throw new CosimError("COSIM_RUN_FOLDER", message);
  }
}

/** The manifest of a run folder; undefined when there is none that can be read. */
export function readableManifest(folder: string): Manifest | undefined {
  try {
    return readManifest(folder);
  } catch {
    return undefined;
  }
}

function usableCheckpoint(folder: string, manifest: Manifest, checked: CheckedCase) {
  if (manifest.state === "failed" || manifest.state === "done") return undefined;
  try {
    requireSameInputs(manifest.inputs, hashInputs(checked));
    return readLatestCheckpoint(folder);
  } catch {
    return undefined;
  }
}
