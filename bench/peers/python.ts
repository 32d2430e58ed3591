import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "../../tools/version.js";

/** Runs a program to its end; rejects when it fails or takes too long. */
export const execute = promisify(execFile);

/** Where the programs of the peers stand in a checkout. */
export const PEERS_FOLDER = join(packageFolder, "bench", "peers");

/** How to get the peers, for whoever has not. */
export const CURE = "make .venv-bench as bench/README.md says, or set BENCH_PYTHON";

/** The interpreter that has the peers: `BENCH_PYTHON`, or that of `.venv-bench`; undefined when there is none. */
export async function findPython(): Promise<string | undefined> {
  const path = process.env.BENCH_PYTHON ?? join(packageFolder, ".venv-bench", "bin", "python");
  try {
    await access(path);
    return path;
  } catch {
    return undefined;
  }
}

/** Evaluates a Python program that prints JSON; undefined when it fails, as when a module is missing. */
export async function askPython<T>(python: string, program: string): Promise<T | undefined> {
  try {
    const { stdout } = await execute(python, ["-c", program], { timeout: 30_000 });
    return JSON.parse(stdout) as T;
  } catch {
    return undefined;
  }
}
