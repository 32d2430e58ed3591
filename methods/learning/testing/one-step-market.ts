import type { Environment } from "../environment.js";
import { RandomStream } from "../../../runtime/stream.js";

/** Highest limit that the buyer may have, and highest cost of the seller. */
const HIGHEST = 1;
const HIGHEST_COST = 0.9;

/**
 * A seller of one kWh that knows its own cost and names a price; it sells at that price when the buyer's limit, uniform below
 * `HIGHEST` and unknown, is not lower. The best price is halfway between the cost and `HIGHEST` (the monopoly price of linear
 * demand; Tirole, The theory of industrial organization, 1988, section 1.1).
 */
export function oneStepMarket(): Environment {
  let random = new RandomStream(0, "market");
  let cost = 0;
  return {
    schema: {
      observation: [{ name: "cost", unit: "USD/kWh", low: 0, high: HIGHEST_COST }],
      action: { name: "price", unit: "USD/kWh", low: 0, high: HIGHEST },
      rewardUnit: "USD",
    },
    reset(seed) {
      random = new RandomStream(seed, "market");
      cost = random.uniform(0, HIGHEST_COST);
      return Float64Array.of(cost);
    },
    step(price) {
      const sold = random.uniform(0, HIGHEST) >= price;
      return { observation: Float64Array.of(cost), reward: sold ? price - cost : 0, final: true };
    },
  };
}

/** What a price earns on average, USD. */
export const expectedProfitUsd = (cost: number, price: number) => (price - cost) * (1 - price / HIGHEST);

/** The price that earns most. */
export const bestPrice = (cost: number) => (HIGHEST + cost) / 2;

/** Part of the best average profit that a policy earns, over costs spread evenly. */
export function profitShare(policy: (observation: readonly number[]) => number): number {
  const costs = Array.from({ length: 21 }, (_, k) => (k * HIGHEST_COST) / 20);
  const profit = (price: (cost: number) => number) =>
    costs.reduce((sum, cost) => sum + expectedProfitUsd(cost, price(cost)), 0);
  return profit(cost => policy([cost])) / profit(bestPrice);
}
