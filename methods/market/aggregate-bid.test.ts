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

/** Normal equations of the fit in exact fractions: prices in mills, quantities in kW; c2 and c1 in MW and $. */
function exactFit(blocks: readonly { priceMills: number; quantityKw: number }[]): { c2: number; c1: number } {
  let [q, benefit, q2, q3, q4, qb, q2b] = [0n, 0n, 0n, 0n, 0n, 0n, 0n];
  for (const { priceMills, quantityKw } of [...blocks].sort(
    (a, b) => b.priceMills - a.priceMills || a.quantityKw - b.quantityKw,
  )) {
    q += BigInt(quantityKw);
    benefit += BigInt(priceMills) * BigInt(quantityKw);
    q2 += q * q;
    q3 += q * q * q;
    q4 += q * q * q * q;
    qb += q * benefit;
    q2b += q * q * benefit;
  }
  const determinant = q4 * q2 - q3 * q3;
  const ratio = (numerator: bigint) => Number((numerator * 10n ** 30n) / determinant) / 1e30;
  return { c2: 1000 * ratio(q2b * q2 - qb * q3), c1: ratio(qb * q4 - q2b * q3) };
}

/** What responsive buyers would pay at most for a quantity, Wh by Wh from the dearest, USD/h for kW. */
function benefitOf(blocks: readonly DemandBlock[], kw: number): number {
  let [left, benefit] = [kw, 0];
  for (const { priceUsdPerKwh, quantityKw } of [...blocks].sort((a, b) => b.priceUsdPerKwh - a.priceUsdPerKwh)) {
    const taken = Math.min(left, quantityKw);
    left -= taken;
    benefit += taken * priceUsdPerKwh;
  }
  return benefit;
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

  it("has the coefficients of the normal equations in exact arithmetic, 3 to 60 blocks", () => {
    const many = fc.array(
      fc.record({ priceMills: fc.integer({ min: 1, max: 999 }), quantityKw: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 3, maxLength: 60 },
    );
    let worst = 0;
    const check = fc.property(many, drawn => {
      fc.pre(new Set(drawn.map(each => each.priceMills)).size > 1);
      const { c2, c1 } = aggregateBid(
        drawn.map(each => block(each.priceMills / 1000, each.quantityKw)),
        corrected,
      );
      const exact = exactFit(drawn);
      worst = Math.max(worst, Math.abs(c1 / exact.c1 - 1), Math.abs((c2 - exact.c2) / (1 + Math.abs(exact.c2))));
    });
    fc.assert(check, { numRuns: 2000, seed: 32 });
    console.log(`      coefficients within ${worst.toExponential(1)} of exact fractions (bound 1e-9)`);
    assert.ok(worst <= 1e-9);
  });

  it("of one or two blocks, or of one price, is the benefit itself at the end of every block", () => {
    const blocks = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 2,
    });
    const samePrice = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.array(fc.integer({ min: 1, max: 9 })));
    const drawn = fc.oneof(
      blocks,
      samePrice.map(([price, quantities]) => quantities.map(kw => [price, kw] as const)),
    );
    const check = fc.property(drawn, pairs => {
      const demand = pairs.map(([mills, kw]) => block(mills / 1000, kw));
      const bid = aggregateBid(demand, corrected);
      near(
        bid.responsiveMaxMw * 1000,
        demand.reduce((sum, { quantityKw }) => sum + quantityKw, 0),
      );
      let mw = 0;
      for (const { quantityKw } of [...demand].sort((a, b) => b.priceUsdPerKwh - a.priceUsdPerKwh)) {
        mw += quantityKw / 1000;
        near(bid.c2 * mw * mw + bid.c1 * mw, benefitOf(demand, 1000 * mw));
      }
    });
    fc.assert(check, { numRuns: 2000, seed: 33 });
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
