import assert from "node:assert/strict";
import { meanInterval, studentQuantile } from "./statistics.js";

describe("statistics of a sweep", () => {
  it("know Student's quantiles as they are published", () => {
    // Two-sided 95 % and 99 %: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, columns 0.975 and 0.995.
    const published: [degrees: number, at95: number, at99: number][] = [
      [1, 12.706, 63.657],
      [2, 4.303, 9.925],
      [3, 3.182, 5.841],
      [4, 2.776, 4.604],
      [5, 2.571, 4.032],
      [6, 2.447, 3.707],
      [7, 2.365, 3.499],
      [8, 2.306, 3.355],
      [9, 2.262, 3.25],
      [10, 2.228, 3.169],
      [15, 2.131, 2.947],
      [20, 2.086, 2.845],
      [29, 2.045, 2.756],
      [30, 2.042, 2.75],
      [60, 2.0, 2.66],
      [100, 1.984, 2.626],
    ];
    let worst = 0;
    for (const [degrees, at95, at99] of published) {
      for (const [level, expected] of [
        [0.95, at95],
        [0.99, at99],
      ]) {
        worst = Math.max(worst, Math.abs(studentQuantile(degrees, level) - expected));
      }
    }
    console.log(`      largest deviation from the published table: ${worst.toFixed(5)} (its last digit: 0.001)`);
    assert.ok(worst <= 0.00051);
  });

  it("know it for one and two degrees in closed form, and the normal distribution far out", () => {
    assert.ok(Math.abs(studentQuantile(1) - Math.tan(0.475 * Math.PI)) < 1e-10);
    assert.ok(Math.abs(studentQuantile(2) - 0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95))) < 1e-12);
    assert.ok(Math.abs(studentQuantile(100_000) - 1.959964) < 5e-5);
  });

  it("give the interval of Student's own sample: hours of sleep gained, 0.75 ± 1.28", () => {
    // "Student" (1908), The probable error of a mean, Biometrika 6: patients' gain with dextro-hyoscyamine.
    const { count, mean, halfWidth } = meanInterval([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
    assert.equal(count, 10);
    assert.ok(Math.abs(mean - 0.75) < 1e-12);
    assert.ok(Math.abs(halfWidth - 1.2798) < 5e-4);
  });

  it("say that nothing is known of the spread of one value, and that equal values have none", () => {
    assert.deepEqual(meanInterval([3]), { count: 1, mean: 3, halfWidth: NaN });
    assert.deepEqual(meanInterval([3, 3, 3]), { count: 3, mean: 3, halfWidth: 0 });
  });
});
