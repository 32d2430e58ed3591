import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Launch } from "../config/launch-plan.js";
import { nodeFolder } from "../layout.js";
import type { Host } from "./host.js";
import { digestOfLaunch, forget, type ProcessRecord, record, running } from "./process-record.js";
import type { Programs } from "./programs.js";
import { runProgram } from "./run-program.js";

/** Milliseconds for which a node may close its files before it is killed. */
const GRACE_MS = 5000;
const LOOK_AGAIN_MS = 20;
/** Nobody else may read what a node writes, keys above all. */
const PRIVATE = 0o077;

/** The nodes as processes of this machine, which outlive the program that starts them. */
export function nativeHost(root: string, programs: Programs, plan: () => readonly Launch[]): Host {
  const folderOf = (name: string) => join(root, nodeFolder(name));
  return {
    mode: "native",
    programs: programs.source,
    root,
    async up() {
      for (const launch of plan()) {
        const folder = folderOf(launch.name);
        const digest = digestOfLaunch(launch);
        const before = running(folder);
        if (before?.launch === digest) continue;
        if (before !== undefined) await end(folder, before);
        record(folder, start(launch, programs, folder), digest);
      }
    },
    async down() {
      await Promise.all(
        plan().map(({ name }) => {
          const process = running(folderOf(name));
          return process === undefined ? undefined : end(folderOf(name), process);
        }),
      );
    },
    async kill(name) {
      const found = running(folderOf(name));
      if (found === undefined) return;
      process.kill(found.pid, "SIGKILL");
      await hasEnded(folderOf(name), GRACE_MS);
    },
    running() {
      const found = plan().map(({ name }) => [name, running(folderOf(name))?.pid] as const);
      return Promise.resolve(new Map(found.filter((entry): entry is [string, number] => entry[1] !== undefined)));
    },
    tool(program, args, environment = {}) {
      return runProgram(programs.path(program), args, { folder: root, environment });
    },
  };
}

function start({ program, args, folder, environment }: Launch, programs: Programs, home: string): number {
  mkdirSync(home, { recursive: true });
  const others = process.umask(PRIVATE);
  const log = openSync(join(home, "log"), "a");
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(programs.path(program), args, {
    cwd: folder,
    env: { PATH, HOME, ...environment },
    detached: true,
    stdio: ["ignore", log, log],
  });
  process.umask(others);
  closeSync(log);
  child.on("error", () => undefined);
  child.unref();
  return child.pid ?? 0;
}

async function end(folder: string, { pid }: ProcessRecord): Promise<void> {
  process.kill(pid, "SIGTERM");
  if (!(await hasEnded(folder, GRACE_MS))) {
    process.kill(pid, "SIGKILL");
    await hasEnded(folder, GRACE_MS);
  }
  forget(folder);
}

async function hasEnded(folder: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (running(folder) !== undefined) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  return true;
}
