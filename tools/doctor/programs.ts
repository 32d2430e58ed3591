import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a program stands on the PATH, or in other folders; undefined when it does not. */
export function findProgram(name: string, folders: readonly string[] = searchPath()): string | undefined {
  return folders.map(folder => join(folder, name)).find(isExecutable);
}

/** Folders in which Fabric's programs are looked for: `FABRIC_BIN` before the PATH. */
export function fabricFolders(): string[] {
  const { FABRIC_BIN } = process.env;
  return [...(FABRIC_BIN === undefined ? [] : [FABRIC_BIN]), ...searchPath()];
}

function searchPath(): string[] {
  return (process.env.PATH ?? "").split(delimiter);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Version of a Python module that the given interpreter can import; undefined when it cannot. */
export function findPythonModule(name: string): string | undefined {
  const program = `import ${name}; print(getattr(${name}, "__version__", "found"))`;
  const { status, stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8", timeout: 10_000 });
  return status === 0 ? stdout.trim() : undefined;
}

/** Version of an installed npm package, found as Node finds it from here; undefined when there is none. */
export function findLibrary(name: string): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const version = versionIn(join(folder, "node_modules", name, "package.json"));
    if (version !== undefined || folder === dirname(folder)) return version;
    folder = dirname(folder);
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
