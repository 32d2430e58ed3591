import assert from "node:assert/strict";
import { needReference, readReferenceColumns } from "../../testing/reference.js";
import { referenceSite, referenceStart } from "../premises/testing/reference-premises.js";
import { advanceBuilding, createBuilding, updateBuilding } from "./building.js";
import { primarySchool } from "./primary-school.js";

const STEPS_PER_DAY = 288;
const REPORTING_LAG_STEPS = 2;
const RECORDED_STEPS = 2 * STEPS_PER_DAY - 1;
/** The last price that reached the school before its market stopped after one hour; 0.001 more would move the set-point by 0.025 degF. */
const FROZEN_PRICE_USD_PER_KWH = 0.0153;
const METER_OWN_W = 1;

/** Demands of two days, kW in steps of 5 min from midnight, each as reported two steps later. */
function twoDays(): { ours: number[]; recorded: number[] } {
  const weather = readReferenceColumns("pemt/weather.csv");
  const samples = readReferenceColumns("pemt/r2/school-load.csv.gz").real_power_W;
  const school = createBuilding(primarySchool, {
    site: referenceSite,
    startsAtLocalSeconds: referenceStart,
    start: "published",
  });
  const ours: number[] = [];
  const recorded: number[] = [];
  for (let step = 0; step < RECORDED_STEPS; step++) {
    updateBuilding(school, {
      simulatedSeconds: step * 300,
      holdSeconds: 300,
      outdoorF: weather.temperature_degF[step],
      directNormalWPerSqft: weather.direct_normal_W_per_ft2[step],
      diffuseHorizontalWPerSqft: weather.diffuse_horizontal_W_per_ft2[step],
      clearingPriceUsdPerKwh: FROZEN_PRICE_USD_PER_KWH,
    });
    advanceBuilding(school, 300);
    if (step < REPORTING_LAG_STEPS) continue;
    ours.push(school.report.loadW / 1000);
    recorded.push((samples[(step + 1) * 5] - METER_OWN_W) / 1000);
  }
  return { ours, recorded };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rms(errors: readonly number[]): number {
  return Math.sqrt(mean(errors.map(error => error * error)));
}

function hourly(values: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(values.length / 12) }, (_, hour) =>
    mean(values.slice(12 * hour, 12 * hour + 12)),
  );
}

describe("recorded school", () => {
  it("has the load of the fitted day and of the day after, which was not fitted", function () {
    needReference(this, "pemt/r2/school-load.csv.gz");
    const { ours, recorded } = twoDays();
    const [fitted, unseen] = [
      [0, STEPS_PER_DAY],
      [STEPS_PER_DAY, RECORDED_STEPS - REPORTING_LAG_STEPS],
    ].map(([from, to]) => {
      const [a, b] = [ours.slice(from, to), recorded.slice(from, to)];
      const hours = hourly(b);
      const hourlyErrors = hourly(a).map((value, hour) => value - hours[hour]);
      return {
        rmsKw: rms(a.map((value, step) => value - b[step])),
        hourlyRmsKw: rms(hourlyErrors),
        hourlyMaxKw: Math.max(...hourlyErrors.map(Math.abs)),
        energy: mean(a) / mean(b) - 1,
        scatterKw: rms(b.map((value, step) => value - hours[Math.floor(step / 12)])),
      };
    });
    for (const [name, day, bound] of [
      ["fitted day", fitted, 8],
      ["day after", unseen, 10],
    ] as const) {
      console.log(
        `      ${name}: rms ${day.rmsKw.toFixed(1)} kW (bound ${bound}; the recording scatters ${day.scatterKw.toFixed(1)} kW about its own hourly means), ` +
          `hourly profile rms ${day.hourlyRmsKw.toFixed(1)}, largest ${day.hourlyMaxKw.toFixed(1)} kW, energy ${(100 * day.energy).toFixed(1)} %`,
      );
      assert.ok(day.rmsKw < bound);
    }
    assert.ok(Math.abs(unseen.energy) < 0.05);
  });
});
