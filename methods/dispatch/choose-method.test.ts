import assert from "node:assert/strict";
import { sixBus, yingkou } from "../../cases/dispatch/data/index.js";
import { chooseMethod } from "./choose-method.js";
import { dispatchProblem } from "./problems/index.js";

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
});
