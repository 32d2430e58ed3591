import assert from "node:assert/strict";
import fc from "fast-check";
import { scaleAction, scaleObservation } from "../environment.js";
import { plainBackend } from "../plain-backend.js";
import { bestPrice, expectedProfitUsd, oneStepMarket, profitShare } from "./one-step-market.js";
import { bestEarningsUsd, DAY_PRICES, storageArbitrage } from "./storage-arbitrage.js";
import { returnOf, train } from "./training.js";

describe("the one-step market", () => {
  it("has its best price where no price on a grid earns more", () => {
    for (const cost of [0, 0.3, 0.85]) {
      const grid = Array.from({ length: 1001 }, (_, k) => k / 1000);
      const found = grid.reduce((best, price) =>
        expectedProfitUsd(cost, price) > expectedProfitUsd(cost, best) ? price : best,
      );
      assert.ok(Math.abs(found - bestPrice(cost)) <= 1e-3, `${found}`);
    }
  });

  it("pays on average what is expected", () => {
    const market = oneStepMarket();
    const rounds = 20_000;
    let [paid, expected, squares] = [0, 0, 0];
    for (let seed = 0; seed < rounds; seed++) {
      const [cost] = market.reset(seed);
      const { reward, final } = market.step(0.8);
      assert.ok(final);
      paid += reward;
      squares += reward * reward;
      expected += expectedProfitUsd(cost, 0.8);
    }
    assert.ok(Math.abs(paid - expected) < 4 * Math.sqrt(squares), `${paid} for ${expected}`);
  });

  it("is learned a little in a short while: better than the best price for everyone", () => {
    const constant = profitShare(() => bestPrice(0.45));
    const { policy } = train(oneStepMarket(), { steps: 2500, seed: 3, backend: plainBackend() });
    const learned = profitShare(policy);
    console.log(`      ${(100 * learned).toFixed(1)} % of the optimum; one price: ${(100 * constant).toFixed(1)} %`);
    assert.ok(learned > constant);
  });
});

describe("the storage arbitrage", () => {
  /** The most that moves out of a few can earn, all orders tried. */
  function bestOfAllOrders(seed: number, moves: readonly number[]): number {
    let best = -Infinity;
    for (let order = 0; order < moves.length ** DAY_PRICES.length; order++) {
      let rest = order;
      const policy = () => {
        const move = moves[rest % moves.length];
        rest = Math.floor(rest / moves.length);
        return move;
      };
      best = Math.max(best, returnOf(environment, policy, seed));
    }
    return best;
  }
  const environment = storageArbitrage();

  it("has the optimum that trying everything finds", () => {
    const [startKwh] = environment.reset(1);
    // Besides full moves, those that an efficiency of 0.9 asks for: filling up what full charges leave free, and selling
    // what one full charge brings back.
    const filling = ((2 - startKwh) / 0.9) % 1;
    const found = bestOfAllOrders(1, [-1, -0.9, 0, filling, 1]);
    const optimum = bestEarningsUsd(startKwh);
    console.log(`      by trying ${found.toFixed(4)}, by dynamic programming ${optimum.toFixed(4)} USD (bound 0.002)`);
    assert.ok(Math.abs(found - optimum) < 2e-3, `${found} for ${optimum}`);
    assert.ok(Math.abs(bestEarningsUsd(startKwh, 541) - found) < 7e-4);
  });

  it("never gives more than the optimum, whatever is done", () => {
    const moves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(1000), moves, (seed, asked) => {
        const [startKwh] = environment.reset(seed);
        let period = 0;
        const earned = returnOf(environment, () => asked[period++], seed);
        assert.ok(earned <= bestEarningsUsd(startKwh) + 5e-3);
      }),
      { numRuns: 50 },
    );
  });
});

describe("an environment's schema", () => {
  const { schema } = storageArbitrage();

  it("scales observations to 0 at the low bounds and 1 at the high ones", () => {
    const [low, high] = (["low", "high"] as const).map(end => schema.observation.map(quantity => quantity[end]));
    assert.deepEqual([...scaleObservation(schema, low)], [0, 0, 0, 0, 0]);
    assert.deepEqual([...scaleObservation(schema, high)], [1, 1, 1, 1, 1]);
  });

  it("scales actions from [-1, 1] to the bounds", () => {
    const market = oneStepMarket().schema;
    assert.deepEqual(
      [-1, 0, 1].map(chosen => scaleAction(market, chosen)),
      [0, 0.5, 1],
    );
  });
});
