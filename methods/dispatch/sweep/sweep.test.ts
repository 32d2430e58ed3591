import assert from "node:assert/strict";
import { sixBus, yingkou } from "../../../cases/dispatch/data/index.js";
import { DispatchError } from "../dispatch-error.js";
import { localSolver } from "../kernel/index.js";
import { dispatchProblem } from "../problems/index.js";
import { runDispatch } from "../run-dispatch.js";
import { sweep } from "./index.js";

/** Central optima of the week, CNY a day. */
const WEEK = [40767.2253, 45526.9811, 44884.9113, 42138.5472, 48061.8672, 49246.6226, 49003.8527];
const FIRST_QUARTER_HOURLY_DAY = 39698.2736;

function check(steps: 24 | 96, day: number, optimum: number): number {
  const problem = dispatchProblem(yingkou({ steps, day }));
  const { outcome } = runDispatch(problem, { method: sweep, solver: localSolver });
  assert.ok(outcome.gap <= 1e-6);
  assert.ok(Math.abs(outcome.objective - optimum) < 1e-6 * optimum + 1e-4);
  for (const { lowerBound, upperBound } of outcome.history) {
    assert.ok(lowerBound <= optimum + 1e-4 && upperBound >= optimum - 1e-4);
  }
  return outcome.rounds;
}

describe("the sweep method", () => {
  it("reaches every optimum of the Yingkou week within 1e-6 in 4 rounds", () => {
    const rounds = WEEK.map((optimum, day) => check(24, day, optimum));
    console.log(`      rounds by day, 24 steps: ${rounds.join(", ")}`);
    assert.ok(Math.max(...rounds) <= 4);
  });

  it("takes no more rounds for quarter-hours", () => {
    const rounds = check(96, 0, FIRST_QUARTER_HOURLY_DAY);
    console.log(`      rounds of the first day, 96 steps: ${rounds}`);
    assert.ok(rounds <= 4);
  });

  it("refuses a network whose flows are free", () => {
    const isRefused = (error: unknown) => error instanceof DispatchError && error.code === "INVALID_NETWORK";
    const problem = dispatchProblem(sixBus({ steps: 24 }));
    assert.throws(() => runDispatch(problem, { method: sweep, solver: localSolver }), isRefused);
  });
});
