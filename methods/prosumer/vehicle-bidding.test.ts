import assert from "node:assert/strict";
import { chargeOfTrade, chargeRange, priceHistory, vehicleOrders } from "./vehicle-bidding.js";

const car = { chargeEfficiency: 0.9, dischargeEfficiency: 0.8 };
const home = { stateOfCharge: 0.5, isHome: true, changesInS: 9000, ...car };
const taste = { buyQuartileRatio: 0.3, anyPriceUsdPerKwh: 1 };

describe("a vehicle's agent", () => {
  it("chooses from a range by state of charge, and from none while away or about to leave", () => {
    const range = (stateOfCharge: number) => Object.values(chargeRange({ ...home, stateOfCharge }, 300));
    assert.deepEqual([0.95, 0.9].map(range), [
      [-5, 0],
      [-5, 0],
    ]);
    assert.deepEqual([0.89, 0.3].map(range), [
      [-5, 5],
      [-5, 5],
    ]);
    assert.deepEqual([0.29, 0.2].map(range), [
      [0, 5],
      [0, 5],
    ]);
    assert.deepEqual([0.19, 0].map(range), [
      [2.5, 5],
      [2.5, 5],
    ]);
    for (const change of [{ isHome: false }, { changesInS: 299 }])
      assert.deepEqual(chargeRange({ ...home, ...change }, 300), { lowKw: 0, highKw: 0 });
  });

  it("knows mean, quartile range and last half hour of a day's prices, and nothing before there is a day", () => {
    assert.equal(priceHistory([1, 2, 3], 4), undefined);
    // Of 1 … 8 the quartiles are 2.75 and 6.25; the last half hour has the last six.
    assert.deepEqual(priceHistory([99, 8, 1, 7, 2, 6, 3, 5, 4], 8), {
      dayMean: 4.5,
      dayQuartileRange: 3.5,
      halfHourMean: 27 / 6,
    });
  });

  it("buys below the day's mean by a part of the quartile range, sells above that and above the last half hour", () => {
    const history = { dayMean: 0.03, dayQuartileRange: 0.02, halfHourMean: 0.05 };
    const { buy, sell } = vehicleOrders({ lowKw: -5, highKw: 5 }, car, history, taste);
    assert.ok(Math.abs(buy.priceUsdPerKwh - 0.024) < 1e-15 && Math.abs(sell.priceUsdPerKwh - 0.052) < 1e-15);
    assert.ok(Math.abs(buy.quantityKw - 5 / 0.9) < 1e-12 && Math.abs(sell.quantityKw - 4) < 1e-12);
    const calm = vehicleOrders({ lowKw: -5, highKw: 5 }, car, { ...history, halfHourMean: 0.01 }, taste);
    assert.ok(Math.abs(calm.sell.priceUsdPerKwh - 0.025) < 1e-15);
    assert.equal(vehicleOrders({ lowKw: -5, highKw: 0 }, car, history, taste).buy.quantityKw, 0);
    assert.equal(vehicleOrders({ lowKw: 0, highKw: 5 }, car, history, taste).sell.quantityKw, 0);
  });

  it("buys what it must at any price, also before it knows prices, and nothing else then", () => {
    const must = vehicleOrders({ lowKw: 2.5, highKw: 5 }, car, undefined, taste);
    assert.equal(must.buy.priceUsdPerKwh, 1);
    assert.equal(must.sell.quantityKw, 0);
    const may = vehicleOrders({ lowKw: -5, highKw: 5 }, car, undefined, taste);
    assert.deepEqual([may.buy.quantityKw, may.sell.quantityKw], [0, 0]);
  });

  it("charges with what it bought less what it sold", () => {
    assert.ok(Math.abs(chargeOfTrade(5 / 0.9, 0, car) - 5) < 1e-12);
    assert.ok(Math.abs(chargeOfTrade(0, 4, car) + 5) < 1e-12);
    assert.equal(chargeOfTrade(2, 2, car), 0);
  });
});
