import assert from "node:assert/strict";
import { compareWays, WAYS } from "../bench/learning-results/comparison.js";
import { comparisonTable, estimate, fillResults } from "../bench/learning-results/table.js";
import { readPage } from "./testing/markdown.js";

const SETTINGS = { houses: 2, hours: 3, seeds: 2, backend: "plain" } as const;

/** Rows of the results' table on the page, as cells. */
function shownRows(): string[][] {
  const text = readPage("docs/learning.md");
  const shown = text.slice(text.indexOf("<!-- learning results -->"), text.indexOf("<!-- end of learning results -->"));
  const lines = shown.split("\n").filter(line => line.startsWith("|"));
  return lines.map(line =>
    line
      .slice(1, -1)
      .split("|")
      .map(cell => cell.trim()),
  );
}

describe("what learning is worth", function () {
  this.timeout(120_000);

  it("is shown for every way to bid, each figure with its interval", () => {
    const [head, , ...rows] = shownRows();
    assert.deepEqual(head.slice(1), ["ramp", "random", "learned (DDPG)"]);
    assert.equal(rows.length, 9);
    for (const [, ...cells] of rows) for (const cell of cells) assert.match(cell, /^-?\d+(\.\d+)? ± \d+(\.\d+)?$/);
  });

  it("is the same table when it is made again, and the ways differ", async () => {
    const comparison = await compareWays(SETTINGS);
    assert.deepEqual(await compareWays(SETTINGS), comparison);
    assert.deepEqual(Object.keys(comparison), [...WAYS]);
    assert.notDeepEqual(comparison.random, comparison.ramp);
    const table = comparisonTable(comparison);
    const labels = table.split("\n").map(line => line.split("|")[1].trim());
    assert.deepEqual(
      labels.slice(2),
      shownRows()
        .slice(2)
        .map(([label]) => label),
    );
  });

  it("has intervals by Student's t", () => {
    assert.deepEqual(estimate([4]), { mean: 4, half: undefined });
    const { mean, half } = estimate([1, 2, 3, 4, 5]);
    assert.equal(mean, 3);
    assert.ok(half !== undefined && Math.abs(half - 2.776 * Math.sqrt(0.5)) < 1e-12);
  });

  it("goes between its markers, and says so where they are missing", () => {
    const page = "a\n<!-- learning results -->\nold\n<!-- end of learning results -->\nb";
    const filled = fillResults(page, "new");
    assert.equal(filled, "a\n<!-- learning results -->\n\nnew\n\n<!-- end of learning results -->\nb");
    assert.throws(() => fillResults("a", "new"), /has no "<!-- learning results -->"/);
  });
});
