import assert from "node:assert/strict";
import fc from "fast-check";
import type { HvacAgent } from "./hvac-agent.js";
import { actionOfPrice, priceOfAction } from "./price-action.js";
import { coolingValueUsdPerKwh, gainReward, publishedReward, tradeGain, type HouseTrade } from "./trading-reward.js";

const trade = (
  role: HouseTrade["bid"]["role"],
  priceUsdPerKwh: number,
  clearingPriceUsdPerKwh: number,
  acceptedKw = 2,
): HouseTrade => ({
  bid: { role, priceUsdPerKwh, quantityKw: 2 },
  clearingPriceUsdPerKwh,
  acceptedKw,
  valueUsdPerKwh: 0.05,
});

describe("what a learning household is rewarded for", () => {
  it("published: sellers for the price beyond 0.05 USD/kWh, buyers for a bid that wins", () => {
    const rewards = [
      publishedReward(trade("seller", 0.02, 0.06)),
      publishedReward(trade("seller", 0.02, 0.02)),
      publishedReward(trade("seller", 0.03, 0.02)),
      publishedReward(trade("buyer", 0.02, 0.02, 0)),
      publishedReward(trade("buyer", 0.01, 0.02)),
    ].map(value => Number(value.toFixed(12)));
    assert.deepEqual(rewards, [0.02, -0.06, -0.1, 1, -1]);
  });

  it("corrected: the gain of what was accepted, whatever the bid was", () => {
    assert.ok(Math.abs(tradeGain(trade("buyer", 9, 0.02)) - 0.06) < 1e-12);
    assert.ok(Math.abs(gainReward(trade("buyer", 9, 0.08)) + 6) < 1e-12);
    assert.ok(Math.abs(gainReward(trade("seller", 0.01, 0.03)) - 6) < 1e-12);
    assert.equal(gainReward(trade("buyer", 0.01, 0.02, 0)), 0);
    assert.equal(gainReward(trade("none-participant", 0, 0.02, 0)), 0);
  });

  it("never gives a price taker more than for bidding what cooling is worth", () => {
    const price = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(price, price, price, (value, bid, clearing) => {
        const gain = (priceUsdPerKwh: number) =>
          tradeGain({
            ...trade("buyer", priceUsdPerKwh, clearing, priceUsdPerKwh >= clearing ? 2 : 0),
            valueUsdPerKwh: value,
          });
        assert.ok(gain(bid) <= gain(value) + 1e-15);
      }),
    );
  });

  it("values cooling by the house's ramp: the mean price at the set-point, more when warmer, never below 0", () => {
    const agent = { offsetLimitF: 2, rampSigma: 2, priceCapUsdPerKwh: 1 } as HvacAgent;
    assert.equal(coolingValueUsdPerKwh(agent, 0), 0.02078);
    assert.ok(Math.abs(coolingValueUsdPerKwh(agent, 4) - (0.02078 + (4 * 2 * 0.01) / 4)) < 1e-15);
    assert.equal(coolingValueUsdPerKwh(agent, -50), 0);
  });
});

describe("the price of an action", () => {
  it("is a parabola through 0, 0.1 and 0.6 USD/kWh, within 0 and the cap", () => {
    assert.deepEqual(
      [-1, 0, 1].map(action => Number(priceOfAction(action, 1).toFixed(12))),
      [0, 0.1, 0.6],
    );
    assert.equal(priceOfAction(1, 0.4), 0.4);
    assert.ok(priceOfAction(-0.75, 1) >= 0);
  });

  it("is found again by its inverse", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.6, noNaN: true }), price => {
        assert.ok(Math.abs(priceOfAction(actionOfPrice(price), 1) - price) < 1e-12);
      }),
    );
    assert.equal(actionOfPrice(2), 1);
  });
});
