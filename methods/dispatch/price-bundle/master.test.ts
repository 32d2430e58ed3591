import assert from "node:assert/strict";
import fc from "fast-check";
import { CholeskyFactor } from "./cholesky.js";
import { PriceMaster } from "./master.js";

describe("a symmetric factor", () => {
  it("solves what it was added up from", () => {
    const values = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 42, maxLength: 42 });
    fc.assert(
      fc.property(values, numbers => {
        const factor = new CholeskyFactor(7);
        factor.reset(1);
        const rows = Array.from({ length: 5 }, (_, r) => Float64Array.from(numbers.slice(7 * r, 7 * r + 7)));
        const places = Int32Array.from({ length: 7 }, (_, i) => i);
        for (const row of rows) factor.addSquare(row, places, 0.5);
        const x = numbers.slice(35);
        const worth = (row: Float64Array) => row.reduce((sum, value, i) => sum + value * x[i], 0);
        const right = Float64Array.from(
          x,
          (value, i) => value + rows.reduce((s, row) => s + 0.5 * row[i] * worth(row), 0),
        );
        factor.factorise();
        factor.solve(right);
        right.forEach((value, i) => assert.ok(Math.abs(value - x[i]) < 1e-9));
      }),
      { numRuns: 50 },
    );
  });
});

/** Two units are needed anyway; the grid sells at 10 and takes at 4; somebody offers nothing, or 4 for 20. */
function smallMarket(): PriceMaster {
  const master = new PriceMaster();
  const offer = (isRay: boolean, ...offers: [number, number][]) => {
    const group = master.addGroup(Int32Array.of(0), isRay);
    for (const [cost, supply] of offers) {
      group.cost.push(cost);
      group.supply.push(Float64Array.of(supply));
    }
  };
  offer(true, [10, 1]);
  offer(true, [-4, -1]);
  offer(false, [0, 0], [20, 4]);
  return master;
}

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 2e-6, `${actual}, ${expected}`);

describe("a master problem", () => {
  it("finds the price at which the offers are indifferent, and the mix that meets the demand", () => {
    const aim = { centre: Float64Array.of(10), tau: 1e8, precision: 0 };
    const { price, weights, promise } = smallMarket().solve(Float64Array.of(-2), aim);
    near(price[0], 5);
    near(weights[2][1], 0.5);
    near(promise, 10);
  });

  it("stays near its centre with a short step", () => {
    const aim = { centre: Float64Array.of(9), tau: 1e-3, precision: 0 };
    const { price } = smallMarket().solve(Float64Array.of(-2), aim);
    near(price[0], 9 - 1e-3 * 2);
  });

  it("is optimal: no price near it promises more, distance counted, and weights are shares", () => {
    const draw = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(draw, fc.constantFrom(0.1, 1, 10), (numbers, tau) => {
        const master = new PriceMaster();
        const next = numbers[Symbol.iterator]();
        const draws = (size: number) => Float64Array.from({ length: size }, () => next.next().value ?? 0);
        for (let g = 0; g < 4; g++) {
          const group = master.addGroup(Int32Array.of(0, 1, 2));
          for (let j = 0; j < 3; j++) {
            group.cost.push(draws(1)[0]);
            group.supply.push(draws(3));
          }
        }
        const [base, centre] = [draws(3), draws(3)];
        const promised = (price: Float64Array) => {
          const worth = (of: Float64Array) => of.reduce((sum, value, i) => sum + value * price[i], 0);
          const offers = master.groups.map(({ cost, supply }) => Math.min(...cost.map((c, j) => c - worth(supply[j]))));
          const distance = price.reduce((sum, value, i) => sum + (value - centre[i]) * (value - centre[i]), 0);
          return offers.reduce((a, b) => a + b) - worth(base) - distance / (2 * tau);
        };
        const { price, weights } = master.solve(base, { centre, tau, precision: 0 });
        for (const of of weights)
          near(
            of.reduce((a, b) => a + b),
            1,
          );
        for (let i = 0; i < 3; i++) {
          for (const by of [-1e-3, 1e-3]) {
            assert.ok(promised(price.with(i, price[i] + by)) <= promised(price) + 1e-8);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
