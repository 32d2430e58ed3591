import assert from "node:assert/strict";
import { bulkFile, feederConnections, feederScale } from "../../cases/neighbourhood/bulk.js";
import { needReference, readReferenceRows } from "../../testing/reference.js";
import { createBulk, dispatch, flow, setLoads, type BulkState } from "./bulk-system.js";

const ONE_FEEDER = feederConnections(1, feederScale(30));

function at(seconds: number, feederMw: number): BulkState {
  const state = createBulk(bulkFile(), ONE_FEEDER, "published");
  setLoads(state, seconds);
  dispatch(state, seconds, [{ feederMw, bid: undefined }]);
  flow(state, [feederMw]);
  return state;
}

describe("the bulk system of the PET case", () => {
  it("gives the recorded prices and voltages at instants without demand bids", function () {
    needReference(this);
    const rows = readReferenceRows("pemt/opf-vectors.csv").filter(row => row.bid_degree === "0");
    assert.ok(rows.length >= 2);
    for (const row of rows) {
      const state = at(Number(row.time_s), Number(row.feeder_MW));
      const [{ price, reading }] = state.feeders;
      assert.ok(Math.abs(price - Number(row.LMP_USD_per_MWh)) < 1e-3, `price ${price} at ${row.time_s}`);
      assert.ok(Math.abs(reading.voltagePu - Number(row.V7_pu)) < 6e-4);
    }
  });

  it("loses unit 3 from 108,000 to 154,800 s and gets it back", () => {
    const unit3 = (seconds: number) => at(seconds, 60).outputMw[2];
    assert.ok(unit3(107_985) > 0);
    assert.equal(unit3(108_285), 0);
    assert.equal(unit3(154_785), 0);
    assert.ok(unit3(155_085) > 0);
  });

  it("moves the balance to bus 9 when unit 2 is near its limit", () => {
    const state = at(140_400, 85);
    assert.ok(state.swingMoved);
    assert.equal(state.outputMw[1], 192);
  });

  it("serves responsive demand up to the price: less when dear", () => {
    const bid = {
      unresponsiveMw: 0.02,
      responsiveMaxMw: 0.01,
      degree: 2 as const,
      c2: -4000,
      c1: 100,
      servedMw: 0.005,
    };
    const served = (seconds: number) => {
      const state = createBulk(bulkFile(), ONE_FEEDER, "corrected");
      setLoads(state, seconds);
      dispatch(state, seconds, [{ feederMw: 50, bid }]);
      return state.feeders[0].responsiveMw;
    };
    assert.ok(served(3600) > 2);
    assert.ok(served(140_400) < 1e-6);
  });

  it("keeps unit outputs equal to load plus losses", () => {
    const state = at(50_000, 70);
    const generated = state.outputMw.reduce((a, b) => a + b, 0);
    const load = state.loadMw.reduce((a, b) => a + b, 0) + 70;
    assert.ok(Math.abs(generated - load - state.lossMw) < 1e-5);
  });
});
