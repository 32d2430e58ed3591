import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CosimError } from "../broker/wire/index.js";
import { parseJson } from "./json-text.js";
import { whyUnreadable } from "./unreadable.js";

/**
 * The content of a JSON file that a case names, relative to the case's folder.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what is wrong with it.
 */
export function readJsonFile(folder: string, name: string): unknown {
  const path = resolve(folder, name);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new CosimError("COSIM_DATA_INVALID", `${path} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  }
  return parseJson(text, path);
}

/**
 * The object in such a file, with the parts that every one of its kind has.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and the parts that it lacks.
 */
export function readJsonParts<T extends object>(folder: string, name: string, parts: readonly (keyof T & string)[]): T {
  const content = readJsonFile(folder, name) as T | null;
  const lacking = parts.filter(part => typeof content?.[part] !== "object" || content[part] === null);
  if (content !== null && lacking.length === 0) return content;
  const named = lacking.map(part => `"${part}"`).join(", ");
  throw new CosimError("COSIM_DATA_INVALID", `${resolve(folder, name)} has no ${named}.`);
}
