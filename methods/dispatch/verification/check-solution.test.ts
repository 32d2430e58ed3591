import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../../runtime/stream.js";
import { loadHighsSolver } from "../central/index.js";
import { localSolver, solveDense, type DenseProgram, type DenseSolution } from "../kernel/index.js";
import { sampleProgram } from "../privacy/testing/sample-program.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import { checkSolution, solutionError } from "./check-solution.js";
import { verified } from "./verified-solver.js";

const sample = (seed: number, isQuadratic = true) => {
  const stream = new RandomStream(seed, "program");
  return sampleProgram({ steps: 4, isQuadratic }, () => stream.next());
};

/** min ½ |y|² − c·y where y ≤ h: the solution is known, y = min(c, h). */
function projection(c: readonly number[], h: readonly number[]): { program: DenseProgram; solution: DenseSolution } {
  const size = c.length;
  const unit = Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 1 : 0));
  const y = Float64Array.from(c, (value, i) => Math.min(value, h[i]));
  return {
    program: {
      size,
      hessian: unit,
      linear: Float64Array.from(c, value => -value),
      rows: unit,
      rhs: Float64Array.from(h),
    },
    solution: {
      y,
      multiplier: Float64Array.from(c, (value, i) => Math.max(0, value - h[i])),
      objective: y.reduce((sum, value, i) => sum + value * (value / 2 - c[i]), 0),
      iterations: 0,
    },
  };
}

/** A solver that changes every answer of another. */
const cheating = (solver: LocalSolver, cheat: (solution: Solution) => Solution): LocalSolver => ({
  prepare: program => {
    const prepared = solver.prepare(program);
    return { solve: (linear, curvature) => cheat(prepared.solve(linear, curvature)) };
  },
});

const programs: readonly (readonly [string, QuadraticProgram])[] = [
  ["quadratic", sample(1)],
  ["linear", sample(2, false)],
];

describe("checking a solution", () => {
  for (const [name, program] of programs) {
    it(`${name}: two solvers' solutions pass, though one of them is not ours`, async () => {
      const highs = await loadHighsSolver();
      for (const [solver, tolerance] of [
        [localSolver, 1e-8],
        [highs, 1e-5],
      ] as const) {
        const solution = solver.prepare(program).solve(program.linear);
        assert.deepEqual(checkSolution({ program, solution }, tolerance), []);
      }
    });

    it(`${name}: a set-point that is moved, a multiplier that is moved or turned, a price that is old: each is refused`, () => {
      const solution = localSolver.prepare(program).solve(program.linear);
      const refused = (cheat: Partial<Solution>, asked = program) =>
        assert.notDeepEqual(checkSolution({ program: asked, solution: { ...solution, ...cheat } }, 1e-6), []);
      const moved = (values: Float64Array, i: number, by: number) =>
        values.map((value, k) => (k === i ? value + by : value));
      for (let i = 0; i < solution.x.length; i++) {
        refused({ x: moved(solution.x, i, 1e-3) });
        refused({ atLower: moved(solution.atLower, i, 1e-3) });
      }
      for (let i = 0; i < solution.equality.length; i++) refused({ equality: moved(solution.equality, i, 1e-3) });
      refused({ atUpper: solution.atUpper.map(value => -value - 1e-3) });
      refused({ objective: solution.objective + 1e-3 });
      refused({ x: solution.x.slice(1) });
      refused({ x: solution.x.map(() => NaN) });
      refused({}, { ...program, linear: program.linear.map(price => 1.1 * price) });
    });
  }

  it("a worker that moves a free variable by delta is refused if and only if delta exceeds the tolerance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 1e-7, max: 1e-1, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (c, tolerance, ratio) => {
          fc.pre(Math.abs(ratio - 1) > 1e-3);
          const { program, solution } = projection(
            c,
            c.map(() => 100),
          );
          const scale = 1 + Math.max(...c.map(Math.abs));
          const delta = ratio * tolerance * scale;
          const y = solution.y.map((value, i) => (i === 0 ? value + delta : value));
          const objective = solution.objective + (delta * delta) / 2;
          const misses = checkSolution({ program, solution: { ...solution, y, objective } }, tolerance);
          assert.equal(misses.length > 0, ratio > 1, `delta is ${ratio} times what is allowed`);
        },
      ),
    );
  });

  it("the error is the largest miss: a solution passes if and only if the tolerance is at least that", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e5 }),
        fc.double({ min: -9, max: 0, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (seed, exponent, ratio) => {
          const program = sample(seed % 7);
          const stream = new RandomStream(seed, "cheat");
          const honest = localSolver.prepare(program).solve(program.linear);
          const size = 10 ** exponent;
          const solution = { ...honest, x: honest.x.map(value => value + size * (stream.next() - 0.5)) };
          const error = solutionError({ program, solution });
          assert.ok(error >= 0);
          assert.equal(checkSolution({ program, solution }, error).length, 0);
          assert.equal(checkSolution({ program, solution }, ratio * error).length > 0, ratio < 1);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("the same holds for masked programs: dense solutions pass, moved ones do not", () => {
    const { program, solution } = projection([3, -2, 5], [1, 1, 9]);
    assert.ok(solutionError({ program, solution }) < 1e-15);
    assert.ok(solutionError({ program, solution: solveDense(program) }) < 1e-8);
    const wrong = [
      { y: solution.y.map(value => value + 1e-4) },
      { multiplier: solution.multiplier.map(value => value + 1e-4) },
      { multiplier: solution.multiplier.map(value => -value) },
      { objective: solution.objective + 1e-3 },
      { multiplier: new Float64Array(2) },
    ];
    for (const cheat of wrong) assert.ok(solutionError({ program, solution: { ...solution, ...cheat } }) > 1e-5);
  });

  it("a checked solver names the worker, the worst condition and the tolerance, and passes an honest one on", () => {
    const program = sample(4);
    const honest = verified(localSolver, { worker: "cloud 1", tolerance: 1e-6 });
    const expected = localSolver.prepare(program).solve(program.linear).objective;
    assert.equal(honest.prepare(program).solve(program.linear).objective, expected);
    const other = program.curvature.map(value => value + 1);
    assert.ok(Number.isFinite(honest.prepare(program).solve(program.linear, other).objective));
    const wrong = cheating(localSolver, solution => ({ ...solution, x: solution.x.map(value => value + 0.1) }));
    assert.throws(
      () => verified(wrong, { worker: "cloud 2", tolerance: 1e-6 }).prepare(program).solve(program.linear),
      {
        code: "UNVERIFIED_SOLUTION",
        party: "cloud 2",
        message: /the solution of cloud 2 is refused: \w+ \d+ is missed by .*, allowed is 0\.000001/,
      },
    );
  });
});
