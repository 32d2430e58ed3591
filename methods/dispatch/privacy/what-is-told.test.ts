import assert from "node:assert/strict";
import { RandomStream } from "../../../runtime/stream.js";
import type { DispatchMethod, Payload } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import { edgeAdmm } from "../edge-admm/index.js";
import { localSolver } from "../kernel/index.js";
import { priceBundle } from "../price-bundle/index.js";
import type { AgentModel, DispatchProblem } from "../problem.js";
import { dispatchProblem } from "../problems/index.js";
import { randomDispatch } from "../random/index.js";
import { runDispatch } from "../run-dispatch.js";
import { sweep } from "../sweep/index.js";
import { SecureSum, sealedAggregator } from "./secure-sum.js";

const RULE = { stop: "gap", gap: 1e-6, maxRounds: 40 } as const;
const STEPS = 4;

function randomCase(framework: "dual-privacy" | "trilemma"): DispatchProblem {
  const stream = new RandomStream(framework === "trilemma" ? 1 : 3, "case");
  const uniform = () => stream.next();
  return dispatchProblem(randomDispatch({ nodes: 8, steps: STEPS, framework, limits: "none", uniform }));
}

/** One order, what was answered, and who asked whom. */
interface Told {
  readonly model: AgentModel;
  readonly order: Payload;
  readonly answer: Payload;
}

/** Runs a method and writes down all that travels. */
function overhear(problem: DispatchProblem, method: DispatchMethod) {
  const told: Told[] = [];
  const spied: DispatchMethod = {
    ...method,
    respond: (model, known, solver) => {
      const responder = method.respond(model, known, solver);
      const answer = (order: Payload) => {
        const said = responder.answer(order);
        told.push({ model, order, answer: said });
        return said;
      };
      return {
        answer,
        dispatch: () => responder.dispatch(),
        save: () => responder.save(),
        restore: s => responder.restore(s),
      };
    },
  };
  return { told, run: runDispatch(problem, { method: spied, rule: RULE, solver: localSolver }) };
}

/** What an agent alone would answer to a price: its cost and its active injection. */
function bestAnswer({ program, active, reactive, activeLoad }: AgentModel, order: Payload) {
  const linear = program.linear.slice();
  active.forEach((place, t) => (linear[place] -= (order.activePrice as Float64Array)[t]));
  reactive.forEach((place, t) => (linear[place] -= (order.reactivePrice as Float64Array)[t]));
  const { x } = localSolver.prepare(program).solve(linear);
  return Array.from(active, (place, t) => x[place] - activeLoad[t]);
}

const isNear = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((value, i) => Math.abs(value - b[i]) < 1e-6 * (1 + Math.abs(b[i])));

/** Offers in which an agent's own injection can be read. */
function readable(told: readonly Told[]): Told[] {
  return told.filter(({ model, order, answer }) => {
    const offer = answer.offer as Float64Array | undefined;
    if (offer === undefined || order.activePrice === undefined) return false;
    const injection = bestAnswer(model, order);
    return Array.from(offer, (_, first) => first).some(first => isNear(offer.slice(first, first + STEPS), injection));
  });
}

describe("what the operator is told", () => {
  const problem = randomCase("dual-privacy");
  let sums: SecureSum;
  before(async function () {
    try {
      sums = await SecureSum.create();
    } catch (error) {
      if (!(error instanceof DispatchError && error.code === "LIBRARY_MISSING")) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(() => sums?.close());

  it("price bundle, in the open: each agent's injection at every price, whatever the grouping", () => {
    for (const grouping of ["agent", "hour1", "hour", "sum"] as const) {
      const { told } = overhear(problem, priceBundle({ grouping }));
      const offers = told.filter(({ answer, order }) => answer.offer && order.activePrice);
      assert.ok(offers.length > 0);
      assert.equal(readable(told).length, offers.length, grouping);
    }
  });

  it("price bundle, encrypted: storages one by one with hour1, nobody's with hour and sum", () => {
    const aggregator = sealedAggregator(sums);
    const { told } = overhear(problem, priceBundle({ grouping: "hour1", aggregator }));
    const storages = readable(told);
    assert.ok(storages.length > 0 && storages.every(({ model }) => model.isCoupledInTime));
    for (const grouping of ["hour", "sum"] as const) {
      assert.deepEqual(readable(overhear(problem, priceBundle({ grouping, aggregator })).told), [], grouping);
    }
  });

  it("price bundle: at the end everybody's injection, because flows and voltages follow from it", () => {
    const { told, run } = overhear(problem, priceBundle({ grouping: "sum", aggregator: sealedAggregator(sums) }));
    for (const { model } of told.filter(({ answer }) => answer.active)) {
      const last = told.findLast(other => other.model === model && other.answer.active);
      const { active } = run.outcome.state;
      assert.ok(
        isNear(last?.answer.active as Float64Array, active.slice(model.node * STEPS, (model.node + 1) * STEPS)),
      );
    }
    const flexible = problem.agents.filter(({ isFlexible }) => isFlexible);
    assert.ok(flexible.every(({ node }) => told.some(({ model, answer }) => model.node === node && answer.active)));
  });

  it("sweep: everybody's cost and injection in every round", () => {
    const { told } = overhear(randomCase("trilemma"), sweep);
    const first = told.slice(0, 8);
    assert.ok(
      first.every(({ answer }) => answer.cost !== undefined && (answer.active as Float64Array).length === STEPS),
    );
  });

  it("consensus over lines: flows, and by difference everybody's injection in every round", () => {
    const { told, run } = overhear(randomCase("trilemma"), edgeAdmm());
    const { agents, network } = randomCase("trilemma");
    const steps = told.filter(({ answer }) => answer[`line1`] !== undefined || answer.change !== undefined);
    const inflows = (answer: Payload, line: number) =>
      (answer[`line${line}`] as Float64Array | undefined)?.slice(0, STEPS);
    for (const { model } of agents.filter(({ node }) => network.parent[node] >= 0).map(model => ({ model }))) {
      const last = steps.findLast(other => other.model.node === model.node && inflows(other.answer, model.node));
      assert.ok(last);
      const children = agents.filter(({ node }) => network.parent[node] === model.node);
      const injection = Array.from({ length: STEPS }, (_, t) =>
        children.reduce((sum, { node }) => sum + inflows(last.answer, node)![t], -inflows(last.answer, model.node)![t]),
      );
      const x = run.dispatches[model.node];
      const own = Array.from(model.active, (place, t) => x[place] - model.activeLoad[t]);
      assert.ok(isNear(injection, own), `node ${model.node}: ${injection} instead of ${own}`);
    }
  });
});
