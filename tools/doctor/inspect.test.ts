import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { inspect } from "./inspect.js";
import { findProgram, findPythonModule } from "./programs.js";
import { REQUIREMENTS } from "./requirements.js";

describe("the doctor", () => {
  it("finds Node, zeromq and programs on the PATH, and nothing that is not there", () =>
    withFolder(async folder => {
      const path = process.env.PATH;
      try {
        process.env.PATH = folder;
        writeFileSync(join(folder, "gridlabd"), "");
        chmodSync(join(folder, "gridlabd"), 0o755);
        writeFileSync(join(folder, "peer"), "");
        const found = new Map((await inspect()).map(finding => [finding.name, finding.found]));
        assert.equal(found.get("Node.js 20.19 or newer"), process.versions.node);
        assert.match(found.get("zeromq") ?? "", /^\d+\.\d+/);
        assert.equal(found.get("gridlabd"), join(folder, "gridlabd"));
        assert.equal(found.get("peer"), undefined, "it cannot be executed");
        assert.equal(findProgram("docker"), undefined);
        assert.equal(findPythonModule("helics"), undefined, "there is no python3 on this PATH");
      } finally {
        process.env.PATH = path;
      }
    }));

  it("says of everything what it is needed for and how to get it", () => {
    for (const { name, neededFor, cure } of REQUIREMENTS) {
      assert.ok(neededFor.length > 0 && /^[A-Zp].*/.test(cure), name);
    }
  });
});
