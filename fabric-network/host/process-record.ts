import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = "process.json";

/** A process that the network started. */
export interface ProcessRecord {
  readonly pid: number;
  /** When it began, in the system's words: a number that was given out again is not taken for ours. */
  readonly began: string;
  /** Digest of how it was started. */
  readonly launch: string;
}

/** Digest of how a process is started. */
export function digestOfLaunch(launch: object): string {
  return createHash("sha256").update(JSON.stringify(launch)).digest("hex");
}

/** Writes down which process serves a node. */
export function record(folder: string, pid: number, launch: string): void {
  const began = beginning(pid);
  if (began === undefined) return;
  writeFileSync(join(folder, FILE), JSON.stringify({ pid, began, launch } satisfies ProcessRecord));
}

/** The process of a node, if it still runs. */
export function running(folder: string): ProcessRecord | undefined {
  let found: ProcessRecord;
  try {
    found = JSON.parse(readFileSync(join(folder, FILE), "utf8")) as ProcessRecord;
  } catch {
    return undefined;
  }
  return beginning(found.pid) === found.began ? found : undefined;
}

/** Forgets the process of a node that was stopped. */
export function forget(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/** When a process began; undefined when there is none or it has ended. */
function beginning(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return beginningOnLinux(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of `/proc/PID/stat`, and field 3, which is Z for a process that has ended and Linux still lists. */
function beginningOnLinux(stat: string): string | undefined {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" ? undefined : rest[18];
}
