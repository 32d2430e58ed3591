import { RandomStream } from "../../../runtime/stream.js";
import type { Environment } from "../environment.js";
import { type Policy, returnOf } from "./training.js";

/** Prices of a day's three-hour periods, USD/kWh: a valley by night, a small peak at noon and a large one in the evening. */
export const DAY_PRICES: readonly number[] = [0.12, 0.08, 0.1, 0.2, 0.3, 0.25, 0.6, 0.45];

const CAPACITY_KWH = 2;
/** Energy that a period can move, at the terminals. */
const MOST_KWH = 1;
/** Part of the energy charged that is stored. */
const EFFICIENCY = 0.9;

/** What is left at the day's end is worth this much, USD/kWh: the mean price. */
const STOCK_PRICE = DAY_PRICES.reduce((sum, price) => sum + price, 0) / DAY_PRICES.length;

/** What a battery is left with after asking for energy (positive charges), and what that earns with its stock, USD. */
function trade(storedKwh: number, askedKwh: number, price: number) {
  const chargedKwh = Math.min(Math.max(askedKwh, 0), (CAPACITY_KWH - storedKwh) / EFFICIENCY);
  const soldKwh = Math.min(Math.max(-askedKwh, 0), storedKwh);
  const gainedKwh = EFFICIENCY * chargedKwh - soldKwh;
  return {
    storedKwh: storedKwh + gainedKwh,
    earnedUsd: price * (soldKwh - chargedKwh) + STOCK_PRICE * gainedKwh,
  };
}

/** A battery that buys and sells through a day, its stock valued at the mean price. The seed says how full it begins. */
export function storageArbitrage(): Environment {
  let period = 0;
  let storedKwh = 0;
  const observe = () => {
    const angle = (2 * Math.PI * period) / DAY_PRICES.length;
    const price = DAY_PRICES[Math.min(period, DAY_PRICES.length - 1)];
    return Float64Array.of(storedKwh, Math.sin(angle), Math.cos(angle), period / DAY_PRICES.length, price);
  };
  return {
    schema: {
      observation: [
        { name: "stored", unit: "kWh", low: 0, high: CAPACITY_KWH },
        { name: "sine of the time of day", unit: "1", low: -1, high: 1 },
        { name: "cosine of the time of day", unit: "1", low: -1, high: 1 },
        { name: "part of the day gone by", unit: "1", low: 0, high: 1 },
        { name: "price", unit: "USD/kWh", low: 0, high: 1 },
      ],
      action: { name: "energy charged", unit: "kWh", low: -MOST_KWH, high: MOST_KWH },
      rewardUnit: "USD",
    },
    reset(seed) {
      period = 0;
      storedKwh = new RandomStream(seed, "battery").uniform(0, CAPACITY_KWH);
      return observe();
    },
    step(askedKwh) {
      const traded = trade(storedKwh, askedKwh, DAY_PRICES[period]);
      storedKwh = traded.storedKwh;
      period++;
      return { observation: observe(), reward: traded.earnedUsd, final: period === DAY_PRICES.length };
    },
  };
}

/**
 * The most that a battery can earn in a day, USD, by dynamic programming over stored energies on a grid and all moves between
 * its points; between them, linearly. The true optimum is concave in what is stored, so the figure errs low by less than the
 * grid's spacing times a price.
 */
export function bestEarningsUsd(startKwh: number, points = 181): number {
  const spacing = CAPACITY_KWH / (points - 1);
  let worth = new Float64Array(points);
  for (const price of [...DAY_PRICES].reverse()) {
    worth = worth.map((_, from) => {
      let best = -Infinity;
      for (let to = 0; to < points; to++) {
        const changeKwh = (to - from) * spacing;
        const atTerminalsKwh = changeKwh > 0 ? changeKwh / EFFICIENCY : changeKwh;
        if (Math.abs(atTerminalsKwh) > MOST_KWH + 1e-9) continue;
        best = Math.max(best, worth[to] - price * atTerminalsKwh + STOCK_PRICE * changeKwh);
      }
      return best;
    });
  }
  const at = Math.min(Math.floor(startKwh / spacing), points - 2);
  const share = startKwh / spacing - at;
  return (1 - share) * worth[at] + share * worth[at + 1];
}

/** Part of the best earnings that a policy reaches, over several days. */
export function earningsShare(policy: Policy): number {
  const environment = storageArbitrage();
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const best = seeds.reduce((sum, seed) => sum + bestEarningsUsd(environment.reset(seed)[0]), 0);
  return seeds.reduce((sum, seed) => sum + returnOf(environment, policy, seed), 0) / best;
}
