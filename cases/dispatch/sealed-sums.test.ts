import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import { caseOf, ran, ranCase, resultsOf } from "./testing/dispatch-runs.js";

const OPEN = { method: "price-bundle", groups: 2 };
const SEALED = { ...OPEN, encrypt: "ckks" };

describe("dispatch by sealed sums", function () {
  this.timeout(60_000);

  for (const grouping of ["hour1", "hour", "sum"]) {
    it(`of grouping ${grouping} comes to what answers in the open come to`, () =>
      withFolder(async folder => {
        const open = await ran(folder, "six-bus", { ...OPEN, grouping }, "open");
        const sealed = await ran(folder, "six-bus", { ...SEALED, grouping }, "sealed");
        const distance = Number(sealed.summary.objective) / Number(open.summary.objective) - 1;
        console.log(`      objectives differ by ${distance.toExponential(1)} (bound 1e-6)`);
        assert.ok(Math.abs(distance) <= 1e-6);
        assert.equal(sealed.summary.rounds, open.summary.rounds);
      }));
  }

  it("is the same bytes with other keys, on one host and on several, and where messages are lost", () =>
    withFolder(async folder => {
      const one = await ran(folder, "six-bus", SEALED, "one");
      const again = await ran(folder, "six-bus", SEALED, "again");
      assert.deepEqual(resultsOf(again.out), resultsOf(one.out));
      const { case: shape } = await caseOf("six-bus", SEALED);
      writeFileSync(join(folder, "case.json"), JSON.stringify(shape));
      const each = gridloom(folder, "launch", ".", "--hosts", "each", "--out", "each");
      assert.equal(each.code, 0, each.stderr);
      assert.deepEqual(resultsOf(join(folder, "each")), resultsOf(one.out));
      const lossy = { exchange: "delayed", jitter: "500ms", loss: 0.1, patience: "2s", retries: 20, seed: 4 };
      const lost = await ran(folder, "six-bus", { ...SEALED, ...lossy }, "lost");
      assert.deepEqual(resultsOf(lost.out), resultsOf(one.out));
    }));

  it("is not begun with a method that does not add, nor where last answers may stand in", () =>
    withFolder(async folder => {
      const sweep = await caseOf("yingkou-60", { encrypt: "ckks", method: "sweep", onSilence: "last" });
      await assert.rejects(ranCase(folder, sweep, "sweep"), {
        message: /those of sweep cannot be sealed[\s\S]*no last answer/,
      });
    }));
});
