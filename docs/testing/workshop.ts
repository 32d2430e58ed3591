import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const fromBuild = (path: string) => new URL(`../../${path}`, import.meta.url);

/** What a command said, on both streams in order, and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly output: string;
}

/** A folder like a reader's: `gridloom` is on the path and `import "gridloom"` finds this build. */
export class Workshop {
  private readonly bin: string;

  constructor(readonly folder: string) {
    this.bin = join(folder, "node_modules", ".bin");
    const home = join(folder, "node_modules", "gridloom");
    mkdirSync(this.bin, { recursive: true });
    mkdirSync(home);
    const program = join(this.bin, "gridloom");
    writeFileSync(
      program,
      `#!/bin/sh\nexec "${process.execPath}" "${fileURLToPath(fromBuild("tools/main.js"))}" "$@"\n`,
    );
    chmodSync(program, 0o755);
    const exports = { ".": "./index.js", "./client": "./client.js" };
    writeFileSync(join(home, "package.json"), JSON.stringify({ name: "gridloom", type: "module", exports }));
    for (const [file, target] of Object.entries({ "index.js": "index.js", "client.js": "runtime/client.js" })) {
      writeFileSync(join(home, file), `export * from ${JSON.stringify(fromBuild(target).href)};\n`);
    }
  }

  /** Writes a file of an example. */
  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Runs a command line as a reader would type it. */
  run(command: string): Said {
    const PATH = [this.bin, dirname(process.execPath), process.env.PATH].join(delimiter);
    const ours = Object.entries(process.env).filter(([key]) => !key.startsWith("NODE_TEST"));
    const { status, stdout } = spawnSync("sh", ["-c", `{ ${command.replace(/^npx gridloom/, "gridloom")}; } 2>&1`], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...Object.fromEntries(ours), PATH },
      timeout: 50_000,
    });
    return { code: status, output: stdout };
  }
}
