import assert from "node:assert/strict";
import { compileFeeder } from "./compile.js";
import type { FeederDescription } from "./description.js";
import { indexByName } from "./feeder.js";
import { nominalLoads } from "./loads.js";
import { premisesFeeder } from "./testing/premises-feeder.js";

describe("Compiled feeder", () => {
  it("is plain data", () => {
    const feeder = compileFeeder(premisesFeeder(3));
    assert.deepEqual(structuredClone(feeder), feeder);
    const kinds = new Set(Object.values(feeder).map(value => Object.prototype.toString.call(value)));
    assert.deepEqual([...kinds].sort(), [
      "[object Array]",
      "[object Float64Array]",
      "[object Int32Array]",
      "[object Number]",
    ]);
  });

  it("puts every node behind its parent and every conductor behind its upstream one", () => {
    const feeder = compileFeeder(premisesFeeder(65));
    assert.equal(feeder.nodeNames.length, 3 + 3 + 65 * 4);
    assert.equal(feeder.parentNode[0], -1);
    feeder.parentNode.forEach((parent, n) => assert.ok(parent < n));
    const first = feeder.firstConductor[1];
    feeder.upstream.forEach((up, c) => assert.ok(c < first || up < c));
  });

  it("keeps the loads' elements in the order of the description, so that a vector of all houses is one slice", () => {
    const description = premisesFeeder(40, house => ({ house: { constantPowerW: [house, 100 + house, 200 + house] } }));
    const feeder = compileFeeder(description);
    const loads = nominalLoads(description);
    const first = feeder.firstElement[indexByName(feeder.loadNames).get("house 0") ?? -1];
    assert.deepEqual([...loads.constantPowerW.subarray(first, first + 6)], [0, 100, 200, 1, 101, 201]);
    assert.equal(feeder.elementFrom.length, 3 + 3 + 40 * 3 + 40 + 40);
    const node = indexByName(feeder.nodeNames).get("house_A39") ?? -1;
    const leg1 = feeder.firstConductor[node];
    const ground = feeder.firstConductor[feeder.nodeNames.length];
    const last = first + 3 * 39;
    assert.deepEqual([...feeder.elementFrom.subarray(last, last + 3)], [leg1, leg1 + 1, leg1]);
    assert.deepEqual([...feeder.elementTo.subarray(last, last + 3)], [ground, ground, leg1 + 1]);
    assert.deepEqual([...feeder.elementNominalV.subarray(last, last + 3)], [120, 120, 240]);
  });

  it("accepts a line written from either end, and the order of nodes does not matter", () => {
    const line = { name: "wire", code: "ohm", lengthKm: 1 };
    const nodes = [
      { name: "end", phases: "B", nominalV: 240 },
      { name: "head", phases: "ABC", nominalV: 240 },
    ] as const;
    const lineCodes = [{ name: "ohm", resistanceOhmPerKm: [[1]], reactanceOhmPerKm: [[0]] }];
    const written: FeederDescription[] = [
      { source: "head", nodes, lineCodes, lines: [{ ...line, from: "head", to: "end" }] },
      { source: "head", nodes: [nodes[1], nodes[0]], lineCodes, lines: [{ ...line, from: "end", to: "head" }] },
    ];
    const [one, other] = written.map(compileFeeder);
    assert.deepEqual(one, other);
    assert.deepEqual([...one.upstream], [0, 1, 2, 1]);
  });
});
