import assert from "node:assert/strict";
import fc from "fast-check";
import { aggregateBid, type DemandBlock } from "./aggregate-bid.js";

const cap = { priceCapUsdPerKwh: 1 };
const corrected = { ...cap, behaviour: "corrected" } as const;
const published = { ...cap, behaviour: "published" } as const;
const block = (priceUsdPerKwh: number, quantityKw: number): DemandBlock => ({ priceUsdPerKwh, quantityKw });

const near = (actual: number, expected: number) => {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * (1 + Math.abs(expected)), `${actual} instead of ${expected}`);
};

/** Sum of squared errors of a benefit polynomial at the ends of the blocks (MW, $/h). */
function misfit(blocks: readonly DemandBlock[], c2: number, c1: number): number {
  let [q, benefit, sum] = [0, 0, 0];
  for (const { priceUsdPerKwh, quantityKw } of [...blocks].sort((a, b) => b.priceUsdPerKwh - a.priceUsdPerKwh)) {
    q += quantityKw / 1000;
    benefit += priceUsdPerKwh * quantityKw;
    const error = c2 * q * q + c1 * q - benefit;
    sum += error * error;
  }
  return sum;
}

describe("aggregate bid", () => {
  it("fits none, one and two blocks exactly", () => {
    const none = aggregateBid([block(1, 20)], corrected);
    assert.deepEqual(none, { unresponsiveMw: 0.02, responsiveMaxMw: 0, degree: 0, c2: 0, c1: 0 });
    assert.deepEqual(aggregateBid([], corrected), { ...none, unresponsiveMw: 0 });
    const one = aggregateBid([block(1, 20), block(0.3, 5)], corrected);
    assert.equal(one.degree, 1);
    near(one.c1, 300);
    const two = aggregateBid([block(0.1, 3), block(0.3, 1)], corrected);
    assert.equal(two.degree, 2);
    near(two.c2 * 0.001 * 0.001 + two.c1 * 0.001, 0.3);
    near(two.c2 * 0.004 * 0.004 + two.c1 * 0.004, 0.6);
  });

  it("is the least-squares fit of many blocks, concave, whatever their order", () => {
    const many = fc.array(
      fc.record({ priceUsdPerKwh: fc.integer({ min: 1, max: 900 }), quantityKw: fc.integer({ min: 1, max: 5 }) }),
      { minLength: 3, maxLength: 30 },
    );
    const check = fc.property(many, drawn => {
      const blocks = drawn.map(each => block(each.priceUsdPerKwh / 1000, each.quantityKw));
      const bid = aggregateBid(blocks, corrected);
      assert.deepEqual(aggregateBid([...blocks].reverse(), corrected), bid);
      if (bid.degree !== 2) return;
      assert.ok(bid.c2 <= 0);
      const sorted = [...blocks].sort((a, b) => a.quantityKw - b.quantityKw);
      const least = misfit(sorted, bid.c2, bid.c1);
      for (const [dc2, dc1] of [
        [0.01, 0],
        [-0.01, 0],
        [0, 0.01],
        [0, -0.01],
        [0.01, -0.01],
      ])
        // prettier-ignore
        assert.ok(misfit(sorted, bid.c2 * (1 + dc2), bid.c1 * (1 + dc1)) >= least * (1 - 1e-9));
    });
    fc.assert(check, { numRuns: 500, seed: 31 });
  });

  it("published loses the best responsive bid when nothing bids the cap, and fits two blocks by a line", () => {
    const blocks = [block(0.3, 1), block(0.2, 2), block(0.1, 3)];
    const bid = aggregateBid(blocks, published);
    assert.deepEqual([bid.unresponsiveMw, bid.responsiveMaxMw, bid.degree, bid.c2], [0.001, 0.005, 1, 0]);
    near(bid.c1, (0.002 * 0.4 + 0.005 * 0.7) / (0.002 * 0.002 + 0.005 * 0.005));
    const right = aggregateBid(blocks, corrected);
    assert.deepEqual([right.unresponsiveMw, right.responsiveMaxMw, right.degree], [0, 0.006, 2]);
  });
});
