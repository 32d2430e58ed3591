import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { cannotWrite } from "./atomic-file.js";
import { readManifest } from "./manifest.js";

/** Folder of all runs, below the working directory. */
const RUNS = "runs";

/** What names a new run folder. */
export interface NewRun {
  /** The folder that the user asks for. */
  readonly out?: string;
  readonly caseName: string;
  readonly seed: number;
  readonly startedAt: Date;
}

/**
 * Makes the folder of a new run: `--out`, or `runs/<case>/<start>-<seed>` made unique.
 * Two launches at the same time never get the same one.
 * @throws CosimError `COSIM_RUN_FOLDER` when it holds something already or cannot be written.
 */
export function createRunFolder({ out, caseName, seed, startedAt }: NewRun): string {
  if (out !== undefined) return claim(resolve(out));
  const parent = resolve(RUNS, caseName);
  const stamp = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  try {
    mkdirSync(parent, { recursive: true });
  } catch (cause) {
    throw cannotWrite(parent, cause);
  }
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, `${stamp}-${seed}${attempt > 1 ? `-${attempt}` : ""}`);
    if (makeFresh(folder)) return folder;
  }
}

function makeFresh(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cannotWrite(folder, cause);
  }
}

function claim(folder: string): string {
  const taken = () =>
    new CosimError(
      "COSIM_RUN_FOLDER",
      `${folder} exists and is not empty. Choose another --out, or \`gridloom resume\` it.`,
    );
  try {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length > 0) throw taken();
    writeFileSync(join(folder, "manifest.json"), "{}\n", { flag: "wx" });
  } catch (cause) {
    const isClaimed = (cause as NodeJS.ErrnoException).code === "EEXIST" && isFolder(folder);
    throw isClaimed ? taken() : cannotWrite(folder, cause);
  }
  return folder;
}

/**
 * The folder behind what a user wrote: a path, or `latest` for the newest run below `runs/`.
 * @throws CosimError `COSIM_RUN_FOLDER` when there is no run.
 */
export function findRun(run: string): string {
  if (run !== "latest" || isFolder("latest")) {
    readManifest(run);
    return resolve(run);
  }
  const runs = foldersIn(RUNS)
    .flatMap(foldersIn)
    .map(datedRun)
    .filter(found => found !== undefined);
  if (runs.length === 0) {
    throw new CosimError(
      "COSIM_RUN_FOLDER",
      `There is no run below ${resolve(RUNS)}. Launch one, or name a run folder.`,
    );
  }
  return resolve(runs.reduce((newest, found) => (found.startedAt > newest.startedAt ? found : newest)).folder);
}

function datedRun(folder: string): { folder: string; startedAt: string } | undefined {
  try {
    return { folder, startedAt: readManifest(folder).startedAt };
  } catch {
    return undefined;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function foldersIn(folder: string): string[] {
  if (!isFolder(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name));
}
