import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

/** Bits of a file's mode that let anybody but its owner in. */
const OTHERS = 0o077;

/**
 * How many private keys lie in the ledgers of runs and in the state of a Fabric network, or undefined when others than their
 * owner may read one of them.
 */
export function findPrivateKeys(runs: string, network: string): string | undefined {
  const keys = [...keysOfRuns(runs, 2), ...keysOfNetwork(network)];
  const isPrivate = keys.every(path => process.platform === "win32" || (statSync(path).mode & OTHERS) === 0);
  return isPrivate ? `${keys.length} below ${runs} and ${basename(network)}` : undefined;
}

/** Keys of the runs that lie so many folders deeper. */
function keysOfRuns(folder: string, depth: number): string[] {
  if (!existsSync(folder)) return [];
  if (depth > 0) {
    const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
    return folders.flatMap(({ name }) => keysOfRuns(join(folder, name), depth - 1));
  }
  const keys = join(folder, "ledger", "keys");
  return existsSync(keys) ? filesBelow(keys).filter(path => path.endsWith(".key")) : [];
}

/** Keys of nodes, authorities and clients, whose names end so, and the file with the registrars' password. */
function keysOfNetwork(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return filesBelow(folder).filter(path => /(?:_sk|key\.pem|\.key|keystore.Issuer\w+|network\.json)$/.test(path));
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}
