import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the project: the nearest folder above this file that holds a package.json. */
export const PROJECT = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** Folder of this network's scripts and of the recipe of Fabric CA. */
export const SOURCES = join(PROJECT, "fabric-network");

function rootAbove(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? folder : rootAbove(parent);
}
