import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { CheckedCase } from "../../cases/check.js";
import { hashFile } from "./file-hashes.js";

/** SHA-256 of every file that the parameters of a case's federates name, by its name there. */
export function hashInputs({ case: shape, folder }: Pick<CheckedCase, "case" | "folder">): Record<string, string> {
  const names = new Set(Object.values(shape.federates).flatMap(({ use, params }) => textsIn([use, params])));
  const files = [...names].sort().filter(name => isFile(resolve(folder, name)));
  return Object.fromEntries(files.map(name => [name, hashFile(resolve(folder, name))]));
}

/** Every text inside a value that could name a file: with a dot or a slash, and of bearable length. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return /[./]/.test(value) && value.length < 256 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/**
 * Refuses to go on when a file that the run has read is no longer what it was.
 * @throws CosimError `COSIM_CHECKPOINT_INVALID` naming every such file.
 */
export function requireSameInputs(then: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): void {
  const changed = Object.keys(then).filter(name => then[name] !== now[name]);
  if (changed.length === 0) return;
  const message = `Since the run began, ${changed.join(", ")} changed; its results would be of two cases.`;
  throw new CosimError("COSIM_CHECKPOINT_INVALID", `${message} Put the files back, or launch the case anew.`);
}
