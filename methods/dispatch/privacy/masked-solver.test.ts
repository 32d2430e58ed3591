import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../../runtime/stream.js";
import { loadHighsSolver } from "../central/index.js";
import { solveDense } from "../kernel/index.js";
import type { LocalSolver, QuadraticProgram, SparseRows } from "../program.js";
import { solutionError } from "../verification/index.js";
import { masked, Veil } from "./masked-solver.js";
import { maskNamed, masks } from "./masks.js";
import { sampleProgram } from "./testing/sample-program.js";

const streamOf = (seed: number, name: string) => {
  const stream = new RandomStream(seed, name);
  return () => stream.next();
};
const noRows: SparseRows = {
  start: Int32Array.of(0),
  column: new Int32Array(0),
  value: new Float64Array(0),
  rhs: new Float64Array(0),
};

/** x0 + x1 = 3 with bounds, and as many copies of that equality as wanted with other right-hand sides. */
function pair(rhs: readonly number[], upper = 10): QuadraticProgram {
  return {
    curvature: Float64Array.of(1, 3),
    linear: Float64Array.of(0, 0),
    constant: 0,
    lower: Float64Array.of(0, 0),
    upper: Float64Array.of(upper, upper),
    equalities: {
      start: Int32Array.from({ length: rhs.length + 1 }, (_, i) => 2 * i),
      column: Int32Array.from(rhs.flatMap(() => [0, 1])),
      value: new Float64Array(2 * rhs.length).fill(1),
      rhs: Float64Array.from(rhs),
    },
    inequalities: noRows,
    step: Int32Array.of(0, 0),
  };
}

describe("masked solvers", () => {
  let oracle: LocalSolver;
  before(async () => {
    oracle = await loadHighsSolver();
  });

  for (const mask of Object.values(masks)) {
    for (const isQuadratic of [true, false]) {
      it(`${mask.name}: ${isQuadratic ? "quadratic" : "linear"} programs keep their optimum, with all multipliers`, () => {
        let [worst, error] = [0, 0];
        fc.assert(
          fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 6 }), (seed, steps) => {
            const program = sampleProgram({ steps, isQuadratic }, streamOf(seed, "program"));
            const solver = masked(solveDense, { mask, uniform: streamOf(seed, "mask") });
            const plain = oracle.prepare(program).solve(program.linear);
            const solution = solver.prepare(program).solve(program.linear);
            const distance = Math.abs(solution.objective - plain.objective) / Math.max(1, Math.abs(plain.objective));
            worst = Math.max(worst, distance);
            error = Math.max(error, solutionError({ program, solution }));
            assert.ok(distance < 1e-6, `${solution.objective} instead of ${plain.objective}`);
            assert.ok(solutionError({ program, solution }) < 1e-6, String(solutionError({ program, solution })));
          }),
          { numRuns: 10 },
        );
        console.log(
          `      objective ${worst.toExponential(1)}, bound 1e-6; optimality conditions ${error.toExponential(1)}`,
        );
      });
    }

    it(`${mask.name}: another linear term and another curvature are heard, with one mask for all solves or a new one each`, () => {
      const program = sampleProgram({ steps: 4, isQuadratic: true }, streamOf(5, "program"));
      const linear = program.linear.map(price => 2 * price);
      const curvature = program.curvature.map(value => value + 0.1);
      const plain = oracle.prepare(program);
      for (const refresh of ["once", "solve"] as const) {
        const hidden = masked(solveDense, { mask, uniform: streamOf(6, "mask"), refresh }).prepare(program);
        for (const [prices, curve] of [[program.linear], [linear], [linear, curvature], [linear]] as const) {
          const [expected, actual] = [plain.solve(prices, curve).objective, hidden.solve(prices, curve).objective];
          assert.ok(Math.abs(actual - expected) < 1e-6 * Math.abs(expected), `${actual} instead of ${expected}`);
        }
      }
    });

    it(`${mask.name}: the same stream hides alike, the next solve hides otherwise unless one mask is for all`, () => {
      const program = sampleProgram({ steps: 3, isQuadratic: true }, streamOf(1, "program"));
      const veil = (seed: number, refresh: "once" | "solve") =>
        new Veil(program, { mask, uniform: streamOf(seed, "mask"), refresh });
      const [first, second, other] = [veil(1, "solve"), veil(1, "solve"), veil(2, "solve")];
      assert.deepEqual(first.hide(program.linear).program, second.hide(program.linear).program);
      assert.notDeepEqual(first.hide(program.linear).program, other.hide(program.linear).program);
      const renewed = second.hide(program.linear).program;
      assert.notDeepEqual(renewed, second.hide(program.linear).program);
      const kept = veil(3, "once");
      assert.deepEqual(kept.hide(program.linear).program, kept.hide(program.linear).program);
    });

    it(`${mask.name}: a program of another shape is refused`, () => {
      const change = mask.draw({ size: 3, rows: 5 }, streamOf(1, "mask"));
      const veil = new Veil(sampleProgram({ steps: 3, isQuadratic: true }, streamOf(1, "program")), {
        mask: { name: mask.name, draw: () => change },
        uniform: streamOf(1, "mask"),
      });
      assert.throws(() => veil.hide(new Float64Array(18)), {
        code: "INVALID_MASK",
        message: /drawn for 3 variables and 5 rows, the program has \d+ and \d+: draw one for it/,
      });
    });
  }

  it("orthogonal: the cloud gets a diagonal Hessian without negative entries", () => {
    const program = sampleProgram({ steps: 5, isQuadratic: true }, streamOf(8, "program"));
    const { program: hidden } = new Veil(program, { mask: masks.orthogonal, uniform: streamOf(8, "mask") }).hide(
      program.linear,
    );
    hidden.hessian.forEach((value, k) => assert.ok(k % (hidden.size + 1) === 0 ? value >= 0 : value === 0));
  });

  it("what the equalities decide never leaves the house", () => {
    const nobody = () => assert.fail("nothing to ask");
    const program = pair([3]);
    program.lower[0] = program.upper[0] = 1;
    const solution = masked(nobody, { mask: masks.rmme, uniform: streamOf(1, "mask") })
      .prepare(program)
      .solve(program.linear);
    assert.deepEqual(
      [...solution.x].map(value => Number(value.toFixed(12))),
      [1, 2],
    );
    assert.ok(solutionError({ program, solution }) < 1e-12);
  });

  it("equalities that contradict each other, or a bound, are refused with the amount", () => {
    const prepare = (program: QuadraticProgram) => () =>
      masked(solveDense, { mask: masks.rmme, uniform: streamOf(1, "mask") }).prepare(program);
    assert.throws(prepare(pair([3, 4])), { code: "INFEASIBLE_AGENT", message: /equality 1 .* relax it by 1\.0/ });
    const tight = pair([3]);
    tight.lower[0] = tight.upper[0] = 1;
    tight.upper[1] = 1.5;
    assert.throws(prepare(tight), { code: "INFEASIBLE_AGENT", message: /upper 1 .* relax it by 0\.5/ });
  });

  it("a mask that there is not is named, with those that there are", () => {
    assert.equal(maskNamed("rmme"), masks.rmme);
    assert.throws(() => maskNamed("rmmd"), {
      code: "INVALID_MASK",
      message: /"rmmd": take rmme, orthogonal, repaired/,
    });
  });
});
