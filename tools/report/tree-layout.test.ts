import assert from "node:assert/strict";
import fc from "fast-check";
import { layOutTree } from "./tree-layout.js";

/** Random trees whose parents may have any number, the root any place. */
const tree = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40 })
  .chain(draws => fc.shuffledSubarray([...draws.keys()], { minLength: draws.length }).map(names => ({ draws, names })))
  .map(({ draws, names }) => {
    const parent = draws.map(() => -1);
    draws.forEach((draw, k) => (parent[names[k]] = k === 0 ? -1 : names[draw % k]));
    return parent;
  });

describe("the layout of a tree", () => {
  it("gives every leaf a row of its own, every other node the middle of its children's, parents before children", () => {
    fc.assert(
      fc.property(tree, parent => {
        const { nodes, depth, row, rows, size } = layOutTree(parent);
        assert.deepEqual(
          [...nodes].sort((a, b) => a - b),
          [...parent.keys()],
        );
        const leaves = nodes.filter(node => !parent.includes(node));
        assert.deepEqual(
          leaves.map(node => row[node]).sort((a, b) => a - b),
          [...leaves.keys()],
        );
        assert.equal(rows, leaves.length);
        for (const node of nodes) {
          const above = parent[node];
          assert.ok(above < 0 ? depth[node] === 0 : depth[node] === depth[above] + 1);
          assert.ok(above < 0 || nodes.indexOf(above) < nodes.indexOf(node));
          const below = nodes.filter(child => parent[child] === node);
          assert.equal(
            size[node],
            below.reduce((sum, child) => sum + size[child], 1),
          );
          if (below.length === 0) continue;
          const of = below.map(child => row[child]);
          assert.equal(row[node], (Math.min(...of) + Math.max(...of)) / 2);
        }
      }),
    );
  });

  it("keeps of a large tree a connected part: no node without its parent, none with fewer behind it than one left out", () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 20 }), (parent, most) => {
        const { nodes, size } = layOutTree(parent, most);
        assert.equal(nodes.length, Math.min(most, parent.length));
        for (const node of nodes) assert.ok(parent[node] < 0 || nodes.includes(parent[node]));
        const least = Math.min(...nodes.map(node => size[node]));
        assert.ok([...parent.keys()].every(node => nodes.includes(node) || size[node] <= least));
      }),
    );
  });

  it("refuses what is no tree", () => {
    assert.throws(() => layOutTree([-1, 2, 1]), /no way to the root/);
  });
});
