import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "main.js");

describe("two versions of Node", function () {
  this.timeout(120_000);

  it("give the same bytes for a PET day", function () {
    const other = process.env.GRIDLOOM_OTHER_NODE;
    if (other === undefined || !existsSync(other)) {
      console.log("      skipped: no second Node; GRIDLOOM_OTHER_NODE names its program");
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), "gridloom-node-"));
    try {
      const shape = join(folder, "case");
      execFileSync(process.execPath, [main, "generate", "pet", "--out", shape], { stdio: "ignore" });
      const filesOf = (node: string, name: string) => {
        const out = join(folder, name);
        execFileSync(node, [main, "launch", shape, "--out", out], { stdio: "ignore" });
        const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
          node: string;
          files: object;
        };
        return manifest;
      };
      const here = filesOf(process.execPath, "here");
      const there = filesOf(other, "there");
      console.log(`      ${here.node} and ${there.node}: ${Object.keys(here.files).length} files`);
      assert.notEqual(here.node, there.node);
      assert.deepEqual(there.files, here.files);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
