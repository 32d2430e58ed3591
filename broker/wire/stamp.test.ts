import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compareStamps,
  DELAYED_PHASE,
  formatStamp,
  iterationOf,
  MAX_ITERATION,
  MAX_RANK,
  MAX_STAGE,
  nextIteration,
  phaseOf,
  stampParts,
  withRank,
} from "./stamp.js";

const stages = fc.integer({ min: -1, max: MAX_STAGE });
const iterations = fc.integer({ min: 0, max: MAX_ITERATION });
const ranks = fc.integer({ min: -1, max: MAX_RANK });
const triples = fc.tuple(stages, iterations, ranks);

describe("stamps", () => {
  it("pack stage, iteration and rank without loss, as safe integers", () => {
    fc.assert(
      fc.property(triples, ([stage, iteration, rank]) => {
        const phase = phaseOf(stage, iteration, rank);
        assert.ok(Number.isSafeInteger(phase));
        assert.deepEqual(stampParts({ time: 7, phase }), { time: 7, stage, iteration, rank });
        assert.equal(iterationOf(phase), iteration);
      }),
    );
  });

  it("compare as their components do, left to right", () => {
    const time = fc.integer({ min: 0, max: 3 });
    const small = fc.tuple(
      fc.integer({ min: -1, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: -1, max: 2 }),
    );
    fc.assert(
      fc.property(time, small, time, small, (t1, a, t2, b) => {
        const first = [t1, ...a];
        const second = [t2, ...b];
        const at = first.findIndex((part, i) => part !== second[i]);
        const expected = at < 0 ? 0 : Math.sign(first[at] - second[at]);
        const found = compareStamps({ time: t1, phase: phaseOf(...a) }, { time: t2, phase: phaseOf(...b) });
        assert.equal(Math.sign(found), expected);
      }),
    );
  });

  it("move to another rank of the same iteration, and to the front of the next iteration", () => {
    const phase = phaseOf(3, 5, 2);
    assert.equal(withRank(phase, 7), phaseOf(3, 5, 7));
    assert.equal(nextIteration(phase), phaseOf(3, 6, -1));
  });

  it("put an item of a delayed link before every activation of its time", () => {
    assert.equal(DELAYED_PHASE, phaseOf(-1, 0, 0));
    assert.ok(DELAYED_PHASE < phaseOf(0, 0, 0));
    assert.equal(formatStamp({ time: 5, phase: DELAYED_PHASE }), "(5, -1, 0, 0)");
  });
});
