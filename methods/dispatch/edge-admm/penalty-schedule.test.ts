import assert from "node:assert/strict";
import fc from "fast-check";
import { BalancedPenalty, constantPenalty } from "./penalty-schedule.js";

const UNEVEN = { primal: 1, dual: 0.01 };
const EVEN = { primal: 1, dual: 1 };

/** Penalties after each of these rounds; objectives far apart unless given. */
function penalties(schedule: BalancedPenalty, rounds: readonly { primal: number; dual: number }[], from = 0): number[] {
  return rounds.map((round, k) => {
    schedule.advance({ index: from + k, objective: 1000 * k, ...round });
    return schedule.penalty;
  });
}

describe("the balanced penalty", () => {
  it("doubles at the third round in a row with a large primal error", () => {
    const rounds = [UNEVEN, UNEVEN, EVEN, UNEVEN, UNEVEN, UNEVEN, UNEVEN];
    assert.deepEqual(penalties(new BalancedPenalty(1), rounds), [1, 1, 1, 1, 1, 2, 2]);
  });

  it("halves after three large dual errors, but not in the first 300 rounds", () => {
    const rounds = [1, 2, 3].map(() => ({ primal: 0.01, dual: 1 }));
    assert.deepEqual(penalties(new BalancedPenalty(1), rounds, 298), [1, 1, 1]);
    assert.deepEqual(penalties(new BalancedPenalty(1), rounds, 301), [1, 1, 0.5]);
  });

  it("doubles when fifteen objectives lie within 5 and the last is neither the least nor the most", () => {
    const schedule = new BalancedPenalty(0.5);
    for (let k = 0; k < 30; k += 1) schedule.advance({ index: k, objective: [7, 6, 8][k % 3], ...EVEN });
    assert.equal(schedule.penalty, 1);
  });

  it("doubles at each hundredth round beyond 2500 while it is below 2", () => {
    const schedule = new BalancedPenalty(0.5);
    const seen = [2501, 2600, 2650, 2700, 2800].map(index => {
      schedule.advance({ index, objective: index * 10, primal: 0.1, dual: 0.1 });
      return schedule.penalty;
    });
    assert.deepEqual(seen, [0.5, 1, 1, 2, 2]);
  });

  it("stays a power of two times its start, within one doubling of its limits, whatever it sees", () => {
    const rounds = fc.array(
      fc.record({ primal: fc.double({ min: 0, max: 10 }), dual: fc.double({ min: 0, max: 10 }) }),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(rounds, fc.constantFrom(0, 290, 2490), (seen, from) => {
        for (const penalty of penalties(
          new BalancedPenalty(0.02),
          seen.map(({ primal, dual }) => ({ primal, dual })),
          from,
        )) {
          assert.ok(Number.isInteger(Math.log2(penalty / 0.02)) && penalty < 200 && penalty > 5e-4);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("may be constant", () => {
    const schedule = constantPenalty(3);
    schedule.advance({ index: 0, objective: 0, ...UNEVEN });
    assert.equal(schedule.penalty, 3);
  });
});
