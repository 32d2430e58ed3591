import assert from "node:assert/strict";
import fc from "fast-check";
import { drawCarpet } from "./carpet.js";
import { linePath } from "./paths.js";
import { linearScale } from "./scale.js";

const COLUMNS = 100;

/** Lowest and highest height in each column of pixels. */
function extremes(points: readonly (readonly [x: number, y: number])[]): Map<number, [number, number]> {
  const found = new Map<number, [number, number]>();
  for (const [x, y] of points) {
    const [low, high] = found.get(Math.floor(x)) ?? [y, y];
    found.set(Math.floor(x), [Math.min(low, y), Math.max(high, y)]);
  }
  return found;
}

describe("long lines", () => {
  it("keep the lowest and the highest point of each column of pixels, and at most four", () => {
    const at = Array.from({ length: 5000 }, (_, i) => i);
    const x = linearScale([0, 5000], [0, COLUMNS]);
    const y = linearScale([0, 1000], [1000, 0]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), seed => {
        const values = at.map(i => (seed * (i + 7) * (i + 13)) % 1001);
        const drawn = [...linePath({ at, values }, { x, y }).matchAll(/([\d.]+) ([\d.]+)/g)];
        assert.ok(drawn.length <= 4 * COLUMNS, `${drawn.length} points`);
        const kept = new Set(drawn.map(([, , py]) => Number(py)));
        for (const [low, high] of extremes(at.map((place, i) => [x(place), y(values[i])])).values()) {
          assert.ok(kept.has(Math.round(low * 10) / 10) && kept.has(Math.round(high * 10) / 10));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("keep their gaps", () => {
    const at = Array.from({ length: 5000 }, (_, i) => i);
    const values = at.map(i => (i > 2000 && i < 3000 ? NaN : i));
    const path = linePath({ at, values }, { x: linearScale(at, [0, COLUMNS]), y: linearScale(at, [1000, 0]) });
    assert.equal(path.match(/M/g)?.length, 2);
  });
});

describe("large carpets", () => {
  it("show means of neighbours, so that their size is bounded", () => {
    const rows = Array.from({ length: 3000 }, (_, r) => `H${r}`);
    const times = Array.from({ length: 600 }, (_, t) => 300 * (t + 1));
    const shares = rows.map((_, r) => times.map((_, t) => ((r + t) % 2 === 0 ? 1 : 0)));
    const carpet = { kind: "carpet", title: "", axis: "house", quantity: "on", startTime: "" } as const;
    const svg = drawCarpet({ ...carpet, rows, times, shares });
    assert.ok(svg.length < 20_000, `${svg.length} bytes`);
    const shade = /width="14" height="10" fill="(#\w+)"/g;
    const half = [...svg.matchAll(shade)].map(match => match[1])[4];
    assert.deepEqual(
      [...svg.matchAll(/fill="(#\w+)" shape-rendering/g)].map(match => match[1]),
      [half],
    );
  });
});
