import assert from "node:assert/strict";
import { dispatchProblem } from "../problems/index.js";
import type { AgentModel } from "../problem.js";
import { randomDispatch } from "../random/index.js";
import { bandRows } from "./banded-program.js";
import { localSolver } from "./index.js";
import { StepPrograms } from "./step-programs.js";
import { optimalityErrors } from "./testing/optimality.js";
import { loadOracle } from "./testing/oracle.js";
import { seededUniform } from "./testing/uniform.js";

const uniform = seededUniform(21);
const problem = dispatchProblem(
  randomDispatch({ nodes: 40, steps: 12, framework: "dual-privacy", limits: "none", uniform }),
);
const agents = problem.agents.filter(agent => agent.isFlexible && !agent.isCoupledInTime);

/** An agent's prices, those of its injections drawn; some of them 0, so that many vertices are as good. */
function drawPrices({ program, active }: AgentModel): Float64Array {
  const linear = program.linear.slice();
  for (const column of active) linear[column] -= uniform() < 0.3 ? 0 : 2 * uniform() - 0.5;
  return linear;
}

describe("agents without storage", () => {
  it("meet HiGHS and the optimality conditions at any price", async () => {
    const oracle = await loadOracle();
    let [apart, worst] = [0, 0];
    for (const agent of agents) {
      const prepared = localSolver.prepare(agent.program);
      for (let turn = 0; turn < 4; turn++) {
        const linear = drawPrices(agent);
        const solution = prepared.solve(linear);
        worst = Math.max(worst, ...Object.values(optimalityErrors(agent.program, solution, linear)));
        const reference = oracle({ ...agent.program, linear }) ?? NaN;
        apart = Math.max(apart, Math.abs(solution.objective - reference) / Math.max(1, Math.abs(reference)));
      }
    }
    console.log(
      `      ${agents.length} agents: from HiGHS by ${apart.toExponential(1)}, conditions to ${worst.toExponential(1)}`,
    );
    assert.ok(agents.length > 10);
    assert.ok(apart <= 1e-8 && worst <= 1e-9);
  });

  it("answer the same to the last bit, whatever they were asked before", () => {
    for (const agent of agents) {
      const [first, second] = [drawPrices(agent), agent.program.linear.slice()];
      const warm = localSolver.prepare(agent.program);
      const once = warm.solve(second).x.slice();
      warm.solve(first);
      assert.deepEqual(warm.solve(second).x, once);
      assert.deepEqual(localSolver.prepare(agent.program).solve(second).x, once);
    }
  });
});

describe("step programs", () => {
  /** Rows x + y ≤ 2 at each of two steps, one of which may ask for another sense of the bounds. */
  const twoSteps = (lower: number) => {
    const rows = [0, 2].map(first => ({
      entries: new Map([
        [first, 1],
        [first + 1, 1],
      ]),
      rhs: 2,
      isEquality: false,
    }));
    const bounds = { lower: new Float64Array(4).fill(lower), upper: Float64Array.of(1.5, Infinity, 1.5, Infinity) };
    return bandRows(rows, Int32Array.of(0, 0, 1, 1), bounds).program;
  };
  const prices = (...values: number[]): Float64Array => Float64Array.of(...values, 0, 0);

  it("give each step's vertex and multipliers", () => {
    const steps = StepPrograms.split(twoSteps(0), prices(0, 0, 0, 0));
    assert.ok(steps);
    assert.ok(steps.solve(prices(-3, -1, 1, -2)) <= 1e-15);
    assert.deepEqual([...steps.x], [1.5, 0.5, 0, 2, 0, 0]);
    assert.deepEqual([...steps.y], [1, 2]);
  });

  it("tell when the cost falls without end, and when nothing satisfies a step", () => {
    const steps = StepPrograms.split(twoSteps(-Infinity), prices(0, 0, 0, 0));
    assert.equal(steps?.solve(prices(1, 0, 0, 0)), Infinity);
    assert.equal(StepPrograms.split(twoSteps(1.25), prices(0, 0, 0, 0)), undefined);
  });
});
