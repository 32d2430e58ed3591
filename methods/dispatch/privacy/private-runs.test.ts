import assert from "node:assert/strict";
import { sixBus, yingkou } from "../../../cases/dispatch/data/index.js";
import { RandomStream } from "../../../runtime/stream.js";
import type { DispatchMethod, Payload } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import { edgeAdmm } from "../edge-admm/index.js";
import { localSolver, solveDense } from "../kernel/index.js";
import { priceBundle } from "../price-bundle/index.js";
import type { DispatchProblem } from "../problem.js";
import { dispatchProblem } from "../problems/index.js";
import { runDispatch, type DispatchRun } from "../run-dispatch.js";
import { sweep } from "../sweep/index.js";
import { masked } from "./masked-solver.js";
import type { Mask } from "./mask.js";
import { masks } from "./masks.js";
import { SecureSum, sealedAggregator } from "./secure-sum.js";

const RULE = { stop: "gap", gap: 1e-6, maxRounds: 100 } as const;
const sixBusOf = (steps: number) => dispatchProblem(sixBus({ steps }));

/** The first agents of Yingkou's feeder, those above them included, so that the tests are quick. */
function shortFeeder(): DispatchProblem {
  const spec = yingkou({ steps: 24, day: 0 });
  const nodeCount = 6;
  return dispatchProblem({
    ...spec,
    nodeCount,
    lines: spec.lines.filter(({ from, to }) => Math.max(from, to) < nodeCount),
    nodes: spec.nodes.filter(({ node }) => node < nodeCount),
  });
}

function runMasked(problem: DispatchProblem, method: DispatchMethod, mask: Mask): DispatchRun {
  const stream = new RandomStream(1, "mask");
  return runDispatch(problem, {
    method,
    rule: RULE,
    solver: masked(solveDense, { mask, uniform: () => stream.next() }),
  });
}

function assertSameRun(actual: DispatchRun, expected: DispatchRun): void {
  const { outcome } = expected;
  const distance = Math.abs(actual.outcome.objective - outcome.objective) / Math.abs(outcome.objective);
  const rounds = actual.outcome.rounds - outcome.rounds;
  console.log(
    `      objective ${distance.toExponential(1)}, bound 1e-6; ${outcome.rounds}${rounds < 0 ? "" : "+"}${rounds} rounds`,
  );
  assert.ok(distance < 1e-6, `${actual.outcome.objective} instead of ${outcome.objective}`);
  assert.ok(Math.abs(rounds) <= 1, `${actual.outcome.rounds} rounds instead of ${outcome.rounds}`);
}

describe("masked runs", () => {
  const cases = [
    ["price bundle, six-bus", sixBusOf(6), priceBundle()],
    ["sweep, six nodes of Yingkou", shortFeeder(), sweep],
  ] as const;
  for (const [name, problem, method] of cases) {
    for (const mask of Object.values(masks)) {
      it(`${name}: ${mask.name} gives the unmasked result in as many rounds`, () => {
        assertSameRun(
          runMasked(problem, method, mask),
          runDispatch(problem, { method, rule: RULE, solver: localSolver }),
        );
      });
    }
  }

  it("consensus over lines, six-bus: its first ten rounds are the unmasked ones", () => {
    const problem = sixBusOf(3);
    const rule = { stop: "paper", gap: 0, maxRounds: 10 } as const;
    const stream = new RandomStream(1, "mask");
    const solver = masked(solveDense, { mask: masks.rmme, uniform: () => stream.next(), refresh: "once" });
    const [plain, hidden] = [localSolver, solver].map(by =>
      runDispatch(problem, { method: edgeAdmm(), rule, solver: by }),
    );
    plain.outcome.history.forEach(({ progress }, round) => {
      for (const [key, value] of Object.entries(progress)) {
        const other = hidden.outcome.history[round].progress[key];
        if (Number.isFinite(value))
          assert.ok(
            Math.abs(other - value) <= 1e-5 * (1 + Math.abs(value)),
            `round ${round}, ${key}: ${other} instead of ${value}`,
          );
      }
    });
  });
});

describe("encrypted runs", () => {
  let keys: SecureSum[] = [];
  before(async function () {
    try {
      keys = [await SecureSum.create(), await SecureSum.create()];
    } catch (error) {
      if (!(error instanceof DispatchError && error.code === "LIBRARY_MISSING")) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(() => {
    for (const key of keys) key.close();
  });

  const problem = sixBusOf(24);
  const runWith = (grouping: "hour1" | "sum", sums?: SecureSum) =>
    runDispatch(problem, {
      method: priceBundle({ grouping, ...(sums && { aggregator: sealedAggregator(sums) }) }),
      rule: RULE,
      solver: localSolver,
    });

  for (const grouping of ["hour1", "sum"] as const) {
    it(`six-bus, ${grouping}: the plain result in as many rounds, and the same bytes whatever the keys and the noise`, () => {
      const [first, second] = keys.map(sums => runWith(grouping, sums));
      assert.deepEqual(first, second);
      assertSameRun(first, runWith(grouping));
    });
  }

  it("what an agent sends in a round of sums is ciphertext, new each time", () => {
    const [sums] = keys;
    const method = priceBundle({ grouping: "sum", aggregator: sealedAggregator(sums) });
    const { agents, ...known } = problem;
    const order = method.coordinate(known, RULE).next([]).value as { orders: readonly Payload[] };
    const offers = [1, 2].map(
      () => method.respond(agents[1], known, localSolver).answer(order.orders[1]).offer as Float64Array,
    );
    const plain = priceBundle({ grouping: "sum" }).respond(agents[1], known, localSolver).answer(order.orders[1])
      .offer as Float64Array;
    assert.equal(plain.length, 2 * 24 + 1);
    assert.ok(offers[0].length > 10_000);
    assert.notDeepEqual(offers[0], offers[1]);
    const same = offers[0].filter((value, i) => i > 3 && value === offers[1][i]).length;
    assert.ok(same < 0.05 * offers[0].length, `${same} of ${offers[0].length} numbers are the same twice`);
  });
});
