import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { Assembly } from "../../runtime/index.js";
import type { CheckedCase } from "../../cases/check.js";
import { describeError } from "../cli/error-report.js";
import { version } from "../version.js";
import { writeAtomic } from "./atomic-file.js";
import { hashInputs } from "./case-inputs.js";
import { dropCheckpointsAfter, type Checkpoint } from "./checkpoints.js";
import type { Deployment, Ending, Engine, Progress } from "./engine.js";
import { hashFiles } from "./file-hashes.js";
import { dropJournals } from "./journals.js";
import { hasExternal } from "./hosts.js";
import { lastLines } from "./log-lines.js";
import { writeManifest, type Manifest } from "./manifest.js";
import { readStanding } from "./settling.js";
import { StatusFile } from "./status.js";

/** What is run, where, and how it can be called off. */
export interface Execution {
  readonly checked: CheckedCase;
  /** An empty folder, or that of the run to go on with. */
  readonly folder: string;
  readonly deployment: Deployment;
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The manifest and checkpoint of a run that goes on. */
  readonly earlier?: { readonly manifest: Manifest; readonly checkpoint?: Checkpoint };
}

/** How a run ended; `error` is there unless it is done or paused. */
export interface RunOutcome {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly isPaused: boolean;
  readonly lateSeconds?: number;
}

/** Runs a case from its start or its checkpoint; the run folder is closed properly whatever happens. */
export async function execute(execution: Execution): Promise<RunOutcome> {
  const { folder, checked, earlier } = execution;
  const startedAt = performance.now();
  const opened = openRun(execution);
  const { until, ticksPerSecond } = checked.assembly.plan;
  const status = new StatusFile(folder, { until, ticksPerSecond });
  let last: Progress = { time: earlier?.checkpoint?.time ?? 0, standings: () => [] };
  const result = await attempt(execution, progress => {
    last = progress;
    status.update(progress);
    execution.onProgress?.(progress);
  });
  const time = result.ending?.time ?? last.time;
  status.close({ ...last, time });
  if (result.ending?.state === "done") dropJournals(folder);
  const manifest = closeManifest(folder, {
    ...opened,
    ...stateOf(result, execution),
    endedAt: new Date().toISOString(),
    wallSeconds: opened.wallSeconds + (performance.now() - startedAt) / 1000,
    simulatedSeconds: time / ticksPerSecond,
    ledger: opened.ledger && { ...opened.ledger, ...readStanding(folder) },
    files: hashFiles(folder),
  });
  const { state, lateSeconds } = result.ending ?? {};
  return { folder, manifest, summary: readSummary(folder), isPaused: state === "paused", lateSeconds };
}

/** Writes the last manifest; where that fails, the run has failed, if it had not before. */
function closeManifest(folder: string, manifest: Manifest): Manifest {
  try {
    writeManifest(folder, manifest);
    return manifest;
  } catch (error) {
    return { ...manifest, state: "failed", error: manifest.error ?? describeError(error) };
  }
}

/** Writes what is known at the start: the case as it is simulated, and a manifest that says "running". */
function openRun({ checked, folder, deployment, command, earlier }: Execution): Manifest {
  const text = `${JSON.stringify(checked.case, undefined, 2)}\n`;
  const { name, seed } = checked.case;
  if (earlier === undefined) writeAtomic(join(folder, "case.json"), text);
  else dropCheckpointsAfter(folder, earlier.checkpoint?.time ?? -1);
  const manifest: Manifest = {
    case: name,
    caseHash: createHash("sha256").update(text).digest("hex"),
    caseFolder: checked.folder,
    inputs: hashInputs(checked),
    seed,
    version,
    node: process.version,
    command,
    hosts: deployment.hosts,
    ...(deployment.ledger !== "none" && { ledger: { driver: deployment.ledger, network: deployment.network } }),
    process: { host: hostname(), pid: process.pid },
    startedAt: earlier?.manifest.startedAt ?? new Date().toISOString(),
    wallSeconds: earlier?.manifest.wallSeconds ?? 0,
    simulatedSeconds: 0,
    state: "running",
    files: {},
  };
  writeManifest(folder, manifest);
  return manifest;
}

interface Attempt {
  readonly ending?: Ending;
  readonly error?: unknown;
}

async function attempt(execution: Execution, onProgress: (progress: Progress) => void): Promise<Attempt> {
  const { checked, folder, deployment, signal, earlier } = execution;
  try {
    const engine = await loadEngine(deployment, checked.assembly);
    return {
      ending: await engine({ checked, folder, deployment, signal, onProgress, checkpoint: earlier?.checkpoint }),
    };
  } catch (error) {
    return { error };
  }
}

async function loadEngine({ hosts, broker, listen }: Deployment, assembly: Assembly): Promise<Engine> {
  if (hosts.length === 1 && broker === "inside" && listen === undefined && !hasExternal(assembly))
    return (await import("./local-engine.js")).runLocally;
  return (await import("./hosts-engine.js")).runOnHosts;
}

function stateOf({ ending, error }: Attempt, { folder, signal }: Execution): Pick<Manifest, "state" | "error"> {
  if (ending?.state === "done") return { state: "done" };
  if (ending?.state === "paused") return { state: "interrupted" };
  if (ending?.state === "interrupted") {
    const { reason } = signal as { reason: unknown };
    const known =
      reason instanceof CosimError ? reason : new CosimError("COSIM_INTERRUPTED", "The run was called off.");
    return { state: "interrupted", error: describeError(known) };
  }
  const report = describeError(error);
  const log = report.party === undefined ? undefined : lastLines(folder, report.party);
  return { state: "failed", error: { ...report, log: report.log ?? log } };
}

/** What the recorder summed up; empty when the case has none. */
export function readSummary(folder: string): Readonly<Record<string, unknown>> {
  const file = join(folder, "summary.json");
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
