import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CosimError } from "../../broker/wire/index.js";
import { cannotWrite } from "../run/atomic-file.js";

const NAME = /^owner-(\d+)\.json$/;

/**
 * Makes this process the only one that works in a sweep's folder, which is made when it is not there. The files
 * `owner-1.json`, `owner-2.json`, … succeed each other and each can be created only once, so of two that take over
 * from a process that was killed one finds the other.
 * @returns what gives the folder back.
 * @throws CosimError `COSIM_RUN_FOLDER` while another process works there, or when the folder cannot be written.
 */
export async function own(folder: string): Promise<() => void> {
  try {
    mkdirSync(folder, { recursive: true });
    for (;;) {
      const last = lastOwner(folder);
      if (last > 0) await requireGone(folder, join(folder, `owner-${last}.json`));
      const file = join(folder, `owner-${last + 1}.json`);
      if (!create(file)) continue;
      for (let earlier = last; earlier > 0; earlier--) rmSync(join(folder, `owner-${earlier}.json`), { force: true });
      return () => {
        rmSync(file, { force: true });
      };
    }
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
}

const lastOwner = (folder: string) =>
  Math.max(0, ...readdirSync(folder).map(name => Number(NAME.exec(name)?.[1] ?? 0)));

function create(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ host: hostname(), pid: process.pid }), { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

async function requireGone(folder: string, file: string): Promise<void> {
  const owner = await readOwner(file);
  if (owner === undefined || (owner.host === hostname() && !isRunning(owner.pid))) return;
  const { host, pid } = owner;
  const cure = `Wait for it, choose another --out, or remove ${file} if that process is gone from ${host}.`;
  throw new CosimError("COSIM_RUN_FOLDER", `Process ${pid} on ${host} works in ${folder}. ${cure}`);
}

/** Who wrote the file; nobody when it is gone, or stays half written because its writer was killed. */
async function readOwner(file: string): Promise<{ readonly host: string; readonly pid: number } | undefined> {
  for (let attempt = 0; attempt < 25; attempt++) {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as { host: string; pid: number };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      await sleep(20);
    }
  }
  return undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
