import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { whyUnreadable } from "../../runtime/index.js";
import { cannotWrite, writeAtomic } from "../run/atomic-file.js";

/** Text of a file that is imported. Throws `COSIM_DATA_INVALID` when it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CosimError("COSIM_DATA_INVALID", `${file} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  }
}

/** Writes a part of a case into a folder, which is made when it is not there; returns the file's path. */
export function writePart(out: string, name: string, text: string): string {
  const folder = resolve(out);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  const path = join(folder, name);
  writeAtomic(path, text);
  return path;
}
