import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { CosimError } from "../../broker/wire/index.js";

/**
 * Writes a whole file or nothing: into a neighbour first, which then takes its name. It outlives this process at
 * once; a failure of the machine's power may lose the last seconds.
 * @throws CosimError `COSIM_RUN_FOLDER` naming the file and the reason, with nothing left behind.
 */
export function writeAtomic(path: string, data: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeWhole(draft, data);
    renameSync(draft, path);
  } catch (cause) {
    removeDraft(draft);
    throw cannotWrite(path, cause);
  }
}

function removeDraft(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}

function writeWhole(path: string, data: string | Uint8Array): void {
  const file = openSync(path, "w");
  try {
    writeAll(file, typeof data === "string" ? Buffer.from(data) : data);
  } finally {
    closeSync(file);
  }
}

/** Writes every byte; a file system may take them in parts. */
export function writeAll(file: number, data: Uint8Array, position?: number): void {
  for (let written = 0; written < data.length;) {
    const at = position === undefined ? null : position + written;
    written += writeSync(file, data, written, data.length - written, at);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space, or choose another folder with --out",
  EDQUOT: "the quota is used up. Free some space, or choose another folder with --out",
  EACCES: "permission is denied. Choose a folder of your own with --out",
  EPERM: "permission is denied. Choose a folder of your own with --out",
  EROFS: "the file system is read-only. Choose another folder with --out",
  EEXIST: "a file of this name is there. Choose another folder with --out",
  ENOTDIR: "a part of its path is a file. Choose another folder with --out",
};

/** The error of a file or folder that cannot be written. */
export function cannotWrite(path: string, cause: unknown): CosimError {
  if (cause instanceof CosimError) return cause;
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new CosimError("COSIM_RUN_FOLDER", `${path} cannot be written: ${REASONS[code] ?? message}.`, { cause });
}
