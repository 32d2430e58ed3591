import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../runtime/index.js";
import {
  drawError,
  errorRanges,
  forecastWeather,
  publishedForecastError,
  type ForecastError,
  type ForecastWeather,
} from "./index.js";

const HOURS = Array.from({ length: 24 }, (_, i) => i + 1);
const at = (issuedHour: number) => ({ leadHours: HOURS, targetHours: HOURS.map(hour => hour + issuedHour) });
const DRAWS = 10_000;

/** Standard deviation, and the chance of a smaller error, of each distribution over [−1, 1]. */
const LAWS: Readonly<Record<ForecastError["distribution"], { deviation: number; below: (x: number) => number }>> = {
  uniform: { deviation: 1 / Math.sqrt(3), below: x => (x + 1) / 2 },
  triangular: { deviation: 1 / Math.sqrt(6), below: x => (x < 0 ? (1 + x) ** 2 / 2 : 1 - (1 - x) ** 2 / 2) },
  normal: {
    deviation: 0.5 * Math.sqrt(1 - (4 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / erf(Math.SQRT2)),
    below: x => (1 + erf(x * Math.SQRT2) / erf(Math.SQRT2)) / 2,
  },
};

/** The error function by its series. */
function erf(x: number): number {
  let [sum, term] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

describe("errors of a forecast", () => {
  for (const [distribution, { deviation, below }] of Object.entries(LAWS)) {
    it(`are ${distribution} in their range: mean, deviation and every quantile of ${DRAWS} draws`, () => {
      const stream = new RandomStream(1, distribution);
      const range = { low: -3, high: 5 };
      const draw = () => stream.next();
      const errors = Array.from({ length: DRAWS }, () => drawError(range, distribution as never, draw));
      assert.ok(errors.every(error => error >= -3 && error <= 5));
      const scaled = errors.map(error => (error - 1) / 4).sort((a, b) => a - b);
      const mean = scaled.reduce((sum, x) => sum + x, 0) / DRAWS;
      const variance = scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / DRAWS;
      const fourth = scaled.reduce((sum, x) => sum + (x - mean) ** 4, 0) / DRAWS;
      const meanSigmas = Math.abs(mean) / (deviation / Math.sqrt(DRAWS));
      const varianceSigmas = Math.abs(variance - deviation ** 2) / Math.sqrt((fourth - variance ** 2) / DRAWS);
      const distance = Math.max(...scaled.map((x, i) => Math.abs(below(x) - (i + 0.5) / DRAWS)));
      console.log(
        `      mean off by ${meanSigmas.toFixed(2)} sigma, variance by ${varianceSigmas.toFixed(2)} (bound 4), Kolmogorov ${(distance * Math.sqrt(DRAWS)).toFixed(2)} (bound 1.95)`,
      );
      assert.ok(meanSigmas < 4 && varianceSigmas < 4);
      assert.ok(distance * Math.sqrt(DRAWS) < 1.95, "1 in 1000 would be farther off");
    });
  }

  it("widen linearly from half of 8 % of the mean to all of it, and lean with the hour that is forecast", () => {
    const truth = HOURS.map(hour => 70 + hour);
    const ranges = errorRanges(truth, at(0), publishedForecastError);
    const full = 0.08 * 82.5;
    ranges.forEach(({ low, high }, i) => {
      const half = full * (0.5 + (0.5 * i) / 23);
      const bias = 0.5 * full * Math.sin((2 * Math.PI * (i + 1)) / 96);
      assert.ok(Math.abs(low - (bias - half)) < 1e-12, "a bias above zero narrows the range from below");
      assert.ok(Math.abs(high - half) < 1e-12);
    });
    const later = errorRanges(truth, at(48), publishedForecastError);
    assert.ok(Math.abs(later[9].high + ranges[9].low) < 1e-12, "half a swing later the other side narrows as much");
  });

  it("lean alike in two forecasts of the same hour, and over a whole swing not at all", () => {
    const middle = (issuedHour: number, i: number) => {
      const { low, high } = errorRanges(
        HOURS.map(() => 80),
        at(issuedHour),
        publishedForecastError,
      )[i];
      return (low + high) / 2;
    };
    assert.ok(Math.abs(middle(10, 5) - middle(12, 3)) < 1e-12);
    const swing = Array.from({ length: 96 }, (_, hour) => middle(hour, 0));
    assert.ok(Math.abs(swing.reduce((sum, x) => sum + x, 0)) < 1e-9);
    assert.ok(Math.max(...swing) > 1.5);
  });

  it("never rule out the truth, below zero degrees either", () => {
    const error = fc.record({
      distribution: fc.constant("normal" as const),
      envelope: fc.double({ min: 0, max: 1, noNaN: true }),
      nearest: fc.double({ min: 0, max: 1, noNaN: true }),
      bias: fc.double({ min: 0, max: 0.5, noNaN: true }),
      biasHours: fc.integer({ min: 1, max: 100 }),
    });
    const series = fc.array(fc.double({ min: -80, max: 120, noNaN: true }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(error, series, fc.integer({ min: 0, max: 1000 }), (of, truth, hour) => {
        for (const { low, high } of errorRanges(truth, at(hour), of)) assert.ok(low <= 1e-9 && high >= -1e-9);
      }),
    );
  });
});

describe("a forecast of the weather", () => {
  const day: ForecastWeather = {
    temperatureF: HOURS.map(hour => 80 + hour / 2),
    humidity: HOURS.map(hour => (hour % 2 === 0 ? 0.99 : 0.01)),
    directWPerSqft: HOURS.map(hour => (hour > 6 && hour < 20 && hour !== 12 ? 60 : 0)),
    diffuseWPerSqft: HOURS.map(hour => (hour > 6 && hour < 20 ? 10 : 0)),
  };
  const forecast = (error: ForecastError, seed = 1) => {
    const draws = (name: string) => {
      const stream = new RandomStream(seed, name);
      return () => stream.next();
    };
    return forecastWeather(day, at(0), error, {
      temperatureF: draws("t"),
      humidity: draws("h"),
      directWPerSqft: draws("d"),
      diffuseWPerSqft: draws("f"),
    });
  };

  it("is the weather itself where there is no error", () => {
    assert.deepEqual(forecast({ ...publishedForecastError, envelope: 0 }), day);
  });

  it("keeps humidity within 0 and 1, the sun above 0 and the night dark, but not a cloudy noon", () => {
    const { humidity, directWPerSqft, diffuseWPerSqft } = forecast({ ...publishedForecastError, envelope: 1 });
    assert.ok(humidity.every(value => value >= 0 && value <= 1));
    assert.ok([...directWPerSqft, ...diffuseWPerSqft].every(value => value >= 0));
    HOURS.forEach((hour, i) => {
      if (hour <= 6 || hour >= 20) assert.equal(directWPerSqft[i] + diffuseWPerSqft[i], 0);
    });
    const noons = Array.from({ length: 20 }, (_, seed) => forecast(publishedForecastError, seed).directWPerSqft[11]);
    assert.ok(noons.some(value => value > 0));
  });
});
