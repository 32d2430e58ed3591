import { dispatchProblem, trilemmaRules, type DispatchProblem } from "../../index.js";

/** A root, a node with a load below it, and one with a load and a generator beside that: MW, two steps. */
export function threeNodes(): DispatchProblem {
  return dispatchProblem({
    ...trilemmaRules({ steps: 2 }),
    name: "three nodes",
    nodeCount: 3,
    lines: [
      { from: 0, to: 1, resistanceOhm: 100, reactanceOhm: 200 },
      { from: 0, to: 2, resistanceOhm: 50, reactanceOhm: 100 },
    ],
    gridPort: { kind: "grid-port", buyPrice: [500, 700], sellPrice: 300 },
    nodes: [
      { node: 1, name: "load", devices: [{ kind: "load", activePower: [0.2, 0.4], reactivePower: 0.1 }] },
      {
        node: 2,
        name: "generator",
        devices: [
          { kind: "load", activePower: 0.3 },
          { kind: "generator", minimum: 0.1, maximum: 0.5, quadraticCost: 400, linearCost: 450, reactiveRatio: 0.5 },
        ],
      },
    ],
  });
}
