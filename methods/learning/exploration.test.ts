import assert from "node:assert/strict";
import { type Exploration, explorationDeviation, isTraining } from "./exploration.js";

const exploration: Exploration = { schedule: "quadratic", first: 0.6, last: 0.1, trainingSeconds: 172_800 };

const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-12, `${found}`);

describe("exploration", () => {
  it("falls along the parabola through 0.6 at 1 s, 0.1 + 0.5/3 at half and 0.1 at the end", () => {
    near(explorationDeviation(exploration, 1), 0.6);
    near(explorationDeviation(exploration, 86_400), 0.1 + 0.5 / 3);
    near(explorationDeviation(exploration, 172_800), 0.1);
    // Lagrange's form of the same parabola, at a quarter.
    const [t, a, b, c] = [43_200, 1, 86_400, 172_800];
    const lagrange =
      (0.6 * (t - b) * (t - c)) / ((a - b) * (a - c)) +
      ((0.1 + 0.5 / 3) * (t - a) * (t - c)) / ((b - a) * (b - c)) +
      (0.1 * (t - a) * (t - b)) / ((c - a) * (c - b));
    near(explorationDeviation(exploration, t), lagrange);
  });

  it("falls along a line, or not at all", () => {
    near(explorationDeviation({ ...exploration, schedule: "linear" }, 172_800), 0.1);
    near(explorationDeviation({ ...exploration, schedule: "linear" }, (1 + 172_800) / 2), 0.35);
    assert.equal(explorationDeviation({ ...exploration, schedule: "constant" }, 172_800), 0.6);
  });

  it("ends with the training", () => {
    assert.equal(isTraining(exploration, 172_800), true);
    for (const schedule of ["quadratic", "linear", "constant"] as const) {
      assert.equal(explorationDeviation({ ...exploration, schedule }, 172_801), 0);
    }
    assert.equal(isTraining({ ...exploration, trainingSeconds: 0 }, 298), false);
  });

  it("is finite however short the training", () => {
    for (const trainingSeconds of [1, 2, 3]) {
      for (const schedule of ["quadratic", "linear"] as const) {
        const deviation = explorationDeviation({ ...exploration, schedule, trainingSeconds }, trainingSeconds);
        assert.ok(deviation > 0.1 - 1e-12 && deviation < 0.6 + 1e-12, `${deviation}`);
      }
    }
  });
});
