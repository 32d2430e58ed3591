import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { gridloom } from "./testing/gridloom.js";

/** A folder in which `import "gridloom"` finds this build, as in a user's project. */
function installInto(folder: string): void {
  const home = join(folder, "node_modules/gridloom");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"name": "gridloom", "type": "module", "exports": "./index.js"}');
  writeFileSync(
    join(home, "index.js"),
    `export * from ${JSON.stringify(new URL("../index.js", import.meta.url).href)};\n`,
  );
}

describe("a new federate", () => {
  it("runs, and passes its test, as it is written", () =>
    withFolder(folder => {
      installInto(folder);
      const made = gridloom(folder, "new", "federate", "heat-pump");
      assert.equal(made.code, 0, made.stderr);
      const files = ["README.md", "case.json", "heat-pump.mjs", "heat-pump.test.mjs"];
      assert.deepEqual(readdirSync(join(folder, "heat-pump")).sort(), files);
      const launched = gridloom(folder, "launch", "heat-pump", "--out", "run");
      assert.equal(launched.code, 0, launched.stderr);
      assert.equal(readFileSync(join(folder, "run/load.csv"), "utf8").split("\n").length, 14);
      const test = spawnSync(process.execPath, ["--test", "heat-pump"], {
        cwd: folder,
        encoding: "utf8",
        env: cleanEnvironment(),
      });
      assert.equal(test.status, 0, test.stdout);
      assert.match(test.stdout, /pass 1/);
    }));

  it("never overwrites anything", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "mine.txt"), "");
      const { code, stderr } = gridloom(folder, "new", "federate", "heat-pump", "--out", ".");
      assert.equal(code, 2);
      assert.match(stderr, /exists and is not empty/);
      assert.deepEqual(readdirSync(folder), ["mine.txt"]);
    }));
});

/** The environment without what this test runner has put there. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("NODE_TEST")));
}
