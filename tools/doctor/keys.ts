import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bits of a file's mode that let anybody but its owner in. */
const OTHERS = 0o077;

/** How many keys of ledgers lie below a folder, or undefined when others than their owner may read one of them. */
export function findPrivateKeys(folder: string): string | undefined {
  const keys = keysBelow(folder, 2);
  const isPrivate = keys.every(path => process.platform === "win32" || (statSync(path).mode & OTHERS) === 0);
  return isPrivate ? `${keys.length} below ${folder}` : undefined;
}

/** Keys of the runs that lie so many folders deeper. */
function keysBelow(folder: string, depth: number): string[] {
  if (!existsSync(folder)) return [];
  if (depth > 0) {
    const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
    return folders.flatMap(({ name }) => keysBelow(join(folder, name), depth - 1));
  }
  const keys = join(folder, "ledger", "keys");
  if (!existsSync(keys)) return [];
  return readdirSync(keys)
    .filter(name => name.endsWith(".key"))
    .map(name => join(keys, name));
}
