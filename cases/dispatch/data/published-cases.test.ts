import assert from "node:assert/strict";
import {
  billsAtDualPrices,
  type CentralDispatch,
  dispatchProblem,
  type DispatchSpec,
  nonCooperative,
  solveCentral,
  sparseInteriorPoint,
} from "../../../methods/dispatch/index.js";
import { needReference, readReferenceColumns, readReferenceRows } from "../../../testing/reference.js";
import { sixBus, sixtyBus, yingkou } from "./index.js";

/** The slow ones run only where everything is asked for. */
const isFull = process.env.GRIDLOOM_FULL === "1";

const solved = new Map<string, Promise<CentralDispatch>>();

/** The optimum of a case, which is computed once. */
function optimum(spec: DispatchSpec): Promise<CentralDispatch> {
  const key = `${spec.name} ${spec.frame.steps}`;
  const known = solved.get(key) ?? solveCentral(dispatchProblem(spec));
  solved.set(key, known);
  return known;
}

const objectiveOf = async (spec: DispatchSpec) => (await optimum(spec)).objective;

function check(what: string, actual: number, expected: number): void {
  const difference = Math.abs(actual / expected - 1);
  console.log(`      ${what} ${actual.toFixed(7)}, reference ${expected}, difference ${difference.toExponential(1)}`);
  assert.ok(difference < 1e-6);
}

describe("the published dispatch cases", () => {
  it("six-bus costs 477 CNY at 24 and at 96 steps", async () => {
    check("six-bus T 24", await objectiveOf(sixBus({ steps: 24 })), 477);
    check("six-bus T 96", await objectiveOf(sixBus({ steps: 96 })), 477);
  });

  it("sixty-bus has its optimum at 24 and at 96 steps, storages as published", async () => {
    check("sixty-bus T 24", await objectiveOf(sixtyBus({ steps: 24 })), 28300.6486167);
    check("sixty-bus T 96", await objectiveOf(sixtyBus({ steps: 96 })), 29823.6696515);
  });

  it("sixty-bus prices are the root's everywhere: no limit binds", async () => {
    const { state } = await optimum(sixtyBus({ steps: 24 }));
    const differences = state.activePrice.map((price, i) => price - state.activePrice[i % 24]);
    assert.ok(differences.every(difference => Math.abs(difference) < 1e-9));
  });

  for (const steps of [24, 96] as const) {
    const days = steps === 24 || isFull ? [0, 1, 2, 3, 4, 5, 6] : [3];
    for (const day of days) {
      it(`Yingkou, day ${day}, T ${steps}: together, alone, and what is saved`, async function () {
        needReference(this, "trilemma/yingkou-60/day-table.csv");
        const row = readReferenceRows("trilemma/yingkou-60/day-table.csv")[day];
        const spec = yingkou({ steps, day });
        const together = await objectiveOf(spec);
        const alone = nonCooperative(spec, sparseInteriorPoint).objective;
        check("together", together, Number(row[`central_cooperative_T${steps}`]));
        check("alone   ", alone, Number(row[`non_cooperative_T${steps}`]));
        if (steps === 96)
          assert.equal((100 * (1 - together / alone)).toFixed(3), Number(row.saving_percent).toFixed(3));
      });
    }
  }

  it("Yingkou's day 3 is billed 266.9 to the root, -3209.3 to the wind, 42047.4 to the rest", async () => {
    const spec = yingkou({ steps: 96, day: 3 });
    const dispatch = await optimum(spec);
    const totals = billsAtDualPrices(dispatchProblem(spec), dispatch).map(({ total }) => total);
    const sum = totals.reduce((all, total) => all + total, 0);
    const printed = [totals[0], totals[52], sum - totals[0] - totals[52]].map(total => total.toFixed(1));
    console.log(`      bills ${printed.join(" / ")}, together ${sum.toFixed(4)}`);
    assert.deepEqual(printed, ["266.9", "-3209.3", "42047.4"]);
    assert.ok(Math.abs(sum / dispatch.objective - 1) < 1e-9);
  });
});

describe("the data of the published cases", () => {
  const same = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
    assert.equal(actual.length, expected.length);
    for (let i = 0; i < actual.length; i++) assert.ok(Math.abs(actual[i] - expected[i]) <= tolerance);
  };

  it("sixty-bus loads and sun are the recorded ones", function () {
    needReference(this);
    const agents = dispatchProblem(sixtyBus({ steps: 96 })).agents;
    const load = readReferenceColumns("dual-privacy/sixty-bus/p_load.csv");
    const reactive = readReferenceColumns("dual-privacy/sixty-bus/q_load.csv");
    const sun = readReferenceColumns("dual-privacy/sixty-bus/pv.csv");
    for (const { node, activeLoad, reactiveLoad, blocks, program } of agents) {
      if (blocks.length <= 2) continue;
      same(activeLoad, load[node], 0);
      same(reactiveLoad, reactive[node], 5e-7);
      const array = blocks.find(({ device, quantity }) => device === "PV" && quantity === "activePower");
      if (array !== undefined) same(program.upper.subarray(array.first, array.first + 96), sun[node], 5e-7);
    }
  });

  for (const steps of [24, 96] as const) {
    it(`Yingkou's loads at ${steps} steps a day are the recorded ones to a milliwatt`, function () {
      needReference(this);
      const active = readReferenceColumns(`trilemma/yingkou-60/p-load-${steps}.csv.gz`);
      const reactive = readReferenceColumns(`trilemma/yingkou-60/q-load-${steps}.csv.gz`);
      for (const { node, activeLoad, reactiveLoad } of dispatchProblem(yingkou({ steps, day: 5 })).agents) {
        const day = (values: Float64Array) => values.subarray(5 * steps, 6 * steps);
        same(
          activeLoad,
          day(active[`n${node}`]).map(load => 0.9 * load),
          1e-7,
        );
        same(reactiveLoad, day(reactive[`n${node}`]), 1e-9);
      }
    });
  }
});
