import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program stands on the PATH; undefined when it does not. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map(folder => join(folder, name)).find(isExecutable);
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
