import assert from "node:assert/strict";
import { DispatchError } from "../dispatch-error.js";
import { dispatchProblem, type DispatchSpec, dualPrivacyRules, trilemmaRules } from "../problems/index.js";
import { randomDispatch } from "../random/index.js";
import {
  billsAtDualPrices,
  dispatchCentrally,
  loadHighsSolver,
  nonCooperative,
  solveCentral,
  sparseInteriorPoint,
} from "./index.js";

/** A shop that needs 40 kW, and a CHP at 1 CNY/kWh behind it, on two lines; the grid sells at 0.8. */
const shopAndChp = (more: Partial<DispatchSpec> = {}): DispatchSpec => ({
  ...dualPrivacyRules({ steps: 24 }),
  name: "shop and CHP",
  nodeCount: 3,
  lines: [
    { from: 0, to: 1, resistanceOhm: 100, reactanceOhm: 0 },
    { from: 1, to: 2, resistanceOhm: 100, reactanceOhm: 0 },
  ],
  gridPort: { kind: "grid-port", buyPrice: 0.8, sellPrice: 0.4, reactiveShare: 0.75 },
  nodes: [
    { node: 1, name: "shop", devices: [{ kind: "load", activePower: 40 }] },
    {
      node: 2,
      name: "plant",
      devices: [{ kind: "chp", maximum: 100, heatToPower: 0, gasPrice: 1, reactiveShare: 0 }],
    },
  ],
  ...more,
});

const near = (actual: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected)), `${actual} is not ${expected}`);

describe("a central dispatch", () => {
  it("buys the cheapest energy: all of it from the grid", async () => {
    const { objective, state } = await solveCentral(dispatchProblem(shopAndChp()));
    near(objective, 24 * 40 * 0.8);
    near(state.activeFlow[24], 40);
    near(state.voltage[24], 1 - 40 * 1e-3);
    near(state.activePrice[24], 0.8);
  });

  it("runs the dear plant where a voltage limit binds, and prices say so", async () => {
    const { dropPerOhm, root } = shopAndChp().voltage;
    const problem = dispatchProblem(shopAndChp({ voltage: { dropPerOhm, root, lower: 0.97 } }));
    const dispatch = await solveCentral(problem);
    const ownCost = 1 + 0.244343;
    near(dispatch.objective, 24 * (30 * 0.8 + 10 * ownCost));
    near(dispatch.state.voltage[24], 0.97);
    near(dispatch.state.activePrice[0], 0.8);
    near(dispatch.state.activePrice[24], ownCost);
    near(dispatch.voltageLimitPrice[24], -(ownCost - 0.8) / 1e-3);
    const total = billsAtDualPrices(problem, dispatch).reduce((sum, bill) => sum + bill.total, 0);
    near(total, dispatch.objective);
  });

  it("runs it where a line is full", async () => {
    const [first, second] = shopAndChp().lines;
    const problem = dispatchProblem(shopAndChp({ lines: [{ ...first, activeLimit: 25 }, second] }));
    const { objective, state } = await solveCentral(problem);
    near(objective, 24 * (25 * 0.8 + 15 * 1.244343));
    near(state.activeFlow[24], 25);
  });

  it("pays for throughput where reactive power exceeds its share of the net exchange", async () => {
    const nodes = [{ node: 1, name: "shop", devices: [{ kind: "load" as const, activePower: 0, reactivePower: 30 }] }];
    const problem = dispatchProblem(shopAndChp({ nodes }));
    const dispatch = await solveCentral(problem);
    near(dispatch.objective, 24 * (20 * 0.8 - 20 * 0.4));
    near(
      billsAtDualPrices(problem, dispatch)[0].networkPayment + billsAtDualPrices(problem, dispatch)[1].total,
      dispatch.objective,
    );
  });

  it("counts every copy of flow and voltage and the exchange twice, as it says", async () => {
    const spec = shopAndChp({
      ...trilemmaRules({ steps: 24 }),
      voltage: { dropPerOhm: 0, root: 1 },
      nodes: [{ node: 1, name: "shop", devices: [{ kind: "load", activePower: 4 }] }],
      gridPort: { kind: "grid-port", buyPrice: 500, sellPrice: 300 },
    });
    const { objective, state } = await solveCentral(dispatchProblem(spec));
    const copies = 2 * 16 + 2 * 16 + (2 + 2 + 1);
    near(objective, 24 * (4 * 500 + 0.05 * copies));
    near(state.activePrice[0], 500 + 0.2 * 4);
    near(state.activePrice[24], 500 + 0.4 * 4);
  });

  it("charges lonely nodes the tariff and the voltages at rest", () => {
    const rules = trilemmaRules({ steps: 24 });
    const { objective, nodes } = nonCooperative(
      shopAndChp({
        ...rules,
        nodes: [{ node: 1, name: "shop", devices: [{ kind: "load", activePower: 4 }] }],
        gridPort: { kind: "grid-port", buyPrice: 500, sellPrice: 300 },
      }),
      sparseInteriorPoint,
    );
    near(nodes[1].cost, 24 * (4 * 500 + 0.05 * (16 + 16 + 2)));
    near(nodes[0].cost, 24 * 0.05);
    near(
      objective,
      nodes.reduce((sum, { cost }) => sum + cost, 0),
    );
  });
});

