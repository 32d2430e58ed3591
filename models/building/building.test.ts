import assert from "node:assert/strict";
import fc from "fast-check";
import { localSeconds } from "../calendar.js";
import type { ModelError } from "../model-error.js";
import { advanceBuilding, type Building, type BuildingConditions, createBuilding, updateBuilding } from "./building.js";
import { setpointShiftF } from "./price-response.js";
import { primarySchool } from "./primary-school.js";

const site = { latitudeDeg: 32, longitudeDeg: -112, standardMeridianDeg: -105, daylightSavingHours: 0 };

function school(start: "steady" | "published" = "steady", clock = "2013-07-01 00:00"): Building {
  return createBuilding(primarySchool, { site, startsAtLocalSeconds: localSeconds(clock), start });
}

function conditions(seconds: number, changes: Partial<BuildingConditions> = {}): BuildingConditions {
  const hour = (seconds / 3600) % 24;
  return {
    simulatedSeconds: seconds,
    holdSeconds: 300,
    outdoorF: 90 - 12 * Math.cos(((hour - 3) / 12) * Math.PI),
    directNormalWPerSqft: hour > 6 && hour < 19 ? 60 : 0,
    diffuseHorizontalWPerSqft: hour > 6 && hour < 19 ? 12 : 0,
    clearingPriceUsdPerKwh: 0.02,
    ...changes,
  };
}

function run(building: Building, hours: number, changes: Partial<BuildingConditions> = {}): number {
  let energyKwh = 0;
  for (let seconds = 0; seconds < hours * 3600; seconds += 300) {
    updateBuilding(building, conditions(seconds, changes));
    energyKwh += building.report.demandW / 1000 / 12;
    advanceBuilding(building, 300);
  }
  return energyKwh;
}

describe("building", () => {
  it("shifts its set-point with the price by 25 degF a USD/kWh above 0.02, at most 4 degF", () => {
    assert.equal(setpointShiftF(0.02), 0);
    assert.ok(Math.abs(setpointShiftF(0.0148127) + 0.1296825) < 1e-9, "the recorded shift of the third step");
    assert.equal(setpointShiftF(1), 4);
    assert.equal(setpointShiftF(-1), -4);
  });

  it("names every fault of its description", () => {
    const weekday = [{ ...primarySchool.weekday[0], fromHour: 6 }];
    const bad = { ...primarySchool, coolingCop: 0, fanKw: -1, initialAirC: NaN, weekday };
    assert.throws(
      () => createBuilding(bad, { site, startsAtLocalSeconds: 0, start: "steady" }),
      (error: ModelError) =>
        error.code === "MODEL_BUILDING" && error.faults.length === 4 && /coolingCop is 0\. Give/.test(error.message),
    );
  });

  it("meets its set-point by day and by night once it needs cooling", () => {
    const building = school();
    run(building, 15);
    assert.ok(Math.abs(building.airC - 24) < 1e-9);
    assert.equal(building.report.setpointF, 75.2);
    assert.ok(Math.abs(building.report.indoorF - 75.2) < 1e-9);
    run(building, 8, { simulatedSeconds: 21 * 3600 });
    assert.ok(Math.abs(building.airC - 27) < 1e-9);
    assert.ok(building.report.hvacW > 0 && building.report.occupants === 0);
  });

  it("balances its heat: what flows in and is not cooled away warms air and mass", () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 115, noNaN: true }), fc.integer({ min: 0, max: 287 }), (outdoorF, step) => {
        const building = school();
        const start = conditions(step * 300, { outdoorF, directNormalWPerSqft: 0, diffuseHorizontalWPerSqft: 0 });
        updateBuilding(building, start);
        const { airC, massC } = building;
        const loss = primarySchool.lossKwPerK + (building.isVentilated ? primarySchool.ventilationKwPerK : 0);
        const gains = (primarySchool.baseHeatShare * (building.report.demandW - building.report.hvacW)) / 1000;
        let inflowKwh = 0;
        for (let second = 0; second < 300; second++) {
          const before = building.airC;
          advanceBuilding(building, 1);
          const meanC = (before + building.airC) / 2;
          inflowKwh += (loss * ((outdoorF - 32) / 1.8 - meanC) + gains - building.report.coolingW / 1000) / 3600;
        }
        const storedKwh =
          primarySchool.airKwhPerK * (building.airC - airC) + primarySchool.massKwhPerK * (building.massC - massC);
        assert.ok(Math.abs(inflowKwh - storedKwh) < 1e-3);
      }),
    );
  });

  it("uses less when the price is high and more when it is low", () => {
    const [cheap, normal, dear] = [0, 0.02, 0.2].map(price => run(school(), 24, { clearingPriceUsdPerKwh: price }));
    assert.ok(cheap > normal && normal > dear);
  });

  it("stays at its night level on a Saturday and on the fourth of July, without the lights outside while the sun is up", () => {
    for (const day of ["2013-07-06 00:00", "2013-07-04 00:00"]) {
      for (const [hours, baseW] of [
        [5, 49_000],
        [12, 40_300],
        [21, 48_700],
      ]) {
        const building = school("steady", day);
        run(building, hours);
        assert.equal(building.report.scheduleF, 80.6);
        assert.ok(Math.abs(building.report.demandW - building.report.hvacW - baseW) < 1e-6);
      }
    }
  });

  it("reports as the recorded run did when asked to: 75 kW, nothing, then two steps late", () => {
    const [steady, published] = [school("steady"), school("published")];
    assert.equal(published.report.loadW, 75_000);
    const demands: number[] = [];
    const reports: number[] = [];
    for (let step = 0; step < 100; step++) {
      for (const building of [steady, published]) {
        updateBuilding(building, conditions(step * 300));
        advanceBuilding(building, 300);
      }
      demands.push(steady.report.loadW);
      reports.push(published.report.loadW);
    }
    assert.deepEqual(reports, [0, demands[0], ...demands.slice(0, 98)]);
  });

  it("goes on bit for bit after it was encoded and decoded, and with any division of a step", () => {
    const whole = school("published");
    let decoded = school("published");
    for (let step = 0; step < 288; step++) {
      updateBuilding(whole, conditions(step * 300));
      updateBuilding(decoded, conditions(step * 300));
      decoded = structuredClone(decoded);
      const split = structuredClone(whole);
      advanceBuilding(whole, 300);
      advanceBuilding(decoded, 300);
      for (const seconds of [7, 93, 200]) advanceBuilding(split, seconds);
      assert.ok(Math.abs(split.airC - whole.airC) < 1e-9 && Math.abs(split.massC - whole.massC) < 1e-9);
      decoded = structuredClone(decoded);
    }
    assert.deepEqual(decoded, whole);
  });
});
