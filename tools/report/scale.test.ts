import assert from "node:assert/strict";
import fc from "fast-check";
import { linearScale, powerScale, powerText, tickText, timeScale } from "./scale.js";

describe("scales of a chart", () => {
  it("have two to twelve round ticks that reach around the values, in a straight line to the pixels", () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b), 1e-6));
        const scale = linearScale([a, b, NaN], [200, 0]);
        const { ticks, step } = scale;
        assert.ok(ticks.length >= 2 && ticks.length <= 12, `${ticks.length} ticks`);
        assert.ok(ticks[0] <= Math.min(a, b) + 1e-6 * step && ticks[ticks.length - 1] >= Math.max(a, b) - 1e-6 * step);
        assert.ok(Math.abs(scale(ticks[0]) - 200) < 1e-6 && Math.abs(scale(ticks[ticks.length - 1])) < 1e-6);
        assert.match(step.toExponential(6), /^[125]\.000000e/);
      }),
    );
  });

  it("do not fail without values or with a single one", () => {
    assert.deepEqual(linearScale([], [0, 1]).ticks, [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.ok(linearScale([5, 5], [0, 1]).ticks.includes(5));
  });

  it("label times at whole steps of the clock and numbers with the digits of their step", () => {
    assert.deepEqual(timeScale(0, 86400, [0, 1]).ticks, [0, 10800, 21600, 32400, 43200, 54000, 64800, 75600, 86400]);
    assert.equal(timeScale(0, 172800, [0, 1]).step, 21600);
    assert.equal(tickText(0.15, 0.05), "0.15");
    assert.equal(tickText(-12500, 500), "-12\u202f500");
  });

  it("put powers of ten at equal distances, and nothing where a value is not above 0", () => {
    const scale = powerScale([3e-7, 0.02, 0, -1, NaN], [0, 6]);
    assert.deepEqual(scale.ticks.map(powerText), ["1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "0.01", "0.1"]);
    assert.deepEqual(
      scale.ticks.map(tick => Math.round(scale(tick))),
      [0, 1, 2, 3, 4, 5, 6],
    );
    assert.ok(Number.isNaN(scale(0)) && Number.isNaN(scale(-1)));
    assert.deepEqual(powerScale([], [0, 1]).ticks, [1, 10]);
    assert.equal(powerScale([1e-16, 1], [0, 1]).ticks.length, 9);
  });
});
