import assert from "node:assert/strict";
import type { Payload } from "../coordination.js";
import { tariffConsensus } from "./consensus.js";
import { LineConsensus } from "./line-consensus.js";
import { dualPrivacyConsensus, trilemmaConsensus } from "./rules.js";
import { threeNodes } from "./testing/three-nodes.js";

const problem = threeNodes();
/** Answers in which line 1 carries `child` at one end and `parent` at the other, in all its numbers. */
const answersWith = (child: number, parent: number): Payload[] => [
  { line1: new Float64Array(6).fill(parent), line2: new Float64Array(6), change: 0.1, cost: 1, objective: 2 },
  { line1: new Float64Array(6).fill(child), change: 0.3, cost: 10, objective: 20 },
  { line2: new Float64Array(6), change: 0.2, cost: 100, objective: 200 },
];
const firstOfLine1 = 6;

describe("the operator's consensus", () => {
  it("tells each node its own lines only", () => {
    const orders = new LineConsensus(problem, { rules: dualPrivacyConsensus, relaxation: 1 }).orders();
    assert.deepEqual(
      orders.map(order => Object.keys(order).sort()),
      [
        ["line1", "line2", "multiplier1", "multiplier2", "penalty"],
        ["line1", "multiplier1", "penalty"],
        ["line2", "multiplier2", "penalty"],
      ],
    );
    assert.deepEqual([...(orders[1].multiplier1 as Float64Array)], [500, 700, 0, 0, 0, 0]);
  });

  it("tells the tariff with the second orders by the trilemma's rules, and a given start with the first", () => {
    const tellsMultipliers = (lines: LineConsensus) => {
      const told = [0, 1, 2].map(() => {
        const order = lines.orders()[1];
        lines.take(answersWith(0, 0));
        return order.multiplier1 !== undefined;
      });
      return told;
    };
    const options = { rules: trilemmaConsensus(), relaxation: 1 };
    assert.deepEqual(tellsMultipliers(new LineConsensus(problem, options)), [false, true, false]);
    const start = tariffConsensus(problem);
    assert.deepEqual(tellsMultipliers(new LineConsensus(problem, { ...options, start })), [true, false, false]);
  });

  it("averages the ends of a line and moves its multipliers by half their difference times the penalty", () => {
    const lines = new LineConsensus(problem, { rules: trilemmaConsensus(), relaxation: 1 });
    lines.take(answersWith(3, 1));
    assert.deepEqual([...lines.value.slice(firstOfLine1, 12)], [2, 2, 2, 2, 2, 2]);
    assert.deepEqual([...lines.multiplier.slice(firstOfLine1, 12)], [510, 710, 1, 1, 1, 1]);
    assert.deepEqual(lines.residuals, { primal: 2, dual: 0.3 });
    assert.deepEqual([lines.cost, lines.objective], [111, 222]);
  });

  it("over-relaxes towards the copies", () => {
    const lines = new LineConsensus(problem, { rules: trilemmaConsensus(), relaxation: 1.5 });
    lines.take(answersWith(3, 1));
    assert.equal(lines.value[firstOfLine1], 3);
    assert.equal(lines.multiplier[firstOfLine1], 500 + 15);
    lines.take(answersWith(2, 2));
    assert.equal(lines.value[firstOfLine1], 1.5 * 2 - 0.5 * 3);
  });

  it("keeps what a silent node said last", () => {
    const lines = new LineConsensus(problem, { rules: trilemmaConsensus(), relaxation: 1 });
    lines.take(answersWith(3, 1));
    lines.take([undefined, answersWith(5, 0)[1], undefined]);
    assert.equal(lines.value[firstOfLine1], 3);
    assert.equal(lines.residuals.primal, 4);
  });

  it("agrees at the tolerance, and not above it", () => {
    const lines = new LineConsensus(problem, { rules: trilemmaConsensus(0.3), relaxation: 1 });
    lines.take(answersWith(0.25, 0));
    assert.ok(lines.hasAgreed());
    lines.take(answersWith(0.375, 0));
    assert.ok(!lines.hasAgreed());
  });
});
