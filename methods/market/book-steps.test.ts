import assert from "node:assert/strict";
import fc from "fast-check";
import { bookSteps, type BookStep } from "./book-steps.js";
import { books } from "./testing/books.js";

const bid = (priceNano: number, energyWh: number) => ({ bidder: `at ${priceNano}`, priceNano, energyWh });
const energyOf = (steps: readonly BookStep[]) => steps.reduce((sum, { energyWh }) => sum + energyWh, 0);

describe("steps of a book", () => {
  it("join what is bid at one price, best first, and leave out what offers nothing", () => {
    const bids = [bid(3, 10), bid(5, 1), bid(3, 4), bid(9, 0)];
    const steps = [
      { priceNano: 5, energyWh: 1 },
      { priceNano: 3, energyWh: 14 },
    ];
    assert.deepEqual(bookSteps(bids, "highest", 9), steps);
    assert.deepEqual(bookSteps(bids, "lowest", 9), steps.reverse());
    assert.deepEqual(bookSteps([], "lowest", 9), []);
  });

  it("join neighbours at their mean price when there are too many", () => {
    const bids = [bid(1, 10), bid(2, 30), bid(8, 20), bid(10, 20)];
    assert.deepEqual(bookSteps(bids, "lowest", 2), [
      { priceNano: 2, energyWh: 40 },
      { priceNano: 9, energyWh: 40 },
    ]);
  });

  it("keep all energy and the order of prices, whatever the number of steps", () => {
    const check = fc.property(books, fc.integer({ min: 1, max: 6 }), ({ buyers }, most) => {
      const steps = bookSteps(buyers, "highest", most);
      assert.ok(steps.length <= most);
      assert.equal(energyOf(steps), energyOf(buyers));
      steps.slice(1).forEach((step, k) => {
        assert.ok(step.priceNano <= steps[k].priceNano);
      });
    });
    fc.assert(check, { numRuns: 2000, seed: 61 });
  });
});
