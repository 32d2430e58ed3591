import assert from "node:assert/strict";
import { splineAt, splineCoefficients } from "./spline.js";

describe("a quadratic spline", () => {
  it("goes through every value", () => {
    const values = [3, -1, 4, 1, -5, 9, 2, 6];
    const coefficients = splineCoefficients(values);
    values.forEach((value, i) => {
      assert.ok(Math.abs(splineAt(coefficients, i) - value) < 1e-12);
    });
  });

  it("has no corner and no jump where its pieces meet, halfway between the values", () => {
    const coefficients = splineCoefficients([3, -1, 4, 1, -5, 9, 2, 6]);
    const h = 1e-6;
    for (let knot = 0.5; knot < 7; knot++) {
      const [left, at, right] = [knot - h, knot, knot + h].map(x => splineAt(coefficients, x));
      assert.ok(Math.abs(right - left) < 1e-4);
      assert.ok(Math.abs((right - at) / h - (at - left) / h) < 1e-3, "equal slopes");
    }
  });

  it("is a parabola's own away from the ends, where it forgets them by 0.17 for each value", () => {
    const parabola = (x: number) => 2 * x * x - 3 * x + 1;
    const coefficients = splineCoefficients(Array.from({ length: 61 }, (_, i) => parabola(i)));
    for (const x of [30, 30.25, 30.5, 30.9]) assert.ok(Math.abs(splineAt(coefficients, x) - parabola(x)) < 1e-9);
  });
});
