import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { localSeconds } from "../../models/index.js";
import type { MarketRound } from "../market/market-round.js";
import { observe, switchCooling, type Measured } from "../agents/watching.js";
import { bid, control, createHouseholds, type Households } from "./households.js";

const MONDAY = localSeconds("2013-07-01 00:00:00");

function households(behaviour: "published" | "corrected"): Households {
  return createHouseholds(agents(housePlaces(2), 0), {
    behaviour,
    startsAtLocalSeconds: MONDAY,
    marketSeconds: 300,
    bidSeconds: 298,
    inverterEfficiency: 0.9,
    variant: "pet",
    givenPrices: [],
  });
}

const measured = (airF: number, pvKw: number): Measured => ({
  airTemperature: Float64Array.of(airF, airF),
  hvacLoad: Float64Array.of(0, 0),
  hvacPower: Float64Array.of(4, 4),
  houseLoad: Float64Array.of(1, 1),
  pvAvailable: Float64Array.of(pvKw, pvKw),
});

const round = (acceptedKw: number, price: number) => ({
  acceptedKw: Float64Array.of(acceptedKw, acceptedKw),
  round: roundAt(price),
});

const roundAt = (price: number): MarketRound => ({
  clearingPriceUsdPerKwh: price,
  clearingType: 4,
  clearedKw: 0,
  condition: "double-auction",
  lmpUsdPerKwh: price,
  consumerSurplusUsd: 0,
  averageConsumerSurplusUsd: 0,
  supplierSurplusUsd: 0,
  publishedMarginalKw: 0,
  publishedMarginalFraction: 0,
  served: { buyers: 0, sellers: 0 },
  unservedKw: 0,
  congestion: { priceUsdPerKwh: 0, rentUsd: 0 },
  statistics: { meanUsdPerKwh: price, deviationUsdPerKwh: 0 },
  totals: { rounds: 1, clearedKwh: 0, servedBids: 0, unservedKwh: 0, congestionRentUsd: 0 },
});

describe("households", () => {
  it("want cooling above the dead band, go on inside it, stop below it", () => {
    const state = households("corrected");
    const night = state.agents[0].agent.schedule.nightF;
    const half = state.agents[0].agent.deadbandF / 2;
    const needs = [night + half + 0.1, night, night - half - 0.1, night].map(airF => {
      observe(state, measured(airF, 0), 3600);
      return state.needed[0];
    });
    assert.deepEqual(needs, [1, 1, 0, 0]);
  });

  it("change the set-point at the minute of their schedule when corrected, at the next whole hour when published", () => {
    const { daylightStartH, daylightF, wakeupF } = households("corrected").agents[0].agent.schedule;
    const basePoint = (behaviour: "published" | "corrected", hour: number) => {
      const state = households(behaviour);
      observe(state, measured(80, 0), hour * 3600);
      return state.basePointF[0];
    };
    const after = daylightStartH + 0.05;
    assert.equal(basePoint("corrected", after), daylightF);
    assert.equal(basePoint("published", after), wakeupF);
    assert.equal(basePoint("published", Math.ceil(after)), daylightF);
  });

  it("bid their own cooling power when corrected, 3 kW when published", () => {
    const quantity = (behaviour: "published" | "corrected") => {
      const state = households(behaviour);
      observe(state, measured(90, 0), 3600);
      return bid(state, measured(90, 0)).quantityKw[0];
    };
    assert.equal(quantity("corrected"), 4);
    assert.equal(quantity("published"), 3);
  });

  it("sell whole packets of what the sun leaves over, and never tell the inverter to give more than it can", () => {
    const state = households("corrected");
    observe(state, measured(60, 6), 43_200);
    const { role, quantityKw } = bid(state, measured(60, 6));
    assert.equal(role[0], "seller");
    assert.equal(quantityKw[0], 4);
    control(state, round(4, 0.02), 43_500);
    assert.ok(state.pvSetpointKw[0] <= 6 * 0.9);
    assert.equal(state.pvSetpointKw[0], 5);
  });

  it("cool for the share of the period that was accepted", () => {
    const state = households("corrected");
    observe(state, measured(90, 0), 3600);
    bid(state, measured(90, 0));
    control(state, round(2, 0.02), 3900);
    const cooling = [3900, 4035, 4050, 4200].map(seconds => {
      switchCooling(state, seconds);
      return state.cooling[0];
    });
    assert.deepEqual(cooling, [1, 1, 0, 0]);
  });

  it("learn the price: after rounds the mean and deviation move when corrected only", () => {
    const price = (behaviour: "published" | "corrected") => {
      const state = households(behaviour);
      observe(state, measured(90, 0), 3600);
      for (let k = 0; k < 3; k++) {
        bid(state, measured(90, 0));
        control(state, round(3, 0.1 + k / 10), 3900 + 300 * k);
      }
      return bid(state, measured(90, 0)).priceUsdPerKwh[0];
    };
    assert.ok(price("corrected") > 0.2);
    assert.ok(price("published") < 0.1);
  });
});
