import assert from "node:assert/strict";
import { threeNodes } from "./testing/three-nodes.js";
import { groupedResidual, largestResidual } from "./residuals.js";

/** Copies of lines 1 and 2 below the root, two steps: active, reactive, voltage of line 0 (none), 1 and 2. */
const NONE = [0, 0, 0, 0, 0, 0];
const zero = () => new Float64Array(18);
const copies = (first: number[], second: number[]) => Float64Array.from([...NONE, ...first, ...second]);

describe("residuals", () => {
  const problem = threeNodes();

  it("of the trilemma paper are the largest single differences", () => {
    const child = copies([1, 2, 0, 0, 0, 0], [0, 0, 5, 0, 0, 0]);
    const parent = copies([1, 4, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0.5]);
    const measured = {
      copies: { child, parent },
      last: { child: zero(), parent: zero() },
      lastValue: zero(),
      change: 0.7,
    };
    assert.deepEqual(largestResidual(measured), { primal: 4, dual: 0.7 });
  });

  it("of the dual-privacy framework are norms by node over its children, without reactive flow", () => {
    const child = copies([0.5, 0, 100, 100, 0, 0], [0, 0, 0, 0, 0, 0]);
    const parent = copies([3, 0, 100, 0, 0, 0], [0, 4, 0, 100, 0, 0]);
    const last = { child: copies([0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 2, 0]), parent: zero() };
    const measured = { copies: { child, parent }, last, lastValue: copies([0, 0, 9, 9, 0, 0], NONE), change: 0 };
    assert.deepEqual(groupedResidual(problem)(measured), { primal: 2, dual: 5 });
  });
});
