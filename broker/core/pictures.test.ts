import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { drawLike, drawTrace, splitTrace } from "./oracle/drawn-trace.js";
import { runInOneHost, runOnHosts } from "./oracle/host-runners.js";
import { findRefusals } from "./oracle/levels.js";
import type { Model, Runner } from "./oracle/model.js";
import { Oracle } from "./oracle/oracle.js";
import { drawFederation } from "./oracle/picture.js";
import { pictures, refusedPictures } from "./oracle/pictures.js";
import { planFederation } from "./plan.js";

const overHosts = (model: Model, hostCount: number, seed: number) => {
  const hostOf = [...model.federation.federates.keys()].map(f => f % hostCount);
  return runOnHosts(model, { hostOf, hostCount, seed });
};
const countFederates = (model: Model) => model.federation.federates.length;

const runners: [string, Runner][] = [
  ["oracle", model => new Oracle(model).run()],
  ["one host", model => runInOneHost(model)],
  ["two hosts in turn", model => overHosts(model, 2, 1)],
  ["a host for each federate, deliveries 1", model => overHosts(model, countFederates(model), 1)],
  ["a host for each federate, deliveries 2", model => overHosts(model, countFederates(model), 2)],
];

for (const [name, run] of runners) {
  describe(`pictures of time: ${name}`, () => {
    for (const { rule, drawing, trace } of pictures) {
      it(rule, () => {
        const result = run(drawFederation(drawing));
        assert.equal(drawLike(trace, result), splitTrace(trace).join(" "), `in full: ${drawTrace(result)}`);
      });
    }
  });
}

describe("pictures of what is refused", () => {
  for (const { drawing, refusal } of refusedPictures) {
    it(`${refusal}: ${drawing.replace(/\s*\n\s*/g, ", ")}`, () => {
      const { federation } = drawFederation(drawing);
      assert.ok(findRefusals(federation).includes(refusal), "by the definition");
      const { plan, faults } = planFederation(federation);
      assert.equal(plan, undefined);
      assert.ok(faults.every(fault => fault.cure !== ""));
    });
  }

  it("a cycle is shown as a whole, with its cure", () => {
    const { faults } = planFederation(drawFederation("a -> b -> c -> a").federation);
    assert.equal(faults.length, 1);
    assert.match(faults[0].problem, /(a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c)/);
    assert.match(faults[0].cure, /delay.*iterate/);
  });
});
