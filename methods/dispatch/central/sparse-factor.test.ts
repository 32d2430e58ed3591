import assert from "node:assert/strict";
import fc from "fast-check";
import { eliminationOrder } from "./elimination-order.js";
import { type OffDiagonal, SparseFactor } from "./sparse-factor.js";

/** A random quasidefinite matrix: a positive block, a negative block, and few entries between them. */
const matrices = fc.record({
  above: fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 12 }),
  below: fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 }),
  entries: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.double({ min: -5, max: 5, noNaN: true })), { maxLength: 30 }),
});

describe("a sparse factor", () => {
  it("solves quasidefinite systems: what it finds gives the right-hand side back", () => {
    fc.assert(
      fc.property(matrices, ({ above, below, entries }) => {
        const size = above.length + below.length;
        const diagonal = Float64Array.from([...above, ...below.map(value => -value)]);
        const links = new Map(
          entries.map(([a, b, v]) => [`${above.length + (b % below.length)},${a % above.length}`, v]),
        );
        const keys = [...links.keys()].map(key => key.split(",").map(Number));
        const matrix: OffDiagonal = {
          rows: Int32Array.from(keys, ([row]) => row),
          columns: Int32Array.from(keys, ([, column]) => column),
          values: Float64Array.from(links.values()),
        };
        const rhs = Float64Array.from({ length: size }, (_, i) => (i % 5) - 2);
        const factor = new SparseFactor(size, matrix);
        const x = rhs.slice();
        factor.factor(diagonal);
        factor.solve(x);
        const left = rhs.map((value, i) => value - diagonal[i] * x[i]);
        keys.forEach(([row, column], e) => {
          left[row] -= matrix.values[e] * x[column];
          left[column] -= matrix.values[e] * x[row];
        });
        assert.ok(left.every(value => Math.abs(value) < 1e-8));
      }),
    );
  });

  it("can be formed again for another diagonal", () => {
    const matrix = { rows: Int32Array.of(1), columns: Int32Array.of(0), values: Float64Array.of(1) };
    const factor = new SparseFactor(2, matrix);
    for (const first of [1, 4]) {
      factor.factor(Float64Array.of(first, -1));
      const x = Float64Array.of(first + 2, -1);
      factor.solve(x);
      assert.deepEqual(
        [...x].map(value => Math.round(value * 1e12) / 1e12),
        [1, 2],
      );
    }
  });

  it("fills nothing on a tree, whose leaves go first", () => {
    const nodes = 200;
    const rows = Int32Array.from({ length: nodes - 1 }, (_, i) => i + 1);
    const columns = rows.map(node => Math.floor((node * 7919) % node));
    const factor = new SparseFactor(nodes, { rows, columns, values: new Float64Array(nodes - 1).fill(1) });
    assert.equal(factor.entries, nodes - 1);
  });
});

describe("an elimination order", () => {
  it("names every node once, a star's centre not before its last leaf", () => {
    const star = Array.from({ length: 6 }, (_, node) => new Set(node === 2 ? [0, 1, 3, 4, 5] : [2]));
    const order = [...eliminationOrder(star)];
    assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5]);
    assert.ok(order.indexOf(2) >= 4);
  });
});
