import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference, readReferenceColumns } from "../../testing/reference.js";
import {
  advanceBatteries,
  batteryRangeKw,
  type BatteryDescription,
  chargeLossPerKw,
  createBatteries,
  dcFromStoredKw,
  dischargeLossPerKw,
  setBatteryPower,
  storedFromDcKw,
} from "./battery.js";

const share = (min: number) => fc.double({ min, max: 1, noNaN: true });
const descriptions: fc.Arbitrary<BatteryDescription> = fc.record({
  capacityKwh: fc.double({ min: 0.5, max: 200, noNaN: true }),
  stateOfCharge: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  ratedKw: fc.double({ min: 0.1, max: 50, noNaN: true }),
  inverterEfficiency: share(0.5),
  roundTripEfficiency: share(0.3),
  minimumStateOfCharge: fc.double({ min: 0, max: 0.1, noNaN: true }),
  maximumStateOfCharge: share(0.9),
});
const orders = fc.array(fc.tuple(fc.double({ min: -80, max: 80, noNaN: true }), fc.integer({ min: 1, max: 3600 })), {
  minLength: 1,
  maxLength: 60,
});

describe("battery", () => {
  it("conserves energy: what crosses the meter is stored or lost, to the last watt-hour", () => {
    let worst = 0;
    fc.assert(
      fc.property(descriptions, orders, (description, steps) => {
        const batteries = createBatteries([description]);
        let meterKwh = 0;
        let lostKwh = 0;
        for (const [wantedKw, seconds] of steps) {
          setBatteryPower(batteries, 0, wantedKw, seconds);
          assert.ok(batteries.lossKw[0] >= -1e-12, "losses are never negative");
          meterKwh += (batteries.acKw[0] * seconds) / 3600;
          lostKwh += (batteries.lossKw[0] * seconds) / 3600;
          advanceBatteries(batteries, seconds);
        }
        const storedKwh = (batteries.stateOfCharge[0] - description.stateOfCharge) * description.capacityKwh;
        worst = Math.max(worst, Math.abs(meterKwh + storedKwh + lostKwh));
        assert.ok(worst < 1e-10);
        assert.ok(batteries.overrunKwh[0] < 1e-12, "a step as long as announced never runs past the bounds");
      }),
    );
    console.log(`      worst imbalance ${worst.toExponential(1)} kWh over up to 60 h (bound 1e-10)`);
  });

  it("stays within its rating and its bounds, and obeys when it can", () => {
    fc.assert(
      fc.property(descriptions, orders, (description, steps) => {
        const batteries = createBatteries([description]);
        for (const [wantedKw, seconds] of steps) {
          setBatteryPower(batteries, 0, wantedKw, seconds);
          const acKw = batteries.acKw[0];
          assert.ok(Math.abs(acKw) <= Math.min(description.ratedKw, Math.abs(wantedKw)) && acKw * wantedKw >= 0);
          advanceBatteries(batteries, seconds);
          const { minimumStateOfCharge = 0, maximumStateOfCharge = 1 } = description;
          assert.ok(
            batteries.stateOfCharge[0] >= minimumStateOfCharge && batteries.stateOfCharge[0] <= maximumStateOfCharge,
          );
        }
        batteries.stateOfCharge[0] = 0.5;
        setBatteryPower(batteries, 0, description.ratedKw / 2, 1);
        if (description.capacityKwh > description.ratedKw / 100)
          assert.equal(batteries.acKw[0], description.ratedKw / 2);
      }),
    );
  });

  it("loses at rated power what its round-trip efficiency says", () => {
    fc.assert(
      fc.property(share(0.3), fc.double({ min: 0.1, max: 50, noNaN: true }), (roundTrip, ratedKw) => {
        const charged = storedFromDcKw(ratedKw, chargeLossPerKw(ratedKw, roundTrip));
        const discharged = storedFromDcKw(-ratedKw, dischargeLossPerKw(ratedKw, roundTrip));
        assert.ok(Math.abs(charged / ratedKw - Math.sqrt(roundTrip)) < 1e-9);
        if (roundTrip > 0.26) assert.ok(Math.abs(-ratedKw / discharged - Math.sqrt(roundTrip)) < 1e-9);
        const dcKw = ratedKw / 3;
        const loss = chargeLossPerKw(ratedKw, roundTrip);
        assert.ok(Math.abs(dcFromStoredKw(storedFromDcKw(dcKw, loss), loss) - dcKw) < 1e-12 * ratedKw);
      }),
    );
  });

  it("owns up to energy that it did not have when a step outlasts its announcement", () => {
    const batteries = createBatteries([
      { capacityKwh: 1, stateOfCharge: 0.01, ratedKw: 3, inverterEfficiency: 1, roundTripEfficiency: 1 },
    ]);
    setBatteryPower(batteries, 0, 3, 6);
    advanceBatteries(batteries, 60);
    assert.equal(batteries.stateOfCharge[0], 0);
    assert.ok(Math.abs(batteries.overrunKwh[0] - 0.04) < 1e-12);
  });

  it("runs empty when the recorded battery of house A3 did", function () {
    needReference(this, "pemt/r2/inverter.csv.gz");
    const recorded = readReferenceColumns("pemt/r2/inverter.csv.gz").batt_inv_F0_house_A3;
    const batteries = createBatteries([
      { capacityKwh: 100, stateOfCharge: 0.5, ratedKw: 3, inverterEfficiency: 0.9, roundTripEfficiency: 0.81 },
    ]);
    const firstIdle = recorded.findIndex((watts, window) => window > 20 && watts === 0);
    let ours = 0;
    while (batteries.stateOfCharge[0] > 0) {
      setBatteryPower(batteries, 0, recorded[Math.min(ours, firstIdle - 2)] / 1000, 300);
      advanceBatteries(batteries, 300);
      ours++;
    }
    console.log(
      `      empty after ${((ours * 300) / 3600).toFixed(2)} h, recorded ${((firstIdle * 300) / 3600).toFixed(2)} h (bound 0.25 h)`,
    );
    assert.ok(Math.abs(ours - firstIdle) <= 3);
  });
});

describe("what a battery can take and give for a while", () => {
  const band = { low: 0.1, high: 0.9 };

  it("keeps it in its band, and more would not, unless the rating is the limit", () => {
    fc.assert(
      fc.property(descriptions, fc.integer({ min: 15, max: 3600 }), (battery, seconds) => {
        const { chargeKw, dischargeKw } = batteryRangeKw(battery, battery.stateOfCharge, band, seconds);
        for (const acKw of [-chargeKw, dischargeKw]) {
          const reached = after({ ...battery, minimumStateOfCharge: 0, maximumStateOfCharge: 1 }, acKw, seconds);
          assert.ok(reached >= band.low - 1e-9 && reached <= band.high + 1e-9, `${acKw} kW leads to ${reached}`);
          const isRated = Math.abs(acKw) > battery.ratedKw - 1e-9;
          assert.ok(isRated || Math.min(reached - band.low, band.high - reached) < 1e-9, `${acKw} kW leaves room`);
        }
      }),
      { numRuns: 2000 },
    );
  });

  function after(battery: BatteryDescription, acKw: number, seconds: number): number {
    const batteries = createBatteries([battery]);
    setBatteryPower(batteries, 0, acKw, seconds);
    advanceBatteries(batteries, seconds);
    return batteries.stateOfCharge[0];
  }
});
