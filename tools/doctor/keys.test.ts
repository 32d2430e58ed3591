import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { findPrivateKeys } from "./keys.js";

describe("the doctor's look at keys", () => {
  it("counts those that only their owner can read, and finds one that others can", () =>
    withFolder(folder => {
      const [runs, network] = [join(folder, "runs"), join(folder, ".state")];
      const found = () => findPrivateKeys(runs, network);
      assert.equal(found(), `0 below ${runs} and .state`);
      const keys = join(folder, "runs", "pet", "one", "ledger", "keys");
      mkdirSync(keys, { recursive: true });
      writeFileSync(join(keys, "node.key"), "", { mode: 0o600 });
      assert.equal(found(), `1 below ${runs} and .state`);
      chmodSync(join(keys, "node.key"), 0o644);
      assert.equal(found(), undefined);
      chmodSync(join(keys, "node.key"), 0o600);
      for (const place of ["identities/operator/key.pem", "crypto/peer/msp/keystore/priv_sk", "network.json"]) {
        const file = join(network, place);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, "", { mode: 0o644 });
        assert.equal(found(), undefined, place);
        chmodSync(file, 0o600);
      }
      writeFileSync(join(network, "summary.json"), "", { mode: 0o644 });
      assert.equal(found(), `4 below ${runs} and .state`);
    }));
});
