import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { findPrivateKeys } from "./keys.js";

describe("the doctor's look at keys", () => {
  it("counts those that only their owner can read, and finds one that others can", () =>
    withFolder(folder => {
      assert.equal(findPrivateKeys(join(folder, "runs")), `0 below ${join(folder, "runs")}`);
      const keys = join(folder, "runs", "pet", "one", "ledger", "keys");
      mkdirSync(keys, { recursive: true });
      writeFileSync(join(keys, "node.key"), "", { mode: 0o600 });
      assert.equal(findPrivateKeys(join(folder, "runs")), `1 below ${join(folder, "runs")}`);
      chmodSync(join(keys, "node.key"), 0o644);
      assert.equal(findPrivateKeys(join(folder, "runs")), undefined);
    }));
});
