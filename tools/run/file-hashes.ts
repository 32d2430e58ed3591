import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../broker/core/index.js";

/** What changes while a run goes on, says how and not what was simulated, or is drawn from the results on demand. */
const LEFT_OUT =
  /^(manifest\.json|status\.json|broker(-keys)?\.json|checkpoints|logs|ledger|report\.html|comparison\.(html|json)|[^/]*\.(svg|draft))$/;

/** SHA-256 of every result file of a run folder, by its path with "/" and in the order of the names. */
export function hashFiles(folder: string): Record<string, string> {
  const names = listFiles(folder, "").sort(compareText);
  return Object.fromEntries(names.map(name => [name, hashFile(join(folder, name))]));
}

function listFiles(folder: string, below: string): string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries.flatMap(entry => {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (LEFT_OUT.test(name)) return [];
    return entry.isDirectory() ? listFiles(folder, name) : [name];
  });
}

/** SHA-256 of one file, read in parts. */
export function hashFile(path: string): string {
  const hash = createHash("sha256");
  const part = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, part); read > 0; read = readSync(file, part)) hash.update(part.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
