import assert from "node:assert/strict";
import { bulkFile, feederConnections } from "../../cases/neighbourhood/bulk.js";
import { connectionFaults } from "./bulk-faults.js";

const generators = ["1", "2", "3", "4", "5", "6"];
const [first, second] = feederConnections(2, 250).map((connection, f) => ({
  ...connection,
  name: f === 0 ? "" : "_F1",
}));
const faultsOf = (...feeders: (typeof first)[]) =>
  connectionFaults(bulkFile(2), { generators, feeders }).map(({ path, problem }) => `${path}: ${problem}`);

describe("feeders on a bulk system", () => {
  it("fit the system that the preset writes for them", () => {
    assert.deepEqual(faultsOf(first, second), []);
  });

  it("name a bus, a unit and a name that cannot be, all at once", () => {
    assert.deepEqual(faultsOf(first, { ...first, bus: 12 }), [
      'params.feeders[1].name: The name "" is used twice.',
      "params.feeders[1].bus: There is no bus 12.",
      "params.feeders[1].unit: Generator 4 stands for another feeder already.",
    ]);
    assert.deepEqual(faultsOf({ ...first, unit: 9 }), ["params.feeders[0].unit: There is no generator 9."]);
    assert.deepEqual(faultsOf({ ...first, bus: 5 }), ["params.feeders[0].unit: Generator 4 is at bus 7, not 5."]);
    assert.deepEqual(faultsOf({ ...first, bus: 9, unit: 3 }), [
      "params.feeders[0].unit: Generator 3 is no dispatchable load.",
    ]);
  });

  it("need a name for every generator and a sound system", () => {
    const { bulk, ...file } = bulkFile(2);
    const [fault, ...others] = connectionFaults(
      { ...file, bulk: { ...bulk, baseMva: 0 } },
      { generators: ["1"], feeders: [first] },
    );
    assert.match(fault.problem, /baseMva is 0/);
    assert.match(others[0].problem, /There are 1 names for 6 generators/);
  });
});
