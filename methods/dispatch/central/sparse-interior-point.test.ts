import assert from "node:assert/strict";
import fc from "fast-check";
import { ProgramBuilder, scaled } from "../devices/index.js";
import { DispatchError } from "../dispatch-error.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import { loadHighsSolver, sparseInteriorPoint } from "./index.js";

const solve = (solver: LocalSolver, program: QuadraticProgram) => solver.prepare(program).solve(program.linear);

/** The answer of HiGHS, which fails on one strictly convex program in some hundreds, or calls it unbounded. */
function answerOf(highs: LocalSolver, program: QuadraticProgram): Solution | undefined {
  try {
    return solve(highs, program);
  } catch (error) {
    if (error instanceof DispatchError && /unbounded|solveError/.test(error.message)) return undefined;
    throw error;
  }
}

/** Largest violation of the conditions of optimality; the sign rules are those of `Solution`. */
function violation(program: QuadraticProgram, { x, equality, inequality, atLower, atUpper }: Solution): number {
  const gradient = x.map((v, i) => program.curvature[i] * v + program.linear[i] - atLower[i] + atUpper[i]);
  const errors: number[] = [];
  const rows = [
    { matrix: program.equalities, multipliers: equality, isEqual: true },
    { matrix: program.inequalities, multipliers: inequality, isEqual: false },
  ];
  for (const { matrix, multipliers, isEqual } of rows) {
    matrix.rhs.forEach((rhs, r) => {
      let excess = -rhs;
      for (let e = matrix.start[r]; e < matrix.start[r + 1]; e++) {
        excess += matrix.value[e] * x[matrix.column[e]];
        gradient[matrix.column[e]] += matrix.value[e] * multipliers[r];
      }
      errors.push(isEqual ? Math.abs(excess) : excess);
      if (!isEqual) errors.push(-multipliers[r], Math.abs(multipliers[r] * excess));
    });
  }
  x.forEach((v, i) => {
    errors.push(Math.abs(gradient[i]), -atLower[i], -atUpper[i], program.lower[i] - v, v - program.upper[i]);
    if (Number.isFinite(program.lower[i])) errors.push(Math.abs(atLower[i] * (v - program.lower[i])));
    if (Number.isFinite(program.upper[i])) errors.push(Math.abs(atUpper[i] * (program.upper[i] - v)));
  });
  return Math.max(...errors);
}

const value = fc.integer({ min: -20, max: 20 });
/** Feasible programs: rows and bounds are laid around a point. */
const programs = fc
  .record({
    point: fc.array(value, { minLength: 2, maxLength: 6 }),
    curvature: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }),
    linear: fc.array(value, { minLength: 6, maxLength: 6 }),
    room: fc.array(fc.nat(6), { minLength: 12, maxLength: 12 }),
    row: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 }),
    limits: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 }),
    slack: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ point, curvature, linear, room, row, limits, slack }) => {
    const builder = new ProgramBuilder(1);
    const terms = point.map((at, i) =>
      builder.block("", "x", {
        lower: room[i] === 6 ? -Infinity : at - room[i],
        upper: room[i + 6] === 6 ? Infinity : at + room[i + 6],
        curvature: curvature[i],
        linear: linear[i],
      }),
    );
    const at = (factors: readonly number[]) => point.reduce((sum, v, i) => sum + v * factors[i], 0);
    if (point.some((_, i) => row[i] !== 0))
      builder.equal(
        terms.map((first, i) => scaled(first, row[i])),
        at(row),
      );
    builder.atMost(
      terms.map((first, i) => scaled(first, limits[i])),
      at(limits) + slack,
    );
    return builder.build(3);
  });

describe("the sparse interior-point method", () => {
  let highs: LocalSolver;
  before(async () => {
    highs = await loadHighsSolver();
  });

  it("finds what HiGHS finds, and multipliers that prove it", () => {
    let worst = 0;
    let answered = 0;
    fc.assert(
      fc.property(programs, program => {
        const ours = solve(sparseInteriorPoint, program);
        const scale = 1 + Math.abs(ours.objective);
        assert.ok(violation(program, ours) < 1e-5 * scale);
        const theirs = answerOf(highs, program);
        if (theirs === undefined) return;
        answered++;
        worst = Math.max(worst, Math.abs(ours.objective - theirs.objective) / scale);
        assert.ok(Math.abs(ours.objective - theirs.objective) < 1e-6 * scale);
        assert.ok(violation(program, theirs) < 1e-5 * scale);
      }),
      { numRuns: 100 },
    );
    console.log(`      largest difference of ${answered} optima: ${worst.toExponential(1)}`);
    assert.ok(answered >= 90);
  });

  it("says so when there is no point that fits", () => {
    const builder = new ProgramBuilder(1);
    const x = builder.block("", "x", { lower: 0, upper: 1, curvature: 1 });
    builder.equal([scaled(x)], 2);
    for (const solver of [sparseInteriorPoint, highs]) {
      assert.throws(
        () => solve(solver, builder.build()),
        (error: unknown) => error instanceof DispatchError && error.code === "INFEASIBLE_NETWORK",
      );
    }
  });
});
