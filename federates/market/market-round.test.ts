import assert from "node:assert/strict";
import { createMarket, holdRound, type MarketBids, type MarketSettings } from "./market-round.js";

const SETTINGS: MarketSettings = {
  houses: ["a", "b", "c"],
  periodSeconds: 300,
  priceCapUsdPerKwh: 1,
  utilityKw: 5000,
  initialPriceUsdPerKwh: 0.02078,
  rule: "uniform",
  statistics: { windowSeconds: 900 },
};
const create = (behaviour: "published" | "corrected", settings: Partial<MarketSettings> = {}) =>
  createMarket({ ...SETTINGS, ...settings }, { name: "substation", behaviour, seed: 1 });

function bids(rows: readonly (readonly [MarketBids["role"][number], number, number, number])[]): MarketBids {
  return {
    role: rows.map(([role]) => role),
    priceUsdPerKwh: rows.map(([, price]) => price),
    quantityKw: rows.map(([, , quantity]) => quantity),
    uncoveredKw: rows.map(([, , , uncovered]) => uncovered),
    trades: rows.map(() => true),
    hvacNeeded: rows.map(() => true),
  };
}

const EVENING = bids([
  ["buyer", 0.03, 3, 1],
  ["buyer", 0.01, 3, 2],
  ["seller", 0.012, 2, 0],
]);

describe("a market round", () => {
  it("clears at the utility's offer: buyers above it are served, below it not, the cheaper seller sells all", () => {
    const { round, acceptedKw } = holdRound(create("corrected"), EVENING, 0.02);
    assert.equal(round.clearingPriceUsdPerKwh, 0.02);
    assert.deepEqual(
      [...acceptedKw].map(kw => Math.round(kw * 100) / 100),
      [3, 0, 2],
    );
    assert.deepEqual(round.totals, { rounds: 1, clearedKwh: 0.5, servedBids: 4, unservedKwh: 0, congestionRentUsd: 0 });
  });

  it("offers at the present marginal price when corrected, at the one of the round before when published", () => {
    const prices = (behaviour: "published" | "corrected") => {
      const market = create(behaviour);
      return [0.015, 0.016, 0.017].map(lmp => holdRound(market, EVENING, lmp).round.clearingPriceUsdPerKwh);
    };
    assert.deepEqual(prices("corrected"), [0.015, 0.016, 0.017]);
    assert.deepEqual(prices("published"), [0.02078, 0.015, 0.016]);
  });

  it("counts surplus as money when corrected: twelve times less than kW times price in a round of 5 minutes", () => {
    const surplus = (behaviour: "published" | "corrected") =>
      holdRound({ ...create(behaviour), lateLmpUsdPerKwh: 0.02 }, EVENING, 0.02).round.consumerSurplusUsd;
    assert.ok(Math.abs(surplus("published") / surplus("corrected") - 12) < 1e-9);
    assert.ok(Math.abs(surplus("corrected") - (3 / 12) * 0.01) < 1e-12);
  });

  it("takes, published, a bid beyond the cap as one at the cap, and holds a round without any bid", () => {
    const market = create("published");
    const dear = bids([
      ["buyer", 2.5, 1, 0],
      ["buyer", 0, 0, 0],
      ["none-participant", 0, 0, 0],
    ]);
    assert.equal(holdRound(market, dear, 0.02).round.clearingPriceUsdPerKwh, 0.02078);
    const { clearedKw, clearingPriceUsdPerKwh } = holdRound(market, undefined, 0.02).round;
    assert.deepEqual([clearedKw, clearingPriceUsdPerKwh], [0, 0.02], "the utility's price");
  });

  it("tells the bulk system what is responsive", () => {
    const { demandBid } = holdRound(create("corrected"), EVENING, 0.02);
    assert.ok(Math.abs(demandBid.unresponsiveMw - 0.003) < 1e-9);
    assert.ok(Math.abs(demandBid.responsiveMaxMw - 0.006) < 1e-9);
    assert.equal(demandBid.degree, 2);
    assert.ok(Math.abs(demandBid.servedMw - 0.003) < 1e-9);
  });
});
