import assert from "node:assert/strict";
import { dispatchProblem } from "../problems/index.js";
import type { QuadraticProgram } from "../program.js";
import { randomDispatch } from "../random/index.js";
import { localSolver } from "./index.js";
import { optimalityErrors } from "./testing/optimality.js";
import { loadOracle, type Oracle } from "./testing/oracle.js";
import { type AgentRecipe, randomAgent } from "./testing/random-agent.js";
import { sparseRows } from "./testing/rows.js";
import { seededUniform } from "./testing/uniform.js";

const RECIPES: readonly Omit<AgentRecipe, "steps">[] = [
  { regulariser: 0, size: 500 },
  { regulariser: 0, size: 0.2 },
  { regulariser: 0.1, size: 0.2 },
  { regulariser: 0.001, size: 500 },
];
/** Programs of each recipe; 50 by default make 200. */
const PROGRAMS = Number(process.env.GRIDLOOM_KERNEL_PROGRAMS ?? 50);

describe("local solver", () => {
  let oracle: Oracle;
  before(async () => {
    oracle = await loadOracle();
  });

  it("meets HiGHS and the optimality conditions on random agents", function () {
    this.timeout(120_000);
    const uniform = seededUniform(1);
    let worst = 0;
    let silent = 0;
    const above = { linear: 0, quadratic: 0 };
    const below = { linear: 0, quadratic: 0 };
    for (const recipe of RECIPES) {
      const kind = recipe.regulariser > 0 ? "quadratic" : "linear";
      for (let k = 0; k < PROGRAMS; k++) {
        const program = randomAgent({ ...recipe, steps: [1, 2, 4, 24][k % 4] }, uniform);
        const solution = localSolver.prepare(program).solve(program.linear);
        worst = Math.max(worst, ...Object.values(optimalityErrors(program, solution)));
        const reference = oracle(program);
        if (reference === undefined) silent++;
        else {
          const difference = (solution.objective - reference) / Math.max(1, Math.abs(reference));
          above[kind] = Math.max(above[kind], difference);
          below[kind] = Math.max(below[kind], -difference);
        }
      }
    }
    const print = ({ linear, quadratic }: typeof above): string =>
      `${linear.toExponential(1)}, ${quadratic.toExponential(1)}`;
    console.log(`      ${RECIPES.length * PROGRAMS} programs: conditions to ${worst.toExponential(1)}`);
    console.log(
      `      above HiGHS (linear, quadratic) by ${print(above)}; below by ${print(below)}; no answer for ${silent}`,
    );
    assert.ok(worst <= 1e-9, `optimality conditions missed by ${worst}`);
    assert.ok(Math.max(above.linear, below.linear, above.quadratic) <= 1e-8);
    assert.ok(below.quadratic <= 1e-7, "where HiGHS stops early, ours may be lower");
    assert.ok(silent <= PROGRAMS / 5);
  });

  it("solves 96 steps", () => {
    const uniform = seededUniform(5);
    for (const recipe of RECIPES) assert.ok(worstError(randomAgent({ ...recipe, steps: 96 }, uniform)) <= 1e-9);
  });

  it("solves the agents of random networks at random prices, warm as cold", function () {
    this.timeout(60_000);
    const uniform = seededUniform(7);
    let worst = 0;
    let apart = 0;
    for (const framework of ["dual-privacy", "trilemma"] as const) {
      const problem = dispatchProblem(randomDispatch({ nodes: 25, steps: 24, framework, limits: "none", uniform }));
      for (const { program, active } of problem.agents) {
        const prepared = localSolver.prepare(program);
        for (let turn = 0; turn < 4; turn++) {
          const linear = program.linear.slice();
          active.forEach((column, t) => (linear[column] -= problem.root.buyPrice[t] * (0.5 + 0.8 * uniform())));
          const solution = prepared.solve(linear);
          worst = Math.max(worst, ...Object.values(optimalityErrors(program, solution, linear)));
          const cold = localSolver.prepare(program).solve(linear);
          const size = Math.max(1, Math.abs(cold.objective));
          apart = Math.max(apart, Math.abs(cold.objective - solution.objective) / size);
        }
      }
    }
    console.log(`      conditions to ${worst.toExponential(1)}, warm from cold by ${apart.toExponential(1)}`);
    assert.ok(worst <= 1e-9);
    assert.ok(apart <= 1e-12);
  });

  it("answers a strictly convex program the same to the last bit, whatever it solved before", () => {
    const uniform = seededUniform(3);
    const program = randomAgent({ steps: 24, regulariser: 0.1, size: 0.2 }, uniform);
    const price = (): Float64Array => program.linear.map(value => value * (1 + 1e-3 * uniform()));
    const [first, second] = [price(), price()];
    const warm = localSolver.prepare(program);
    warm.solve(program.linear);
    const once = warm.solve(second).x.slice();
    warm.solve(first);
    assert.deepEqual(warm.solve(second).x, once);
  });

  it("is not troubled by a program that failed before", () => {
    const program = randomAgent({ steps: 4, regulariser: 0, size: 500 }, seededUniform(13));
    const before = localSolver.prepare(program).solve(program.linear).x.slice();
    const spoilt = { ...program, linear: program.linear.map(() => NaN) };
    assert.throws(() => localSolver.prepare(spoilt).solve(spoilt.linear));
    assert.deepEqual(localSolver.prepare(program).solve(program.linear).x, before);
  });

  it("solves programs that cost nothing but their curvature", () => {
    const uniform = seededUniform(15);
    let worst = 0;
    for (let k = 0; k < 40; k++) {
      const program = randomAgent(
        { steps: [1, 4, 24][k % 3], regulariser: 0.1, size: [10, 1, 0.1, 1e-2, 1e-3][k % 5] },
        uniform,
      );
      program.linear.fill(0);
      worst = Math.max(worst, worstError(program));
    }
    console.log(`      40 programs: conditions to ${worst.toExponential(1)}`);
    assert.ok(worst <= 1e-9);
  });

  it("takes another curvature", () => {
    const uniform = seededUniform(9);
    const program = randomAgent({ steps: 24, regulariser: 0, size: 500 }, uniform);
    const prepared = localSolver.prepare(program);
    const plain = prepared.solve(program.linear).objective;
    const curvature = program.curvature.map((_, j) => (j % 3 === 0 ? 1e-3 : 0));
    const curved = { ...program, curvature };
    const solution = prepared.solve(program.linear, curvature);
    assert.ok(Math.max(...Object.values(optimalityErrors(curved, solution))) <= 1e-9);
    assert.ok(solution.objective > plain);
    assert.equal(prepared.solve(program.linear).objective, plain);
  });

  it("recovers the multipliers of everything that presolve takes out", () => {
    const program: QuadraticProgram = {
      ...bounded(5, { lower: [0, 2, -Infinity, 0, -1], upper: [9, 2, Infinity, 9, 1] }),
      linear: Float64Array.of(1, 1, -3, 0, -1),
      equalities: sparseRows([
        {
          entries: [
            [2, 2],
            [0, 1],
            [1, 1],
          ],
          rhs: 10,
        },
        { entries: [[3, 4]], rhs: 8 },
        { entries: [], rhs: 0 },
      ]),
      inequalities: sparseRows([
        { entries: [[4, 2]], rhs: 1 },
        { entries: [[0, -1]], rhs: -3 },
        {
          entries: [
            [2, 1],
            [3, 1],
          ],
          rhs: 5,
        },
      ]),
    };
    const solution = localSolver.prepare(program).solve(program.linear);
    assert.deepEqual([...solution.x], [3, 2, 2.5, 2, 0.5]);
    assert.ok(Math.max(...Object.values(optimalityErrors(program, solution))) <= 1e-14);
    assert.deepEqual([...solution.inequality], [0.5, 2.5, 0]);
  });

  it("solves programs of nothing, of one point, and with a whole face of optima", () => {
    assert.equal(localSolver.prepare(bounded(0, { lower: [], upper: [] })).solve(new Float64Array(0)).objective, 0);
    const point = bounded(2, { lower: [1, 2], upper: [1, 2] });
    assert.deepEqual([...localSolver.prepare(point).solve(Float64Array.of(5, 5)).x], [1, 2]);
    const row = {
      entries: [
        [0, 1],
        [1, 1],
      ] as const,
      rhs: 1,
    };
    const face = { ...bounded(2, { lower: [0, 0], upper: [1, 1] }), equalities: sparseRows([row, row, row]) };
    const solution = localSolver.prepare(face).solve(Float64Array.of(2, 2));
    assert.ok(Math.abs(solution.objective - 2) <= 1e-12);
  });
});

function worstError(program: QuadraticProgram): number {
  const solution = localSolver.prepare(program).solve(program.linear);
  return Math.max(...Object.values(optimalityErrors(program, solution)));
}

/** A program of bounds alone. */
function bounded(size: number, bounds: { readonly lower: number[]; readonly upper: number[] }): QuadraticProgram {
  return {
    curvature: new Float64Array(size),
    linear: new Float64Array(size),
    constant: 0,
    lower: Float64Array.from(bounds.lower),
    upper: Float64Array.from(bounds.upper),
    equalities: sparseRows([]),
    inequalities: sparseRows([]),
    step: new Int32Array(size),
  };
}
