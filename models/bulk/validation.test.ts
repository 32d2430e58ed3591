import assert from "node:assert/strict";
import { ModelError } from "../model-error.js";
import { nineBus } from "./nine-bus.js";
import { checkBulkCase, findBulkCaseFaults } from "./validation.js";

describe("validation of a transmission case", () => {
  it("finds nothing in a sound case", () => {
    assert.deepEqual(findBulkCaseFaults(nineBus), []);
    checkBulkCase(nineBus);
  });

  it("reports all faults at once, each with its place and its cure", () => {
    const [bus, ...buses] = nineBus.buses;
    const [unit, ...units] = nineBus.generators;
    const [branch, ...branches] = nineBus.branches;
    const broken = {
      baseMva: 0,
      buses: [{ ...bus, loadMw: Number.NaN, kind: "swing" as const }, ...buses, { ...bus, voltagePu: 0 }],
      generators: [{ ...unit, bus: 77, minMw: 300, cost: { c2: -1, c1: 0, c0: 0 }, voltagePu: -1 }, ...units],
      branches: [{ ...branch, to: 1, reactancePu: 0, ratingMva: -5, tapRatio: Number.NaN }, ...branches],
    };
    const faults = findBulkCaseFaults(broken);
    const expected = [
      "case: baseMva is 0.",
      "case: 2 swing buses bus 1, bus 2.",
      "bus 1: the swing bus has no unit in service.",
      "bus 1: the number occurs twice.",
      "bus 1: loadMw is NaN.",
      "bus 1: voltagePu is 0.",
      "generator 1: bus 77 does not exist.",
      "generator 1: minMw 300 is above maxMw 247.",
      "generator 1: the cost is concave (c2 = -1).",
      "generator 1: voltagePu is -1.",
      "branch 1: both ends are at bus 1.",
      "branch 1: reactancePu is 0.",
      "branch 1: ratingMva is -5.",
      "branch 1: tapRatio is NaN.",
    ];
    assert.equal(faults.length, expected.length);
    expected.forEach((start, i) => {
      assert.ok(faults[i].startsWith(start) && faults[i].length > start.length + 10, faults[i]);
    });
    assert.throws(() => {
      checkBulkCase(broken);
    }, ModelError);
  });

  it("names the buses that no branch in service reaches", () => {
    const branches = nineBus.branches.map((branch, k) => ({ ...branch, inService: k !== 3 }));
    assert.match(findBulkCaseFaults({ ...nineBus, branches })[0], /joins the swing bus to bus 3\. Put a branch/);
  });
});
