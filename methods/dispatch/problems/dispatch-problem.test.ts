import assert from "node:assert/strict";
import { DispatchError } from "../dispatch-error.js";
import { dispatchProblem, type DispatchSpec, dualPrivacyRules, trilemmaRules } from "./index.js";

const spec = (more: Partial<DispatchSpec> = {}): DispatchSpec => ({
  ...dualPrivacyRules({ steps: 96 }),
  name: "two nodes",
  nodeCount: 3,
  lines: [
    { from: 0, to: 1, resistanceOhm: 0.1, reactanceOhm: 0.1 },
    { from: 1, to: 2, resistanceOhm: 0.1, reactanceOhm: 0.1 },
  ],
  gridPort: { kind: "grid-port", buyPrice: 0.8, sellPrice: 0.4, importLimit: 50 },
  nodes: [{ node: 2, name: "shop", devices: [{ kind: "load", activePower: 3 }] }],
  ...more,
});

const faultOf = (more: Partial<DispatchSpec>) => {
  try {
    dispatchProblem(spec(more));
  } catch (error) {
    assert.ok(error instanceof DispatchError);
    return `${error.code} ${error.message}`;
  }
  return "accepted";
};

describe("a dispatch problem", () => {
  it("has an agent for every node, also where the case says nothing", () => {
    const { agents } = dispatchProblem(spec());
    assert.deepEqual(
      agents.map(({ node, name }) => `${node} ${name}`),
      ["0 node 0", "1 node 1", "2 shop"],
    );
    assert.equal(agents[2].activeLoad[95], 3);
  });

  it("prices a step by its hours, or sums prices and scales the sum", () => {
    const hourly = dispatchProblem(spec());
    assert.equal(hourly.root.buyPrice[0], 0.2);
    assert.equal(hourly.costScale, 1);
    const summed = dispatchProblem(spec(trilemmaRules({ steps: 96 })));
    assert.equal(summed.root.buyPrice[0], 0.8);
    assert.equal(summed.costScale, 0.25);
  });

  it("leaves limits out where the tariff has none", () => {
    const { root } = dispatchProblem(spec());
    assert.deepEqual([root.importLimit, root.exportLimit, root.reactiveShare], [50, Infinity, Infinity]);
  });

  it("refuses nodes that are not there or come twice, and tariffs that are none", () => {
    const node = { node: 1, name: "mill", devices: [] };
    assert.match(faultOf({ nodes: [{ ...node, node: 3 }] }), /^INVALID_NETWORK .*mill stands at node 3; .*0 to 2/);
    assert.match(faultOf({ nodes: [node, node] }), /node 1 is described twice/);
    const port = spec().gridPort;
    assert.match(faultOf({ gridPort: { ...port, sellPrice: 0.9 } }), /^INVALID_DEVICE root, grid-port: sellPrice 0.9/);
    assert.match(
      faultOf({ gridPort: { ...port, buyPrice: [1, 2] } }),
      /^INVALID_PROFILE root, grid-port: buyPrice has 2 values/,
    );
    assert.match(faultOf({ gridPort: { ...port, importLimit: -5 } }), /importLimit = -5/);
  });
});
