import assert from "node:assert/strict";
import fc from "fast-check";
import { DispatchError } from "../dispatch-error.js";
import { LINEAR_PER_OHM_KW, type LineSpec, radialNetwork, SQUARED_PER_OHM_MW } from "./index.js";

const line = (from: number, to: number, more: Partial<LineSpec> = {}): LineSpec => ({
  from,
  to,
  resistanceOhm: 0.1,
  reactanceOhm: 0.2,
  ...more,
});
const VOLTAGE = { dropPerOhm: LINEAR_PER_OHM_KW, root: 1, lower: 0.95, upper: 1.05 };

describe("a radial network", () => {
  it("knows each node's parent, drops and limits; the root has none", () => {
    const network = radialNetwork([line(1, 2, { activeLimit: 30 }), line(0, 1)], 3, VOLTAGE);
    assert.deepEqual([...network.parent], [-1, 0, 1]);
    assert.deepEqual([...network.order], [0, 1, 2]);
    assert.deepEqual([...network.activeDrop], [0, 0.1 * LINEAR_PER_OHM_KW, 0.1 * LINEAR_PER_OHM_KW]);
    assert.deepEqual([...network.activeLimit], [Infinity, Infinity, 30]);
    assert.deepEqual([...network.voltageLower], [-Infinity, 0.95, 0.95]);
  });

  it("drops squared voltage by 2R·P: 600 m of 0.45 ohm/km and 1 MW take 0.00054", () => {
    const { activeDrop } = radialNetwork([line(0, 1, { resistanceOhm: 0.27 })], 2, {
      dropPerOhm: SQUARED_PER_OHM_MW,
      root: 1,
    });
    assert.ok(Math.abs(activeDrop[1] - 0.00054) < 1e-15);
  });

  const refused: readonly [string, LineSpec[], RegExp][] = [
    [
      "a cycle",
      [line(0, 1), line(4, 2), line(2, 3), line(3, 4)],
      /lines 4 -> 2 -> 3 -> 4 form a cycle|2 -> 3 -> 4 -> 2 form a cycle|3 -> 4 -> 2 -> 3 form a cycle/,
    ],
    ["two roots", [line(0, 1), line(2, 3), line(3, 4)], /node 2 is fed by no line/],
    ["a node that is fed twice", [line(0, 1), line(0, 2), line(1, 2)], /node 2 is fed twice, from 0 and from 1/],
    ["an unknown node", [line(0, 7)], /line 0-7 names node 7; there are the nodes 0 to 4/],
    ["half a node", [line(0, 1.5)], /names node 1.5/],
    ["a line towards the root", [line(1, 0)], /feeds node 0, which is the root/],
    ["a line from a node to itself", [line(0, 1), line(2, 2), line(0, 3), line(0, 4)], /lines 2 -> 2 form a cycle/],
    ["a negative resistance", [line(0, 1, { resistanceOhm: -1 })], /line 0-1 has a resistance of -1/],
    ["a reactance that is no number", [line(0, 1, { reactanceOhm: NaN })], /reactance of NaN/],
    ["a negative limit", [line(0, 1, { activeLimit: -2 })], /largest power of -2/],
  ];
  for (const [what, lines, message] of refused) {
    it(`is refused for ${what}`, () => {
      assert.throws(
        () => radialNetwork(lines, 5, VOLTAGE),
        (error: unknown) =>
          error instanceof DispatchError && error.code === "INVALID_NETWORK" && message.test(error.message),
      );
    });
  }

  it("orders any tree so that parents come before children, whatever the order of its lines", () => {
    const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).chain(draws => {
      const lines = draws.map((draw, i) => line(draw % (i + 1), i + 1));
      return fc.shuffledSubarray(lines, { minLength: lines.length });
    });
    fc.assert(
      fc.property(trees, lines => {
        const { parent, order } = radialNetwork(lines, lines.length + 1, VOLTAGE);
        const place = new Map(Array.from(order, (node, k) => [node, k]));
        assert.equal(place.size, lines.length + 1);
        for (const { from, to } of lines) {
          assert.equal(parent[to], from);
          assert.ok(place.get(from)! < place.get(to)!);
        }
      }),
    );
  });
});
