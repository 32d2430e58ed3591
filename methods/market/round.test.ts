import assert from "node:assert/strict";
import { toWh } from "./money.js";
import { assembleBook, type HouseBid, type RoundRules } from "./round.js";

const bid = (house: string, role: HouseBid["role"], priceUsdPerKwh: number, quantityKw: number): HouseBid => ({
  ...{ house, role, priceUsdPerKwh, quantityKw, uncoveredKw: 0, trades: true },
});

const rules: RoundRules = {
  ...{ periodSeconds: 300, priceCapUsdPerKwh: 1, lmpUsdPerKwh: 0.015, supplyCapacityKw: 12 },
  behaviour: "corrected",
};

describe("book of a round", () => {
  it("holds the bids, one unresponsive block at the cap and the utility with what is left of its capacity", () => {
    const houses = [
      bid("a", "seller", 0.012, 3),
      { ...bid("b", "buyer", 0.04, 3), uncoveredKw: 0.5 },
      { ...bid("c", "buyer", 0, 0), uncoveredKw: 0.7 },
      { ...bid("d", "buyer", 0.5, 3), trades: false },
      bid("e", "none-participant", 0, 0),
    ];
    const { book, condition } = assembleBook(houses, rules);
    assert.deepEqual(book.buyers, [
      { bidder: "b", priceNano: 40_000_000, energyWh: 250 },
      { bidder: "unresponsive load", priceNano: 1_000_000_000, energyWh: 100 },
    ]);
    assert.deepEqual(book.sellers, [
      { bidder: "a", priceNano: 12_000_000, energyWh: 250 },
      { bidder: "utility", priceNano: 15_000_000, energyWh: 750 },
    ]);
    assert.equal(condition, "double-auction");
  });

  it("tells which side of the households trades", () => {
    const conditionOf = (...houses: HouseBid[]) => assembleBook(houses, rules).condition;
    assert.equal(conditionOf(bid("a", "seller", 0.01, 1)), "flexible-generation");
    assert.equal(conditionOf(bid("a", "buyer", 0.01, 1)), "flexible-load");
    assert.equal(conditionOf(), "double-auction");
  });

  it("keeps the LMP within the cap, and a price of 0 off the published market only", () => {
    const free = [bid("a", "seller", 0, 1)];
    const published = assembleBook(free, { ...rules, behaviour: "published", lmpUsdPerKwh: 1.7 }).book.sellers;
    assert.deepEqual(published, [{ bidder: "utility", priceNano: 1_000_000_000, energyWh: 1000 }]);
    assert.equal(assembleBook(free, rules).book.sellers.length, 2);
  });

  it("rounds power over a period to the nearest Wh", () => {
    assert.deepEqual([toWh(3, 300), toWh(1, 300), toWh(0.0059, 300), toWh(2, 3600)], [250, 83, 0, 2000]);
  });
});
