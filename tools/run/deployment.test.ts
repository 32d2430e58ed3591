import assert from "node:assert/strict";
import fc from "fast-check";
import { requireCase } from "../../cases/check.js";
import echo from "../../cases/echo/index.js";
import { groupFederates, readDeployment } from "./deployment.js";

describe("the grouping of federates into hosts", () => {
  it("is one group, one for each, or N of neighbours", () => {
    assert.deepEqual(groupFederates(["a", "b", "c"], "1"), [["a", "b", "c"]]);
    assert.deepEqual(groupFederates(["a", "b", "c"], "2"), [["a"], ["b", "c"]]);
    assert.deepEqual(groupFederates(["a", "b"], "each"), [["a"], ["b"]]);
    assert.deepEqual(groupFederates(["a", "b"], "5"), [["a"], ["b"]]);
  });

  it("keeps everybody in order, in groups whose sizes differ by at most one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), (federates, hosts) => {
        const names = Array.from({ length: federates }, (_, i) => `f${i}`);
        const groups = groupFederates(names, String(hosts));
        const sizes = groups.map(group => group.length);
        assert.deepEqual(groups.flat(), names);
        assert.equal(groups.length, Math.min(hosts, federates));
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      }),
    );
  });

  for (const hosts of ["0", "-1", "1.5", "many", ""]) {
    it(`refuses "${hosts}"`, () => {
      assert.throws(() => groupFederates(["a"], hosts), { code: "COSIM_OPTION_INVALID" });
    });
  }
});

describe("a broker that listens beyond loopback", () => {
  it("needs keys, and says so before anything starts", async () => {
    const { case: shape } = await echo.generate({ hours: 1, periodSeconds: 60, seed: 0 });
    const checked = await requireCase({ file: "case.json", folder: ".", value: shape });
    assert.throws(() => readDeployment({ listen: "0.0.0.0" }, checked), { code: "COSIM_LISTEN_NEEDS_KEYS" });
    const { listen, keys } = readDeployment({ listen: "0.0.0.0", keys: "generate" }, checked);
    assert.deepEqual({ listen, keys }, { listen: "0.0.0.0", keys: "generate" });
  });
});
