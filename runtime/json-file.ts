import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CosimError } from "../broker/wire/index.js";

/**
 * The content of a JSON file that a case names, relative to the case's folder.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what is wrong with it.
 */
export function readJsonFile(folder: string, name: string): unknown {
  const path = resolve(folder, name);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new CosimError("COSIM_DATA_INVALID", `${path} cannot be read as JSON: ${reason}`, { cause });
  }
}
