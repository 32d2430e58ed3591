import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference } from "../../testing/reference.js";
import { followLoad, type Thresholds } from "./load-following.js";
import { readSnapshot, realPart } from "./testing/reference-snapshot.js";

function thresholds(chargeOn: number, chargeOff: number, dischargeOff: number, dischargeOn: number): Thresholds {
  return {
    chargeOnKw: Float64Array.of(chargeOn),
    chargeOffKw: Float64Array.of(chargeOff),
    dischargeOffKw: Float64Array.of(dischargeOff),
    dischargeOnKw: Float64Array.of(dischargeOn),
  };
}

const bands = thresholds(1.5, 1.7, 2, 4);

describe("load following", () => {
  it("levels the meter at the threshold that it crossed", () => {
    assert.equal(followLoad(bands, 0, 1, 0), -0.5, "charges up to charge on");
    assert.equal(followLoad(bands, 0, 6, 0), 2, "discharges down to discharge on");
    assert.equal(followLoad(bands, 0, 1.6, 0), 0);
    assert.equal(followLoad(bands, 0, 1.8, 0), 0);
    assert.equal(followLoad(bands, 0, 3, 0), 0);
  });

  it("goes on between on and off, and stops beyond", () => {
    assert.equal(followLoad(bands, 0, 1.1, -0.5), -0.5, "the meter shows 1.6");
    assert.equal(followLoad(bands, 0, 1.6, -0.5), 0, "the meter shows 2.1, and 1.6 without charging");
    assert.equal(followLoad(bands, 0, 5, 2), 2, "the meter shows 3");
    assert.equal(followLoad(bands, 0, 3.9, 2), 0, "the meter shows 1.9, and 3.9 without discharging");
  });

  it("passes through idle when the load swings from one end to the other", () => {
    assert.equal(followLoad(bands, 0, 6, -1), 2);
    assert.equal(followLoad(bands, 0, 0.5, 2), -1);
  });

  it("settles: asked again with its own answer it answers the same", () => {
    const kw = fc.double({ min: 0, max: 10, noNaN: true });
    const last = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(kw, { minLength: 4, maxLength: 4 }), kw, last, (bounds, loadKw, lastKw) => {
        const [a, b, c, d] = [...bounds].sort((x, y) => x - y);
        const own = thresholds(a, b + 0.1, c + 0.2, d + 0.3);
        const settled = followLoad(own, 0, loadKw, lastKw);
        assert.ok(Math.abs(followLoad(own, 0, loadKw, settled) - settled) < 1e-12);
      }),
    );
  });

  it("holds what the recorded inverters of 30 houses held", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const { house, inverter } = readSnapshot().objects;
    let held = 0;
    for (const [name, fields] of Object.entries(house)) {
      const recorded = inverter[`batt_inv_${name}`];
      const kw = (field: string) => Number(recorded[field]) / 1000;
      const own = thresholds(
        kw("charge_on_threshold"),
        kw("charge_off_threshold"),
        kw("discharge_off_threshold"),
        kw("discharge_on_threshold"),
      );
      if (followLoad(own, 0, realPart(fields["panel.power"]), kw("P_Out")) === kw("P_Out")) held++;
    }
    console.log(`      ${held} of 30 inverters, 5 of them discharging and 2 idle beside a running unit`);
    assert.equal(held, 30);
  });
});
