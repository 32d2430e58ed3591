import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findLevels, findRefusals, type Refusal } from "./oracle/levels.js";
import { sketchFederation } from "./oracle/sketch.js";
import { spoilFederation } from "./oracle/spoil.js";
import { planFederation } from "./plan.js";

const seeds = Array.from({ length: 2000 }, (_, i) => i + 1);

/** How the planner words each refusal. */
const wording: Record<Refusal, RegExp> = {
  "unknown port": /There is no federate|has no (in|out)put/,
  "kinds differ": /gives (value|messages), .* takes/,
  "delay below one tick": /delay .* is not possible/,
  "link written twice": /is written twice/,
  "several links into a plain value": /already takes/,
  "cycle of same-time links": /A cycle of same-time links: (\w+ -> )+\w+/,
  "iterating link outside a loop": /iterates but is in no loop/,
  "iterating link into an input that never wakes": /never wakes/,
};

describe("planning random federations", () => {
  it("gives every federate the stage, rank and loop of the definition", () => {
    let inLoops = 0;
    for (const seed of seeds) {
      const { federation } = sketchFederation(seed);
      const { plan, faults } = planFederation(federation);
      assert.deepEqual(faults, [], `seed ${seed}`);
      const levels = findLevels(federation);
      for (const { shape, stage, rank, loop } of plan?.federates ?? []) {
        const expected = levels.get(shape.name);
        assert.deepEqual(
          { stage, rank, loop: [...loop].sort() },
          { ...expected, loop: [...(expected?.loop ?? [])].sort() },
          `seed ${seed}`,
        );
        if (loop.length > 0) inLoops++;
      }
    }
    assert.ok(inLoops > 1000, `${inLoops} federates in loops`);
  });

  it("refuses what the definition refuses, and for each planted reason", () => {
    const counts = new Map<string, number>();
    for (const seed of seeds) {
      const spoiled = spoilFederation(sketchFederation(seed).federation, seed);
      if (spoiled === undefined) continue;
      const { federation, refusal } = spoiled;
      const refusals = findRefusals(federation);
      const { plan, faults } = planFederation(federation);
      assert.equal(
        faults.length > 0,
        refusals.length > 0,
        `seed ${seed}, ${refusal}: ${JSON.stringify({ faults, refusals })}`,
      );
      assert.equal(plan === undefined, faults.length > 0);
      for (const fault of faults)
        assert.ok(fault.path !== "" && fault.problem !== "" && fault.cure !== "", `seed ${seed}`);
      for (const r of refusals)
        assert.ok(
          faults.some(f => wording[r].test(f.problem)),
          `seed ${seed}, ${r}: ${JSON.stringify(faults)}`,
        );
      if (refusals.includes(refusal)) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
    }
    console.log(`      refused: ${[...counts].map(([refusal, n]) => `${refusal} ${n}`).join(", ")}`);
    assert.equal(counts.size, 8);
    for (const [refusal, n] of counts) assert.ok(n >= 20, `${refusal} ${n}`);
  });
});
