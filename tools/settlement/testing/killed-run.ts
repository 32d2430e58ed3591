import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readText } from "../../../testing/case-runner.js";
import { gridloom, newestCheckpoint } from "../../testing/gridloom.js";

const MAIN = fileURLToPath(new URL("../../main.js", import.meta.url));
const RESULTS = ["summary.json", "auction_pet_metrics.json", "ledger_pet_metrics.json", "events.jsonl"];

/** The case's half day, and its rounds. */
const HOURS = 12;
export const ROUNDS = 144;

/** Writes a small case and runs half a day of it; options say where its rounds go. */
export function runWhole(folder: string, ...options: readonly string[]): void {
  succeed(folder, "generate", "pet", "--houses", "6", "--out", "case");
  succeed(folder, ...launch("whole", options));
}

/** The same run, killed some times and resumed, has the results of the one that was not; returns the kills. */
export async function runKilled(
  folder: string,
  { name, kills }: { readonly name: string; readonly kills: number },
  ...options: readonly string[]
): Promise<number> {
  let killed = 0;
  for (let args = launch(name, options); killed < kills; args = ["resume", name], killed++) {
    const moment = { hour: Math.floor((HOURS * (killed + 1)) / (kills + 1)), delayMs: (killed * 7919) % 301 };
    if (await runAndKill(folder, { args, name, ...moment })) break;
  }
  if (killed === kills) succeed(folder, "resume", name);
  requireSameResults(folder, name);
  return killed;
}

/** A run's results are those of the whole one, and its ledger has every round once. */
export function requireSameResults(folder: string, name: string): void {
  for (const file of RESULTS)
    assert.equal(readText(folder, `${name}/${file}`), readText(folder, `whole/${file}`), file);
  const verified = gridloom(folder, "ledger", "verify", name, "--json");
  assert.equal(verified.code, 0, verified.stdout);
  const { settledRounds, receiptsDigest } = JSON.parse(verified.stdout) as Readonly<Record<string, unknown>>;
  assert.equal(settledRounds, ROUNDS);
  const summary = JSON.parse(readText(folder, `${name}/summary.json`)) as Readonly<Record<string, unknown>>;
  assert.equal(receiptsDigest, summary.receiptsDigest);
}

/** Runs a command that must succeed. */
export function succeed(folder: string, ...args: string[]): true {
  const { code, stderr } = gridloom(folder, ...args);
  assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
  return true;
}

/** Half a day of the case, with options that say where its rounds go. */
export function launch(out: string, options: readonly string[]): string[] {
  return ["launch", "case", "--until", `${HOURS}h`, "--checkpoint-every", "1h", "--out", out, ...options];
}

interface Kill {
  readonly args: readonly string[];
  /** Name of the run. */
  readonly name: string;
  /** Simulated hour whose checkpoint must be there. */
  readonly hour: number;
  readonly delayMs: number;
}

/** Begins or goes on with a run, and kills it some time after a checkpoint; true when it had ended before. */
async function runAndKill(folder: string, { args, name, hour, delayMs }: Kill): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: "ignore" });
  const ended = new Promise<boolean>(resolve => child.once("exit", (_, signal) => resolve(signal === null)));
  while (child.exitCode === null && newestCheckpoint(join(folder, name)) < hour * 3600) await pause(5);
  void pause(delayMs).then(() => child.kill("SIGKILL"));
  return await ended;
}
