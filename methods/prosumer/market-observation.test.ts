import assert from "node:assert/strict";
import type { HouseBid } from "../market/index.js";
import { describeRound, marketObservation, noRound, observeMarket } from "./market-observation.js";

const bid = (role: HouseBid["role"], priceUsdPerKwh: number, quantityKw: number, uncoveredKw = 0): HouseBid => ({
  ...{ house: "h", role, priceUsdPerKwh, quantityKw, uncoveredKw, trades: true },
});

const ROUND = {
  bids: [
    bid("seller", 0.01, 2),
    bid("seller", 0.03, 4),
    bid("buyer", 0.05, 3, 1),
    bid("buyer", 0, 0, 2),
    bid("none-participant", 0, 0),
  ],
  clearingPriceUsdPerKwh: 0.02,
  clearedKw: 5,
  lmpUsdPerKwh: 0.025,
};

describe("what a learning household observes", () => {
  it("is thirteen numbers, each with a name, a unit and a bound that grows with the market where it is the market's", () => {
    const [small, large] = [marketObservation(30), marketObservation(60)];
    assert.equal(small.length, 13);
    assert.equal(new Set(small.map(({ name }) => name)).size, 13);
    assert.deepEqual(
      small.map(({ high }) => high),
      [1, 1, 300, 300, 1, 1, 1, 1, 1, 300, 1, 20, 15],
    );
    assert.deepEqual(
      large.flatMap(({ high, name }, k) => (high === small[k].high ? [] : [name])),
      ["sellerQuantity", "buyerQuantity", "clearedQuantity"],
    );
  });

  it("tells of the last round: shares, quantities with demand at any price, prices of bids with a quantity", () => {
    const told = [...describeRound(ROUND)].map(value => Number(value.toFixed(9)));
    assert.deepEqual(told, [0.4, 0.4, 6, 6, 0.02, 0.01, 0.05, 0, 0.02, 5, 0.025]);
  });

  it("knows nothing of a round without bids but its price", () => {
    const told = describeRound({ ...ROUND, bids: [] });
    assert.deepEqual([...told], [0, 0, 0, 0, 0, 0, 0, 0, 0.02, 5, 0.025]);
  });

  it("is divided by its bounds and not clipped", () => {
    const into = new Float64Array(13);
    observeMarket(into, marketObservation(1), describeRound(ROUND), { generationKw: 30, loadKw: 7.5 });
    assert.deepEqual([into[2], into[11], into[12]], [0.6, 1.5, 0.5]);
    observeMarket(into, marketObservation(1), noRound(), { generationKw: 0, loadKw: 3 });
    assert.deepEqual([...into], [...new Array<number>(12).fill(0), 0.2]);
  });
});
