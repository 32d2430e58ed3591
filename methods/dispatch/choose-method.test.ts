import assert from "node:assert/strict";
import { sixBus, yingkou } from "../../cases/dispatch/data/index.js";
import { chooseMethod } from "./choose-method.js";
import { localSolver } from "./kernel/index.js";
import { dispatchProblem } from "./problems/index.js";
import { runDispatch } from "./run-dispatch.js";

describe("the choice of a method", () => {
  it("is the price bundle where flows are free", () => {
    const { method, reason } = chooseMethod(dispatchProblem(sixBus({ steps: 24 })));
    assert.equal(method.name, "price-bundle");
    assert.match(reason, /^price-bundle, because flows of six-bus cost nothing/);
  });

  it("is the sweep where flows cost something", () => {
    const { method, reason } = chooseMethod(dispatchProblem(yingkou({ steps: 24, day: 0 })));
    assert.equal(method.name, "sweep");
    assert.match(reason, /regulariser 0\.1/);
  });

  it("is the consensus where flows cost something and the root limits reactive power; it certifies its gap", () => {
    const spec = yingkou({ steps: 24, day: 0 });
    const problem = dispatchProblem({ ...spec, gridPort: { ...spec.gridPort, reactiveShare: 0.75 } });
    const { method, reason } = chooseMethod(problem);
    assert.match(reason, /^edge-admm, because .* limits reactive power to 0\.75 of active/);
    const rule = { stop: "gap", gap: 1e-3, maxRounds: 300 } as const;
    const { outcome } = runDispatch(problem, { method, solver: localSolver, rule });
    assert.equal(outcome.stop, "gap");
    assert.ok(outcome.lowerBound <= outcome.upperBound && outcome.gap <= 1e-3);
  });
});
