import assert from "node:assert/strict";
import { NetworkSweep } from "../certificate/index.js";
import type { DispatchProblem } from "../problem.js";
import type { SparseRows } from "../program.js";
import { childrenOf, nodeProgram } from "./node-program.js";
import { threeNodes } from "./testing/three-nodes.js";

/** A row's left-hand side less its right-hand side. */
function excess(rows: SparseRows, r: number, x: Float64Array): number {
  let value = -rows.rhs[r];
  for (let at = rows.start[r]; at < rows.start[r + 1]; at += 1) value += rows.value[at] * x[rows.column[at]];
  return value;
}

/** Flows and voltages when nobody but the loads does anything, by an independent sweep. */
function sweepLoads(problem: DispatchProblem): NetworkSweep {
  const sweep = new NetworkSweep(problem);
  for (const { node, activeLoad, reactiveLoad } of problem.agents) {
    sweep.active.set(
      activeLoad.map(load => -load),
      node * problem.steps,
    );
    sweep.reactive.set(
      reactiveLoad.map(load => -load),
      node * problem.steps,
    );
  }
  sweep.flow();
  return sweep;
}

describe("a node's program", () => {
  const problem = threeNodes();
  const { steps } = problem;

  it("has the agent's variables first, unchanged, and the network's copies behind them", () => {
    for (const agent of problem.agents) {
      const { program, ownVariables } = nodeProgram(agent, problem);
      assert.equal(ownVariables, agent.program.linear.length);
      assert.deepEqual(program.linear.slice(0, ownVariables), agent.program.linear);
      assert.deepEqual(program.upper.slice(0, ownVariables), agent.program.upper);
    }
    const sizes = problem.agents.map(agent => {
      const { program, ownVariables } = nodeProgram(agent, problem);
      return (program.linear.length - ownVariables) / steps;
    });
    // Root: voltage, net P, bought, sold, net Q, two flows for each of two children. Leaf: voltage, two flows, parent's voltage.
    assert.deepEqual(sizes, [9, 4, 4]);
  });

  it("holds for flows and voltages of a sweep", () => {
    const sweep = sweepLoads(problem);
    const [root, load] = problem.agents.map(agent => nodeProgram(agent, problem));
    const x = new Float64Array(load.program.linear.length);
    const [port] = load.ports;
    const at = (values: Float64Array, node: number) => values.subarray(node * steps, (node + 1) * steps);
    [at(sweep.activeFlow, 1), at(sweep.reactiveFlow, 1), at(sweep.voltage, 0)].forEach((values, quantity) => {
      values.forEach((value, t) => (x[port.places[quantity * steps + t]] = value));
    });
    at(sweep.voltage, 1).forEach((value, t) => (x[load.ownVariables + t] = value));
    for (let r = 0; r < load.program.equalities.rhs.length; r += 1) {
      assert.ok(Math.abs(excess(load.program.equalities, r, x)) < 1e-12, `row ${r}`);
    }
    assert.equal(root.ports.length, 2);
    assert.deepEqual(
      root.ports.map(({ isChildSide }) => isChildSide),
      [false, false],
    );
    assert.ok(sweep.voltage[steps] < 1);
  });

  it("regularises each copy once and the root's reactive power twice", () => {
    const { program, ownVariables } = nodeProgram(problem.agents[0], problem);
    const own = program.curvature.slice(ownVariables);
    assert.equal(own.filter(value => value === problem.regulariser).length, 8 * steps);
    assert.equal(own.filter(value => value === 2 * problem.regulariser).length, steps);
  });

  it("limits a line's flow and a voltage on every copy", () => {
    const { network } = problem;
    const limited = {
      ...problem,
      network: {
        ...network,
        activeLimit: network.activeLimit.map(() => 0.25),
        voltageLower: network.voltageLower.fill(0.9),
      },
    };
    const { program, ports } = nodeProgram(problem.agents[1], limited);
    const [active, , voltage] = [0, 1, 2].map(quantity => ports[0].places[quantity * steps]);
    assert.deepEqual([program.lower[active], program.upper[active], program.lower[voltage]], [-0.25, 0.25, 0.9]);
  });

  it("knows the children of a node", () => {
    assert.deepEqual(childrenOf(problem.network.parent), [[1, 2], [], []]);
  });
});
