import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { CaseFile } from "../../cases/schema.js";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));

/** Paths of the federates that the tests of the command line run. */
export const SOURCE = fileURLToPath(new URL("./noisy-source.js", import.meta.url));
export const LISTENER = fileURLToPath(new URL("./listener.js", import.meta.url));

/** How a command ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the program to its end in a working directory. */
export function gridloom(cwd: string, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

/** A command that runs; `ended` is fulfilled when it has ended. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a command of the program; `env` is added to the environment. */
export function startGridloom(cwd: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output.stderr += data.toString()));
  const ended = new Promise<Ended>(resolve => {
    child.on("close", code => {
      resolve({ code, ...output });
    });
  });
  return { child, ended };
}

/** Waits until something holds; rejects after 20 s. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (const start = performance.now(); !holds(); await sleep(10)) {
    if (performance.now() - start > 20_000) throw new Error(`Waited in vain for ${what}.`);
  }
}

/** A JSON file of a folder, or undefined while it is not there. */
export function readJson(folder: string, name: string): Record<string, unknown> | undefined {
  const path = join(folder, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>) : undefined;
}

/** Writes a case in which a random source speaks to two listeners, with messages, delays and a loop back, for some hours. */
export function writeNoisyCase(folder: string, change: Partial<CaseFile> = {}): string {
  const listener = { use: LISTENER };
  const shape: CaseFile = {
    format: "gridloom-case/1",
    name: "noisy",
    start: "2020-01-01T00:00:00Z",
    until: "10h",
    seed: 7,
    checkpointEvery: "1h",
    federates: { source: { use: SOURCE, period: "60s" }, near: listener, far: listener },
    links: [
      "source.value -> near.value",
      { from: "source.note", to: "near.note", delay: "90s" },
      { from: "near.sum", to: "far.value", delay: "45s" },
      { from: "source.note", to: "far.note", delay: "2h" },
      { from: "far.sum", to: "source.back", delay: "1s" },
    ],
    ...change,
  };
  const path = join(folder, "case.json");
  writeFileSync(path, JSON.stringify(shape));
  return path;
}

const RESULTS = ["source.csv", "near.csv", "far.csv", "case.json"];

/** Asserts that two runs of the noisy case wrote the same bytes. */
export function assertSameResults(first: string, second: string): void {
  for (const name of RESULTS) {
    assert.equal(readFileSync(join(first, name), "utf8"), readFileSync(join(second, name), "utf8"), name);
  }
}

/** Simulated seconds of the newest complete checkpoint of a run; 0 when there is none. */
export function newestCheckpoint(run: string): number {
  const folder = join(run, "checkpoints");
  const times = existsSync(folder) ? readdirSync(folder) : [];
  return Math.max(0, ...times.filter(time => existsSync(join(folder, time, "complete.json"))).map(Number)) / 1e6;
}