describe("random networks", () => {
  it("have the same optimum by HiGHS and by the interior-point method, with prices whose bills add up to it", async () => {
    const highs = await loadHighsSolver();
    let worst = 0;
    for (const framework of ["dual-privacy", "trilemma"] as const) {
      for (let seed = 1; seed <= 6; seed++) {
        const problem = dispatchProblem(
          randomDispatch({ nodes: 6, steps: 3, framework, limits: "binding", uniform: uniformFrom(seed) }),
        );
        const [theirs, ours] = [highs, sparseInteriorPoint].map(solver => dispatchCentrally(problem, solver));
        near(ours.objective, theirs.objective, 1e-7);
        worst = Math.max(worst, Math.abs(ours.objective / theirs.objective - 1));
        for (const dispatch of [theirs, ours]) {
          const bills = billsAtDualPrices(problem, dispatch);
          near(
            bills.reduce((sum, { total }) => sum + total, 0),
            dispatch.objective,
          );
        }
      }
    }
    console.log(`      largest difference of 12 optima: ${worst.toExponential(1)}`);
  });
});

/** A linear congruential stream (Numerical Recipes). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

describe("a network without a dispatch", () => {
  const faultOf = async (more: Partial<DispatchSpec>) => {
    const error: unknown = await solveCentral(dispatchProblem(shopAndChp(more))).catch((reason: unknown) => reason);
    assert.ok(error instanceof DispatchError);
    return `${error.code} ${error.party}: ${error.message}`;
  };
  const shop = { node: 1, name: "shop", devices: [{ kind: "load" as const, activePower: 40 }] };
  const quadratic = trilemmaRules({ steps: 24 });

  it("is told with the smallest relaxation of its limits", async () => {
    const port = { ...shopAndChp().gridPort, importLimit: 30 };
    assert.match(
      await faultOf({ nodes: [shop], gridPort: port }),
      /^INFEASIBLE_NETWORK root: .*smallest relaxation: import of root at step 0 from 30 to 40; .*and 21 more/,
    );
    const [first, second] = shopAndChp().lines;
    assert.match(
      await faultOf({ nodes: [shop], lines: [{ ...first, activeLimit: 25 }, second] }),
      /activeFlow of shop at step 0 from 25 to 40/,
    );
    const { dropPerOhm, root } = shopAndChp().voltage;
    assert.match(
      await faultOf({ nodes: [shop], voltage: { dropPerOhm, root, lower: 0.97 } }),
      /voltage of shop at step 0 from 0.97 to 0.96/,
    );
  });

  it("is told where the program is quadratic", async () => {
    const port = { ...shopAndChp().gridPort, importLimit: 30 };
    assert.match(
      await faultOf({ ...quadratic, nodes: [shop], gridPort: port }),
      /import of root at step 0 from 30 to 40/,
    );
  });

  it("names the agent whose devices cannot do what its loads ask", async () => {
    const devices = [
      { kind: "load" as const, heat: 10 },
      { kind: "electric-heater" as const, maximum: 5, efficiency: 1 },
    ];
    assert.match(
      await faultOf({ nodes: [shop, { node: 2, name: "mill", devices }] }),
      /^INFEASIBLE_AGENT mill: mill: no set-points/,
    );
  });
});
