import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelError } from "../model-error.js";
import { advanceFleet, createFleet, PARKED_FOR_GOOD_S, updateFleet, type VehicleDescription } from "./fleet.js";

const plain: VehicleDescription = {
  name: "v",
  capacityKwh: 50,
  stateOfCharge: 0.5,
  ratedKw: 5,
  chargeEfficiency: 0.9,
  dischargeEfficiency: 0.8,
  trips: [{ departS: 3600, arriveS: 7200, energyKwh: 10 }],
};

const trips = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 1, max: 9000 }),
      fc.double({ min: 0, max: 40, noNaN: true }),
    ),
    { maxLength: 5 },
  )
  .map(drawn => {
    let time = 0;
    return drawn.map(([wait, length, energyKwh]) => {
      const departS = time + wait;
      time = departS + length;
      return { departS, arriveS: time, energyKwh };
    });
  });

describe("vehicles", () => {
  it("charge and feed at home through their efficiencies, and drive in between", () => {
    const fleet = createFleet([plain]);
    assert.deepEqual([fleet.isHome[0], fleet.changesInS[0]], [1, 3600]);
    fleet.commandKw[0] = 4;
    updateFleet(fleet, 0, 3600);
    assert.ok(Math.abs(fleet.meterKw[0] - 4 / 0.9) < 1e-12);
    advanceFleet(fleet, 0, 3600);
    updateFleet(fleet, 3600, 3600);
    assert.deepEqual([fleet.energyKwh[0], fleet.isHome[0], fleet.meterKw[0], fleet.drivingKw[0]], [29, 0, 0, 10]);
    advanceFleet(fleet, 3600, 7200);
    fleet.commandKw[0] = -3;
    updateFleet(fleet, 7200, 3600);
    assert.equal(fleet.energyKwh[0], 19);
    assert.ok(Math.abs(fleet.meterKw[0] + 2.4) < 1e-12);
    assert.equal(fleet.changesInS[0], PARKED_FOR_GOOD_S);
  });

  it("what was charged less what was driven is what the battery holds, whatever the steps, to 1e-9 kWh", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.double({ min: -9, max: 9, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(trips, steps, (ways, orders) => {
        const fleet = createFleet([{ ...plain, trips: ways }]);
        let [seconds, chargedKwh] = [0, 0];
        for (const [length, commandKw] of orders) {
          fleet.commandKw[0] = commandKw;
          updateFleet(fleet, seconds, length);
          assert.ok(Math.abs(fleet.batteryKw[0]) <= plain.ratedKw);
          chargedKwh += (fleet.batteryKw[0] * length) / 3600;
          advanceFleet(fleet, seconds, seconds + length);
          seconds += length;
          assert.ok(fleet.energyKwh[0] >= 0 && fleet.energyKwh[0] <= plain.capacityKwh);
        }
        const drivenKwh = ways.reduce((sum, { departS, arriveS, energyKwh }) => {
          const share = Math.min(Math.max((seconds - departS) / (arriveS - departS), 0), 1);
          return sum + share * energyKwh;
        }, 0);
        const heldKwh = 25 + chargedKwh - drivenKwh + fleet.missingKwh[0];
        assert.ok(Math.abs(fleet.energyKwh[0] - heldKwh) < 1e-9, `${fleet.energyKwh[0]} kWh, expected ${heldKwh}`);
      }),
      { numRuns: 3000 },
    );
  });

  it("neither overfill nor empty a battery within the step for which powers are held", () => {
    for (const [stateOfCharge, commandKw] of [
      [0.999, 5],
      [0.001, -5],
    ]) {
      const fleet = createFleet([{ ...plain, stateOfCharge, trips: [] }]);
      fleet.commandKw[0] = commandKw;
      updateFleet(fleet, 0, 900);
      advanceFleet(fleet, 0, 900);
      assert.ok(Math.abs(fleet.energyKwh[0] - (commandKw > 0 ? 50 : 0)) < 1e-12);
    }
  });

  it("that cannot be are refused with name, value and cure, all at once", () => {
    const bad = [
      { ...plain, name: "a", ratedKw: -5 },
      { ...plain, name: "b", stateOfCharge: 1.2, chargeEfficiency: 0 },
      { ...plain, name: "c", trips: [plain.trips[0], { departS: 7000, arriveS: 8000, energyKwh: NaN }] },
    ];
    assert.throws(
      () => createFleet(bad),
      (error: ModelError) => {
        assert.equal(error.code, "MODEL_VEHICLES");
        assert.equal(error.faults.length, 5);
        assert.match(error.faults[0], /^a: ratedKw is -5\. Give a number above 0\./);
        assert.match(error.faults[3], /^c: trip 1 lasts from 7000 to 8000 s\. Give trips in order/);
        return true;
      },
    );
  });
});
