import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { Standing } from "../../ledger/index.js";
import type { ErrorReport } from "../cli/error-report.js";
import { writeAtomic } from "./atomic-file.js";

/** How a run stands. */
export type RunState = "running" | "done" | "failed" | "interrupted";

/** What a run was, when, where and how it ended: `manifest.json`. */
export interface Manifest {
  readonly case: string;
  /** SHA-256 of the run folder's `case.json`. */
  readonly caseHash: string;
  /** Folder that the case's relative paths start from. */
  readonly caseFolder: string;
  /** SHA-256 of the files that the case names, by their names in it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly version: string;
  readonly node: string;
  readonly command: readonly string[];
  /** Federates of each host process. */
  readonly hosts: readonly (readonly string[])[];
  /** Where settlements go, and, once the run has ended, how long they took; absent where nothing is settled. */
  readonly ledger?: Pick<Standing, "driver"> & Partial<Standing> & { readonly network?: string };
  /** Where the run's process is or was. */
  readonly process: { readonly host: string; readonly pid: number };
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Wall-clock seconds of the run, those before a resume included. */
  readonly wallSeconds: number;
  readonly simulatedSeconds: number;
  readonly state: RunState;
  readonly error?: ErrorReport;
  /** SHA-256 of every result file by its path in the run folder. */
  readonly files: Readonly<Record<string, string>>;
}

const fileOf = (folder: string) => join(folder, "manifest.json");

/** Writes the manifest, whole or not at all. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeAtomic(fileOf(folder), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/**
 * The manifest of a run folder.
 * @throws CosimError `COSIM_RUN_FOLDER` when the folder is none.
 */
export function readManifest(folder: string): Manifest {
  let manifest: Partial<Manifest> = {};
  let cause: unknown;
  try {
    manifest = JSON.parse(readFileSync(fileOf(folder), "utf8")) as Partial<Manifest>;
  } catch (error) {
    cause = error;
  }
  if (isManifest(manifest)) return manifest;
  const reason = cause === undefined ? "its run ended before it began" : "it has no readable manifest.json";
  const message = `${folder} is no run folder: ${reason}. Name a folder that \`gridloom launch\` wrote, or "latest".`;
  throw new CosimError("COSIM_RUN_FOLDER", message, { cause });
}

function isManifest(value: Partial<Manifest>): value is Manifest {
  return value.state !== undefined && value.process !== undefined && value.files !== undefined;
}

/** True when the run's process is still there; only known on its own machine. */
export function isAlive({ state, process: { host, pid } }: Manifest): boolean {
  if (state !== "running") return false;
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
