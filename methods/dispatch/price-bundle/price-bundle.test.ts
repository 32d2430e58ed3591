import assert from "node:assert/strict";
import { sixBus, sixtyBus, yingkou } from "../../../cases/dispatch/data/index.js";
import type { StopRule } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import { localSolver } from "../kernel/index.js";
import { dispatchProblem } from "../problems/index.js";
import { runDispatch } from "../run-dispatch.js";
import { type PriceBundleOptions, priceBundle } from "./index.js";

const SIXTY_BUS = 28300.6486167;
const rule: StopRule = { stop: "gap", gap: 1e-6, maxRounds: 120 };

function solve(spec: Parameters<typeof dispatchProblem>[0], options: PriceBundleOptions = {}) {
  const problem = dispatchProblem(spec);
  return { problem, ...runDispatch(problem, { method: priceBundle(options), solver: localSolver, rule }) };
}

describe("the price bundle", () => {
  it("knows the six-bus optimum after one round: the tariff is the price", () => {
    const { outcome } = solve(sixBus({ steps: 24 }));
    console.log(`      six-bus: ${outcome.rounds} round, gap ${outcome.gap.toExponential(1)}`);
    assert.ok(outcome.rounds <= 2);
    assert.ok(Math.abs(outcome.objective - 477) < 1e-6 * 477);
  });

  it("reaches the sixty-bus optimum within 1e-6 in 15 rounds, with bounds that hold in every round", () => {
    const { outcome, problem, dispatches } = solve(sixtyBus({ steps: 24 }));
    console.log(`      sixty-bus: ${outcome.rounds} rounds, gap ${outcome.gap.toExponential(1)}`);
    assert.ok(outcome.rounds <= 15, `${outcome.rounds} rounds`);
    assert.ok(Math.abs(outcome.objective - SIXTY_BUS) < 1e-6 * SIXTY_BUS);
    for (const { lowerBound, upperBound } of outcome.history) {
      assert.ok(lowerBound <= SIXTY_BUS + 1e-4 && upperBound >= SIXTY_BUS - 1e-4);
    }
    const { active, activeLoad } = problem.agents[7];
    active.forEach((place, t) => {
      assert.ok(Math.abs(dispatches[7][place] - activeLoad[t] - outcome.state.active[7 * 24 + t]) < 1e-9);
    });
  });

  it("needs only sums of all offers, at the price of more rounds", () => {
    const { outcome } = solve(sixtyBus({ steps: 24 }), { grouping: "hour", check: "end" });
    console.log(`      sixty-bus, storages summed too: ${outcome.rounds} rounds, gap ${outcome.gap.toExponential(1)}`);
    assert.ok(outcome.gap <= 1e-6);
    assert.ok(outcome.lowerBound <= SIXTY_BUS + 1e-4 && outcome.upperBound >= SIXTY_BUS - 1e-4);
  });

  it("asks the aggregator for sums only, and tells it one vector of each agent in a class", () => {
    const asked: number[] = [];
    const aggregator = {
      name: "counting",
      seal: (vector: Float64Array) => vector,
      sum(vectors: readonly Float64Array[]) {
        asked.push(vectors.length);
        return vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0));
      },
    };
    const { outcome } = solve(sixBus({ steps: 24 }), { grouping: "sum", aggregator });
    assert.deepEqual(asked, [1, ...new Array<number>(outcome.rounds).fill(6)]);
    assert.equal(outcome.stop, "gap");
  });

  it("refuses a network whose flows cost something", () => {
    const isRefused = (error: unknown) => error instanceof DispatchError && error.code === "INVALID_NETWORK";
    assert.throws(() => solve(yingkou({ steps: 24, day: 0 })), isRefused);
  });

  it("goes on after a checkpoint as if nothing had happened", () => {
    const { agents, ...known } = dispatchProblem(sixtyBus({ steps: 24 }));
    const run = (isInterrupted: boolean) => {
      const method = priceBundle();
      let responders = agents.map(agent => method.respond(agent, known, localSolver));
      const rounds = method.coordinate(known, { ...rule, gap: 1e-3 });
      let turn = rounds.next([]);
      for (let round = 0; !turn.done; round++) {
        if (isInterrupted && round === 4) {
          const states = responders.map(responder => structuredClone(responder.save()));
          responders = agents.map(agent => method.respond(agent, known, localSolver));
          responders.forEach((responder, node) => responder.restore(states[node]));
        }
        const { orders } = turn.value;
        turn = rounds.next(responders.map((responder, node) => orders[node] && responder.answer(orders[node])));
      }
      return [turn.value.objective, ...responders.flatMap(responder => [...responder.dispatch()])];
    };
    assert.deepEqual(run(true), run(false));
  });
});
