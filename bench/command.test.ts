import assert from "node:assert/strict";
import { gridloom } from "../tools/testing/gridloom.js";

describe("gridloom bench", () => {
  it("refuses a benchmark that there is not, and names those that there are", () => {
    const { code, stderr } = gridloom(".", "bench", "ekko");
    assert.equal(code, 2);
    assert.match(stderr, /There is no benchmark "ekko"; there are echo, ring, timing/);
  });

  it("prints one document with the machine and an entry for everything", () => {
    const { code, stdout, stderr } = gridloom(
      ".",
      "bench",
      "dispatch",
      "--alone",
      "--json",
      "--quick",
      "--repetitions",
      "1",
    );
    assert.equal(code, 0, stderr);
    const { machine, dispatch, peers } = JSON.parse(stdout) as Record<string, Record<string, unknown>[]>;
    assert.deepEqual(Object.keys(machine), ["cpu", "cores", "memoryGb", "system", "versions", "date"]);
    const [{ method, iterations, relativeGap, wallSeconds }] = dispatch;
    assert.deepEqual({ method, iterations }, { method: "auto", iterations: 2 });
    assert.ok(Number(relativeGap) <= 1e-6 && Number(wallSeconds) > 0);
    assert.deepEqual(peers, {});
  });
});
