import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { localSeconds } from "../../models/index.js";
import { RandomStream } from "../../runtime/index.js";
import type { MarketRound } from "../market/market-round.js";
import { observe, switchCooling, type Measured } from "../agents/watching.js";
import { moveSetpoints } from "../agents/price-response.js";
import { bid, control, coolAbstainers, createHouseholds, type Households } from "./households.js";
import { everybody, partFaults, takingPart, type TakingPart } from "./taking-part.js";

const HOUSES = 2;

function households(part: Partial<TakingPart>): Households {
  return createHouseholds(
    agents(housePlaces(HOUSES), 0),
    {
      ...{ behaviour: "corrected", startsAtLocalSeconds: localSeconds("2013-07-01 00:00:00"), variant: "pet" },
      ...{ marketSeconds: 300, bidSeconds: 298, inverterEfficiency: 0.9, givenPrices: [] },
    },
    { ...everybody(HOUSES), ...part },
  );
}

const vector = (value: number) => new Float64Array(HOUSES).fill(value);

const measured = (airF: number, pvKw: number): Measured => ({
  airTemperature: vector(airF),
  hvacLoad: vector(0),
  hvacPower: vector(4),
  houseLoad: vector(1),
  pvAvailable: vector(pvKw),
});

const round = (clearingPriceUsdPerKwh: number, lmpUsdPerKwh = clearingPriceUsdPerKwh) =>
  ({ clearingPriceUsdPerKwh, lmpUsdPerKwh, condition: "double-auction", totals: { rounds: 1 } }) as MarketRound;

function coolingAt(state: Households, airF: number, seconds: number): number[] {
  observe(state, measured(airF, 0), seconds);
  coolAbstainers(state);
  switchCooling(state, seconds);
  return [...state.cooling];
}

describe("households that take part in part", () => {
  it("who do not respond ask for all they need at any price, cool when they need to, and feed in all their sun", () => {
    const state = households({ responds: Uint8Array.of(1, 0) });
    observe(state, measured(90, 2), 3600);
    const bids = bid(state, measured(90, 2));
    assert.deepEqual([bids.role[1], bids.quantityKw[1], bids.trades[1]], ["none-participant", 0, false]);
    assert.ok(Math.abs(bids.uncoveredKw[1] - (1 + 4 - 0.9 * 2)) < 1e-12);
    assert.equal(bids.role[0], "buyer");
    control(state, { round: round(0.02), acceptedKw: vector(0) }, 3900);
    assert.deepEqual(coolingAt(state, 90, 3900), [0, 1], "the first one's bid was not accepted");
    assert.deepEqual([...state.pvSetpointKw].map(Number.isFinite), [true, false]);
    assert.deepEqual(coolingAt(state, 60, 3915), [0, 0]);
  });

  it("of whom nobody trades all follow their schedules", () => {
    const state = households({ trades: false });
    assert.deepEqual([...state.pvSetpointKw], [Infinity, Infinity]);
    assert.deepEqual(coolingAt(state, 90, 3600), [1, 1]);
    assert.deepEqual(coolingAt(state, 60, 3615), [0, 0]);
  });

  it("whose set-points answer to a price want less cooling when it is high, within their limits", () => {
    for (const demandResponse of ["clearing-price", "lmp"] as const) {
      const state = households({ demandResponse });
      observe(state, measured(70, 0), 3600);
      control(state, { round: round(0.5), acceptedKw: vector(0) }, 3900);
      const airF = state.basePointF[0] + state.agents[0].agent.deadbandF / 2 + 0.5;
      observe(state, measured(airF, 0), 3900);
      moveSetpoints(state);
      assert.equal(state.needed[0], 0);
      assert.equal(state.setpointF[0], state.basePointF[0] + state.agents[0].agent.offsetLimitF);
    }
    const deaf = households({ demandResponse: "lmp" });
    control(deaf, { round: round(0.5, 0.001), acceptedKw: vector(0) }, 300);
    assert.ok(deaf.offsetF[0] < 0, "the other price is not heard");
  });

  it("whose thermostats hold set-points serve their cooling from their own sun, accepted or not", () => {
    const pvKw = (part: Partial<TakingPart>) => {
      const state = households(part);
      observe(state, measured(90, 4), 3600);
      bid(state, measured(90, 4));
      control(state, { round: round(0.9), acceptedKw: vector(0) }, 3900);
      return state.pvSetpointKw[0];
    };
    assert.equal(pvKw({ control: "switch" }), 1);
    assert.ok(Math.abs(pvKw({ control: "setpoint" }) - 3.6) < 1e-12);
  });

  it("are drawn by the seed, exactly as many as the share says", () => {
    const names = Array.from({ length: 30 }, (_, i) => `house ${i}`);
    const drawn = (participation: number, seed: number) => {
      const stream = (name: string) => new RandomStream(seed, name);
      return [...takingPart({ houses: names, participation }, { stream }).responds];
    };
    for (const share of [0, 0.25, 0.5, 1])
      assert.equal(
        drawn(share, 1).reduce((sum, one) => sum + one, 0),
        Math.round(30 * share),
      );
    assert.deepEqual(drawn(0.5, 1), drawn(0.5, 1));
    assert.notDeepEqual(drawn(0.5, 1), drawn(0.5, 2));
  });

  it("cannot be more than all, nor learn prices that nobody bids", () => {
    const houses = ["a"];
    assert.deepEqual(
      partFaults({ houses, participation: 1.5 }).map(({ path, problem }) => `${path}: ${problem}`),
      ["params.participation: It is 1.5, but a share lies within 0 and 1."],
    );
    assert.equal(partFaults({ houses, participation: NaN }).length, 1);
    assert.equal(partFaults({ houses, trades: false, learning: {} })[0].path, "params.trades");
    assert.deepEqual(partFaults({ houses, trades: false }), []);
  });
});
