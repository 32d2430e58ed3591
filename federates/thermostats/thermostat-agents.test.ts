import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { localSeconds } from "../../models/index.js";
import type { MarketRound } from "../market/market-round.js";
import { bid, createThermostatAgents, followSchedule, hearRound, type ThermostatAgents } from "./thermostat-agents.js";
import { moveSetpoints, type ResponsePrice } from "../agents/price-response.js";

const HOUSES = 3;
const MEAN = 0.02078;
const SIGMA = 0.01;

function thermostatAgents(responds = [1, 1, 1], demandResponse: ResponsePrice = "clearing-price"): ThermostatAgents {
  return createThermostatAgents(agents(housePlaces(HOUSES), 0), Uint8Array.from(responds), {
    ...{ behaviour: "corrected", startsAtLocalSeconds: localSeconds("2013-07-01 00:00:00"), trades: true },
    ...{ marketSeconds: 300, bidSeconds: 298, demandResponse },
  });
}

const roundAt = (clearingPriceUsdPerKwh: number, lmpUsdPerKwh = clearingPriceUsdPerKwh) =>
  ({ clearingPriceUsdPerKwh, lmpUsdPerKwh, totals: { rounds: 1 } }) as MarketRound;

const air = (airF: number) => new Float64Array(HOUSES).fill(airF);

describe("agents of thermostats", () => {
  it("bid what their units last drew at the price of their ramp; the rest of the feeder takes any price", () => {
    const state = thermostatAgents();
    followSchedule(state, Float64Array.of(4, 0, 3), 3600);
    followSchedule(state, Float64Array.of(0, 0, 3), 3615);
    const bids = bid(state, { airTemperature: air(75), hvacLoad: Float64Array.of(0, 0, 3), feederKw: 110 });
    assert.deepEqual(bids.role, ["buyer", "none-participant", "buyer", "none-participant"]);
    assert.deepEqual(bids.quantityKw, [4, 0, 3, 0]);
    assert.deepEqual(bids.uncoveredKw, [0, 0, 0, 110 - 3]);
    const { schedule, rampSigma, offsetLimitF } = state.agents[0].agent;
    const expected = MEAN + ((75 - schedule.nightF) * rampSigma * SIGMA) / (2 * offsetLimitF);
    assert.ok(Math.abs(bids.priceUsdPerKwh[0] - expected) < 1e-12);
  });

  it("never bid above the market's cap, nor for a feeder that gives more than it takes", () => {
    const state = thermostatAgents();
    followSchedule(state, air(3), 3600);
    const bids = bid(state, { airTemperature: air(1e6), hvacLoad: air(3), feederKw: -20 });
    assert.deepEqual(bids.priceUsdPerKwh.slice(0, HOUSES), [1, 1, 1]);
    assert.equal(bids.uncoveredKw[HOUSES], 0);
  });

  it("let set-points rise with the price, within their limit; a house whose bid wins is warmer than its new set-point", () => {
    for (const priceUsdPerKwh of [0.005, 0.02, 0.0215, 0.025, 0.5]) {
      const state = thermostatAgents();
      followSchedule(state, air(3), 3600);
      const airF = state.basePointF[0] + 0.7;
      const bids = bid(state, { airTemperature: air(airF), hvacLoad: air(3), feederKw: 50 });
      hearRound(state, roundAt(priceUsdPerKwh));
      moveSetpoints(state);
      assert.equal(Math.sign(state.offsetF[0]), Math.sign(priceUsdPerKwh - MEAN));
      assert.ok(Math.abs(state.offsetF[0]) <= state.agents[0].agent.offsetLimitF);
      if (Math.abs(state.offsetF[0]) < state.agents[0].agent.offsetLimitF)
        assert.equal(bids.priceUsdPerKwh[0] > priceUsdPerKwh, airF > state.setpointF[0]);
    }
  });

  it("who do not participate follow their schedule and do not bid", () => {
    const state = thermostatAgents([1, 0, 1]);
    followSchedule(state, air(3), 3600);
    hearRound(state, roundAt(0.4));
    moveSetpoints(state);
    assert.equal(state.setpointF[1], state.basePointF[1]);
    assert.ok(state.setpointF[0] > state.basePointF[0]);
    const bids = bid(state, { airTemperature: air(78), hvacLoad: air(3), feederKw: 50 });
    assert.deepEqual(bids.trades, [true, false, true, true]);
    assert.equal(bids.uncoveredKw[HOUSES], 50 - 6);
  });

  it("answer to the price that they listen to", () => {
    const offset = (response: ResponsePrice) => {
      const state = thermostatAgents([1, 1, 1], response);
      hearRound(state, roundAt(0.03, 0.01));
      return Math.sign(state.offsetF[0]);
    };
    assert.deepEqual([offset("clearing-price"), offset("lmp"), offset("off")], [1, -1, 0]);
  });

  it("say when a set-point has moved", () => {
    const state = thermostatAgents();
    followSchedule(state, air(0), 3600);
    assert.deepEqual([moveSetpoints(state), moveSetpoints(state)], [true, false]);
  });
});
