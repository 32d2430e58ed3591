import assert from "node:assert/strict";
import { sixBus } from "../../cases/dispatch/data/index.js";
import { dispatchProblem, type Solution } from "../../methods/index.js";
import { localSolver, solveDense, type DenseSolution } from "../../methods/dispatch/kernel/index.js";
import { masks } from "../../methods/dispatch/privacy/index.js";
import { RandomStream } from "../../runtime/stream.js";
import { OutsourcedSolver, SolutionAwaited } from "./outsourced-solver.js";

const { program, active } = dispatchProblem(sixBus({ steps: 24 })).agents[1];

/** The agent's costs less a price of what it gives to the network. */
function pricesOf(price: number): Float64Array {
  const linear = program.linear.slice();
  for (const place of active) linear[place] -= price;
  return linear;
}

function solverOn(solutions: readonly DenseSolution[]): OutsourcedSolver {
  const stream = new RandomStream(7, "mask");
  return new OutsourcedSolver({ mask: masks.rmme, uniform: () => stream.next() }, solutions);
}

/** Solves as an agent's federate does: what is awaited is solved, and everything since the last order asked again. */
function worked(ask: () => Solution[], solutions: DenseSolution[]): { readonly answers: Solution[]; attempts: number } {
  for (let attempts = 1; ; attempts++) {
    try {
      return { answers: ask(), attempts };
    } catch (error) {
      assert.ok(error instanceof SolutionAwaited);
      solutions.push(solveDense(error.program));
    }
  }
}

describe("an outsourced solver", () => {
  const linear = [0.1, 0.2, 0.1].map(pricesOf);

  it("awaits one solution for each new program, and comes to the solutions of the agent's own solver", () => {
    const solutions: DenseSolution[] = [];
    const prepared = solverOn(solutions).prepare(program);
    const { answers, attempts } = worked(() => linear.map(prices => prepared.solve(prices)), solutions);
    assert.equal(attempts, 3);
    assert.equal(solutions.length, 2);
    const home = localSolver.prepare(program);
    answers.forEach(({ objective }, k) => {
      const own = home.solve(linear[k]).objective;
      assert.ok(Math.abs(objective - own) <= 1e-8 * (1 + Math.abs(own)), `${objective} is not ${own}`);
    });
  });

  it("repeats itself, bit by bit, from the solutions that it was given", () => {
    const solutions: DenseSolution[] = [];
    const first = solverOn(solutions).prepare(program);
    const { answers } = worked(() => linear.map(prices => first.solve(prices)), solutions);
    const again = solverOn(solutions).prepare(program);
    assert.deepEqual(
      linear.map(prices => again.solve(prices)),
      answers,
    );
  });

  it("keeps the last solution of each program when it forgets", () => {
    const solutions: DenseSolution[] = [];
    const solver = solverOn(solutions);
    const prepared = solver.prepare(program);
    worked(() => linear.slice(0, 2).map(prices => prepared.solve(prices)), solutions);
    solver.forget();
    assert.ok(prepared.solve(linear[1]).objective < Infinity);
    assert.throws(() => prepared.solve(linear[0]), SolutionAwaited);
  });
});
