import assert from "node:assert/strict";
import fc from "fast-check";
import {
  coolingNeeded,
  type HvacAgent,
  nextBasePointF,
  priceOffsetF,
  rampPriceUsdPerKwh,
  scheduledF,
} from "./hvac-agent.js";
import {
  initialStatistics,
  observePrice,
  pooledStatistics,
  priceWindow,
  windowStatistics,
} from "./price-statistics.js";

/** House A0 of the 30-house cases. */
const agent: HvacAgent = {
  schedule: {
    ...{ wakeupStartH: 6.073, daylightStartH: 8.603, eveningStartH: 17.817, nightStartH: 22.635 },
    ...{ wakeupF: 79.292, daylightF: 84.875, eveningF: 79.784, nightF: 73.927 },
    ...{ weekendDayStartH: 8.383, weekendNightStartH: 23.058, weekendDayF: 82.334, weekendNightF: 73.136 },
  },
  ...{ deadbandF: 2.926, offsetLimitF: 2.142, rampSigma: 0.7178, priceCapUsdPerKwh: 1.04 },
};

describe("thermostat agent", () => {
  it("follows the weekday and weekend schedule; whole hours delay its changes", () => {
    const at = (hour: number, weekend = false) => scheduledF(agent.schedule, hour, weekend);
    assert.deepEqual([0, 6.08, 8.61, 17.9, 22.7].map(h => at(h)), [73.927, 79.292, 84.875, 79.784, 73.927]); // prettier-ignore
    assert.deepEqual([at(8.61), at(Math.floor(8.61)), at(9)], [84.875, 79.292, 84.875]);
    assert.deepEqual([0, 9, 23.1].map(h => at(h, true)), [73.136, 82.334, 73.136]); // prettier-ignore
  });

  it("moves the base point for changes above 0.1 degF only", () => {
    assert.equal(nextBasePointF(80, 80.1), 80);
    assert.equal(nextBasePointF(80, 80.2), 80.2);
  });

  it("wants cooling above the dead band, not below it, and keeps its mind inside", () => {
    const band = { setpointF: 75, deadbandF: 2 };
    const wants = [76.1, 75.5, 74.5, 73.9].map(airF => [
      coolingNeeded(true, airF, band),
      coolingNeeded(false, airF, band),
    ]);
    assert.deepEqual(wants, [[true, true], [true, false], [true, false], [false, false]]); // prettier-ignore
  });

  it("prices 1.5 degF of excess by its ramp: 0.0025 $/kWh above the mean for house A0", () => {
    const price = rampPriceUsdPerKwh(agent, 1.5, initialStatistics);
    assert.ok(Math.abs(price - (0.02078 + (1.5 * 0.7178 * 0.01) / 4.284)) < 1e-15);
    assert.equal(rampPriceUsdPerKwh(agent, -100, initialStatistics), 0);
    assert.equal(rampPriceUsdPerKwh(agent, 1e6, initialStatistics), 1.04);
  });

  it("moves the set-point back by as much as the ramp would bid, within its limit", () => {
    const check = fc.property(fc.double({ min: -2, max: 2, noNaN: true }), excessF => {
      const price = rampPriceUsdPerKwh(agent, excessF, initialStatistics);
      assert.ok(Math.abs(priceOffsetF(agent, price, initialStatistics) - excessF) < 1e-9);
    });
    fc.assert(check);
    assert.equal(priceOffsetF(agent, 9, initialStatistics), 2.142);
    assert.equal(priceOffsetF(agent, 9, { mean: 1, sigma: 0 }), 0);
  });
});

describe("price statistics", () => {
  it("are the published constants until two prices are known", () => {
    assert.deepEqual(windowStatistics(observePrice(priceWindow(3), 5)), { mean: 0.02078, sigma: 0.01 });
  });

  it("are mean and sample deviation over the last prices only", () => {
    const window = [100, 1, 2, 4].reduce(observePrice, priceWindow(3));
    assert.deepEqual(window.pricesUsdPerKwh, [1, 2, 4]);
    const { mean, sigma } = windowStatistics(window);
    assert.ok(Math.abs(mean - 7 / 3) < 1e-15 && Math.abs(sigma - Math.sqrt(7 / 3)) < 1e-15);
  });

  it("pooled with what is taken for the missing prices, are those of a window that holds the prior's two points", () => {
    const pooled = pooledStatistics([0.03, 0.05].reduce(observePrice, priceWindow(6)), { mean: 0.02, sigma: 0.01 });
    const whole = [0.03, 0.05, 0.01, 0.03, 0.01, 0.03];
    const mean = whole.reduce((sum, price) => sum + price, 0) / 6;
    const variance = whole.reduce((sum, price) => sum + (price - mean) * (price - mean), 0) / 6;
    assert.ok(Math.abs(pooled.mean - mean) < 1e-15 && Math.abs(pooled.sigma - Math.sqrt(variance)) < 1e-15);
    assert.deepEqual(pooledStatistics(priceWindow(288)), { mean: 0.02078, sigma: 0.01 });
    assert.equal(pooledStatistics([7, 7].reduce(observePrice, priceWindow(2))).sigma, 0);
  });
});
