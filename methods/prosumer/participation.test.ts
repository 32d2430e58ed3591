import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseParticipants } from "./participation.js";

describe("participation", () => {
  it("takes exactly the rounded share of all, and a larger share keeps those of a smaller one", () => {
    const check = fc.property(
      fc.integer({ min: 1, max: 200 }).chain(count =>
        fc.tuple(
          fc.shuffledSubarray(
            Array.from({ length: count }, (_, i) => i),
            { minLength: count },
          ),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
      ),
      ([order, one, other]) => {
        const few = chooseParticipants(order, Math.min(one, other));
        const many = chooseParticipants(order, Math.max(one, other));
        assert.equal(
          few.reduce((sum, part) => sum + part, 0),
          Math.round(Math.min(one, other) * order.length),
        );
        assert.ok(few.every((part, i) => part <= many[i]));
      },
    );
    fc.assert(check, { seed: 3 });
    assert.deepEqual([...chooseParticipants([2, 0, 1], 0.5)], [1, 0, 1]);
  });
});
