import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { decodeImage, encodeImage, type HostImage } from "../../runtime/index.js";
import { cannotWrite, writeAtomic } from "./atomic-file.js";

/** Checkpoints that are kept: the newest, and one more in case the newest is damaged. */
const KEPT = 2;
const COMPLETE = "complete.json";
const IMAGE = ".image";

/** A checkpoint whose every part is there. */
export interface Checkpoint {
  /** Simulated time in ticks. */
  readonly time: number;
  readonly image: HostImage;
}

/** Folder of the checkpoint at a simulated time; hosts write their images into it. */
export function checkpointFolder(run: string, time: number): string {
  return join(run, "checkpoints", String(time));
}

/** Starts a checkpoint anew at this time: what an unfinished one left is removed. */
export function beginCheckpoint(run: string, time: number): void {
  const folder = checkpointFolder(run, time);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
}

/** Declares a checkpoint complete, which makes it the one to resume from, and removes those that are too old. */
export function completeCheckpoint(run: string, time: number): void {
  const folder = checkpointFolder(run, time);
  const images = readdirSync(folder)
    .filter(name => name.endsWith(IMAGE))
    .sort();
  writeAtomic(join(folder, COMPLETE), `${JSON.stringify({ time, images })}\n`);
  const old = timesOf(run)
    .filter(other => other < time)
    .slice(KEPT - 1);
  for (const other of old) rmSync(checkpointFolder(run, other), { recursive: true, force: true });
}

/** Writes the checkpoint of a run that has one host. */
export function saveCheckpoint(run: string, time: number, image: HostImage): void {
  beginCheckpoint(run, time);
  writeImage(run, { time, host: "all" }, encodeImage(image));
  completeCheckpoint(run, time);
}

/** Writes what one host keeps at the checkpoint that was begun at this time. */
export function writeImage(run: string, { time, host }: { time: number; host: string }, bytes: Uint8Array): void {
  writeAtomic(join(checkpointFolder(run, time), `${host}${IMAGE}`), bytes);
}

/** True when there is a complete checkpoint at this time. */
export function hasCheckpoint(run: string, time: number): boolean {
  return isFile(join(checkpointFolder(run, time), COMPLETE));
}

/**
 * The newest complete checkpoint that can be read, or undefined when there is none.
 * @throws CosimError `COSIM_CHECKPOINT_INVALID` when every one is damaged.
 */
export function readLatestCheckpoint(run: string): Checkpoint | undefined {
  let damage: unknown;
  for (const time of timesOf(run).filter(t => hasCheckpoint(run, t))) {
    try {
      return { time, image: readImage(run, time) };
    } catch (error) {
      damage ??= error;
    }
  }
  if (damage === undefined) return undefined;
  throw damage as Error;
}

/**
 * What every host kept at the checkpoint of this time.
 * @throws CosimError `COSIM_CHECKPOINT_INVALID` when it is damaged.
 */
export function readImage(run: string, time: number): HostImage {
  const folder = checkpointFolder(run, time);
  try {
    const { images } = JSON.parse(readFileSync(join(folder, COMPLETE), "utf8")) as { images: string[] };
    const parts = images.map(name => decodeImage(readFileSync(join(folder, name))));
    return Object.assign({}, ...parts) as HostImage;
  } catch (cause) {
    const message = `The checkpoint ${folder} cannot be read: ${(cause as Error).message}`;
    throw new CosimError("COSIM_CHECKPOINT_INVALID", message, { cause });
  }
}

/** Removes checkpoints after a simulated time: they belong to a future that is run anew. */
export function dropCheckpointsAfter(run: string, time: number): void {
  for (const later of timesOf(run).filter(t => t > time)) {
    rmSync(checkpointFolder(run, later), { recursive: true, force: true });
  }
}

/** Times of all checkpoints, newest first. */
function timesOf(run: string): number[] {
  const folder = join(run, "checkpoints");
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder)
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => b - a);
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
