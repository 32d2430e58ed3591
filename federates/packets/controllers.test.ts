import assert from "node:assert/strict";
import { localSeconds } from "../../models/index.js";
import { createControllers, lookAtHouses, obeyAnswers, type ControllerSetting } from "./controllers.js";
import { reportOf } from "./tally.js";

const SET_F = 80;
/** The same set-point all week. */
const schedule = {
  ...{ wakeupStartH: 6, daylightStartH: 8, eveningStartH: 17, nightStartH: 22 },
  ...{ wakeupF: SET_F, daylightF: SET_F, eveningF: SET_F, nightF: SET_F },
  ...{ weekendDayStartH: 8, weekendNightStartH: 22, weekendDayF: SET_F, weekendNightF: SET_F },
};
const SETTING: ControllerSetting = {
  behaviour: "corrected",
  startsAtLocalSeconds: localSeconds("2013-07-01 00:00:00"),
  packetSeconds: 6,
  timing: { meanTimeToRequestSeconds: 30, intervalSeconds: 2 },
  hasExitMode: true,
};

/** One house with a dead band of 4 °F, so from 78 to 82; it takes part between 78.5 and 81.5. */
function controller(change: Partial<ControllerSetting> = {}) {
  const state = createControllers([{ house: "h", agent: { schedule, deadbandF: 4 } }], { ...SETTING, ...change });
  const look = (seconds: number, airF: number, draw: number, drawsKw = 0) =>
    lookAtHouses(
      state,
      { airTemperature: Float64Array.of(airF), hvacLoad: Float64Array.of(drawsKw), hvacPower: Float64Array.of(4) },
      seconds,
      () => draw,
    );
  const answer = (seconds: number, accepted: boolean) =>
    obeyAnswers(state, [{ packet: "answer", house: "h", accepted, estimateW: 0, measuredW: 0 }], seconds);
  return { state, look, answer };
}

const [ASKS, SILENT] = [0, 0.999];

describe("a packet controller", () => {
  it("asks when the draw is below its probability, names its power, and cools for one packet after a yes", () => {
    const { state, look, answer } = controller();
    assert.deepEqual(look(0, SET_F, SILENT).requests, []);
    const request = { packet: "request", house: "h", powerW: 4000, drawingW: 0, seconds: 6 };
    assert.deepEqual(look(2, SET_F, ASKS).requests, [request]);
    assert.equal(answer(2, true), true);
    const seen = [4, 6, 8].map(seconds => {
      const { requests, expiries } = look(seconds, SET_F, ASKS, 4);
      return [state.cooling[0], requests.length, expiries];
    });
    assert.deepEqual(seen, [
      [1, 0, []],
      [1, 0, []],
      [0, 1, [{ packet: "expiry", house: "h", deliveredSeconds: 6 }]],
    ]);
  });

  it("stays off after a no, and asks again", () => {
    const { state, look, answer } = controller();
    look(2, SET_F, ASKS);
    assert.equal(answer(2, false), false);
    assert.equal(state.cooling[0], 0);
    assert.equal(look(4, SET_F, ASKS).requests.length, 1);
  });

  it("goes without a break from one packet to the next when the answer comes at once", () => {
    const { state, look, answer } = controller();
    look(0, SET_F, ASKS);
    answer(0, true);
    assert.equal(look(6, SET_F, ASKS, 4).requests[0].drawingW, 4000);
    answer(6, true);
    assert.equal(state.cooling[0], 1);
  });

  it("leaves the scheme outside its dead band: cools above, cuts a packet short below, listens to no answer", () => {
    const { state, look, answer } = controller();
    assert.deepEqual(look(0, 82.5, ASKS).requests, []);
    assert.equal(state.cooling[0], 1);
    answer(0, false);
    assert.equal(state.cooling[0], 1);
    look(2, SET_F, ASKS);
    answer(2, true);
    assert.deepEqual(look(4, 77.9, ASKS).expiries, [{ packet: "expiry", house: "h", deliveredSeconds: 2 }]);
    assert.equal(state.cooling[0], 0);
  });

  it("corrected, stops cooling when it takes part again; published, goes on", () => {
    const cooling = (["corrected", "published"] as const).map(behaviour => {
      const { state, look } = controller({ behaviour });
      look(0, 82.5, SILENT);
      look(2, 81.6, SILENT);
      const before = state.cooling[0];
      look(4, 81.4, SILENT);
      return [before, state.cooling[0]];
    });
    assert.deepEqual(cooling, [
      [1, 0],
      [1, 1],
    ]);
  });

  it("without exit mode asks at every look above its band and never cools by itself", () => {
    const { state, look } = controller({ hasExitMode: false });
    assert.equal(look(0, 95, SILENT).requests.length, 1);
    assert.equal(look(2, 70, ASKS).requests.length, 0);
    assert.equal(state.cooling[0], 0);
  });

  it("published, asks for what its unit drew last, 3 kW at first", () => {
    const { look } = controller({ behaviour: "published" });
    assert.equal(look(0, SET_F, ASKS).requests[0].powerW, 3000);
    assert.equal(look(2, SET_F, ASKS, 4.25).requests[0].powerW, 4250);
    assert.equal(look(4, SET_F, ASKS).requests[0].powerW, 4250);
  });

  it("ignores an answer to a house that it does not know", () => {
    const { state } = controller();
    const stray = { packet: "answer", house: "other", accepted: true, estimateW: 0, measuredW: 0 } as const;
    assert.equal(obeyAnswers(state, [stray], 0), false);
  });

  it("counts a window: ratios per house and look, and 1 accepted of 2", () => {
    const { state, look, answer } = controller();
    look(0, SET_F, ASKS);
    answer(0, false);
    look(2, SET_F, ASKS);
    answer(2, true);
    look(4, SET_F, ASKS);
    const report = reportOf(state.tally, 1);
    const p = 1 - Math.exp(-2 / 30);
    assert.ok(Math.abs(report.requestProbability - p) < 1e-15);
    const counts = { requests: 2, accepted: 1, requestRatio: 2 / 3, acceptedRatio: 0.5, onRatio: 1 / 3 };
    assert.deepEqual({ ...report, requestProbability: 0 }, { ...counts, requestProbability: 0 });
    const nothing = { requests: 0, accepted: 0, requestRatio: 0, acceptedRatio: 1, requestProbability: 0, onRatio: 0 };
    assert.deepEqual(
      reportOf({ ...state.tally, looks: 0, requests: 0, chances: 0, cooling: 0, accepted: 0 }, 1),
      nothing,
    );
  });
});
