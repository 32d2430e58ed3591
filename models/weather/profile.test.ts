import assert from "node:assert/strict";
import fc from "fast-check";
import { interpolateWeather, splineAt, splineCoefficients, weatherCsv } from "./index.js";

const flat = (temperatureF: number) => [temperatureF, 0.5, 0, 0, 900, 5];
const STEPS = 288;

describe("a weather profile", () => {
  it("passes through the hourly values at the hours and repeats none of the margin", () => {
    const rows = Array.from({ length: 24 + 9 }, (_, i) => flat(60 + 10 * Math.sin(i)));
    const steps = interpolateWeather({ rows, first: 4, days: 1 });
    assert.equal(steps.length, STEPS + 1);
    for (let hour = 0; hour <= 24; hour++) assert.ok(Math.abs(steps[12 * hour][0] - rows[4 + hour][0]) < 1e-9);
  });

  it("is zero where the spline of the sun dips below, and keeps humidity at 1 where it would pass", () => {
    const rows = Array.from({ length: 33 }, (_, i) => [-40, i === 16 ? 0.2 : 1, i === 16 ? 80 : 0, 0, 900, 0]);
    const steps = interpolateWeather({ rows, first: 4, days: 1 });
    assert.ok(steps.every(([, humidity, direct]) => humidity >= 0 && humidity <= 1 && direct >= 0));
    assert.ok(steps.some(([, humidity]) => humidity === 1));
    assert.ok(steps.every(([temperatureF]) => Math.abs(temperatureF + 40) < 1e-9));
  });

  it("writes simulated seconds and four decimals", () => {
    assert.deepEqual(
      weatherCsv([flat(71), flat(72.12345)])
        .split("\n")
        .slice(1),
      ["0,71.0000,0.5000,0.0000,0.0000,900.0000,5.0000", "300,72.1235,0.5000,0.0000,0.0000,900.0000,5.0000", ""],
    );
  });

  it("forgets what is a day away: other values there move the spline by less than 1e-12 of their change", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 49, maxLength: 49 }), values => {
        const changed = values.map((value, i) => (i < 24 - 23 ? value + 100 : value));
        const difference = splineAt(splineCoefficients(values), 24) - splineAt(splineCoefficients(changed), 24);
        assert.ok(Math.abs(difference) < 1e-12 * 100);
      }),
    );
  });
});
