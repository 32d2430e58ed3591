import assert from "node:assert/strict";
import { DispatchError } from "../dispatch-error.js";
import type { QuadraticProgram } from "../program.js";
import { InfeasibleProgram, localSolver, smallestRelaxation } from "./index.js";
import { randomAgent } from "./testing/random-agent.js";
import { sparseRows } from "./testing/rows.js";
import { seededUniform } from "./testing/uniform.js";

/** A heater of at most 3, a store of at most 5 that starts with 1, and demand in three steps. */
function heater(demand: readonly number[]): QuadraticProgram {
  const steps = demand.length;
  const power = (t: number): number => t;
  const energy = (t: number): number => steps + t;
  return {
    curvature: new Float64Array(2 * steps),
    linear: Float64Array.from({ length: 2 * steps }, (_, j) => (j < steps ? 1 : 0)),
    constant: 0,
    lower: new Float64Array(2 * steps),
    upper: Float64Array.from({ length: 2 * steps }, (_, j) => (j < steps ? 3 : 5)),
    equalities: sparseRows(
      demand.map((need, t) => ({
        entries: [[energy(t), 1], [power(t), -1], ...(t > 0 ? [[energy(t - 1), -1] as const] : [])],
        rhs: (t === 0 ? 1 : 0) - need,
      })),
    ),
    inequalities: sparseRows([]),
    step: Int32Array.from({ length: 2 * steps }, (_, j) => j % steps),
  };
}

const thrownBy = (program: QuadraticProgram): unknown => {
  try {
    localSolver.prepare(program).solve(program.linear);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("infeasible programs", () => {
  it("are named with the smallest relaxation: what demand exceeds store and heater by", () => {
    const error = thrownBy(heater([2, 9, 4]));
    assert.ok(error instanceof InfeasibleProgram);
    assert.equal(error.code, "INFEASIBLE_AGENT");
    const total = error.relaxations.reduce((sum, { amount }) => sum + amount, 0);
    assert.ok(Math.abs(total - 5) <= 1e-9, `relaxed by ${total}`);
    assert.match(error.message, /5 in all/);
    assert.ok(error.relaxations.every(({ kind }) => kind === "equality"));
  });

  it("name the step where only one can give way", () => {
    const [only, ...others] = smallestRelaxation(heater([7, 0, 0]));
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...only, amount: Number(only.amount.toFixed(9)) },
      { kind: "equality", index: 0, step: 0, amount: 3 },
    );
  });

  it("name bounds that exclude each other", () => {
    const program = heater([1, 1, 1]);
    program.lower[1] = 4;
    assert.deepEqual(smallestRelaxation(program), [{ kind: "bounds", index: 1, step: 1, amount: 1 }]);
    assert.ok(thrownBy(program) instanceof InfeasibleProgram);
  });

  it("are never seen where there is a solution", () => {
    const uniform = seededUniform(11);
    for (const size of [500, 0.2]) {
      for (let k = 0; k < 20; k++) {
        assert.deepEqual(smallestRelaxation(randomAgent({ steps: 12, regulariser: 0, size }, uniform)), []);
      }
    }
  });

  it("differ from programs whose cost falls without end, and from those that only lack cost", () => {
    const program = heater([1, 1, 1]);
    program.upper.fill(Infinity);
    assert.equal(thrownBy(program), undefined);
    program.linear[2] = -1;
    const error = thrownBy(program);
    assert.ok(error instanceof DispatchError);
    assert.equal(error.code, "INVALID_DEVICE");
    assert.match(error.message, /variable (2|5) \(step 2\)/);
  });
});
