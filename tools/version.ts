import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's root: the nearest folder above this file that holds a package.json. */
export const packageFolder = findPackage(dirname(fileURLToPath(import.meta.url)));

/** Version of this package. */
export const version = readVersion();

function findPackage(folder: string): string {
  const parent = dirname(folder);
  try {
    readFileSync(join(folder, "package.json"));
    return folder;
  } catch {
    return parent === folder ? folder : findPackage(parent);
  }
}

function readVersion(): string {
  const text = readFileSync(join(packageFolder, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
