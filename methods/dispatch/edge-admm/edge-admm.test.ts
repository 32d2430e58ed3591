import assert from "node:assert/strict";
import { dispatchCentrally, sparseInteriorPoint } from "../central/index.js";
import type { Payload, Responder, StopRule } from "../index.js";
import { localSolver } from "../kernel/index.js";
import { runDispatch } from "../run-dispatch.js";
import { consensusOf, edgeAdmm, type EdgeAdmmOutcome } from "./index.js";
import type { EdgeAdmmResponder } from "./responder.js";
import { threeNodes } from "./testing/three-nodes.js";

const problem = threeNodes();
const { agents, ...known } = problem;
const GAP: StopRule = { stop: "gap", gap: 1e-9, maxRounds: 400 };
const PAPER: StopRule = { stop: "paper", gap: 0, maxRounds: 400 };
const respond = (method = edgeAdmm()) => agents.map(agent => method.respond(agent, known, localSolver));
const answerAll = (responders: readonly Responder[], orders: readonly (Payload | undefined)[]) =>
  responders.map((responder, node) => responder.answer(orders[node] ?? {}));

describe("consensus over lines", () => {
  const optimum = dispatchCentrally(problem, sparseInteriorPoint).objective;
  const solve = (rule: StopRule, options = {}) =>
    runDispatch(problem, { method: edgeAdmm(options), solver: localSolver, rule }).outcome as EdgeAdmmOutcome;

  it("reaches the central optimum by its gap, and brackets it in every round", () => {
    const outcome = solve(GAP);
    console.log(`      three nodes: gap ${outcome.gap.toExponential(1)} after round ${outcome.rounds}`);
    assert.equal(outcome.stop, "gap");
    assert.ok(Math.abs(outcome.objective / optimum - 1) < 2e-9);
    for (const { lowerBound, upperBound } of outcome.history) {
      assert.ok(lowerBound <= optimum * (1 + 1e-10) && optimum * (1 - 1e-10) <= upperBound);
    }
  });

  it("stops by the published test, and certifies what it stopped at", () => {
    const outcome = solve(PAPER);
    const { primal, dual } = outcome.history[outcome.rounds].progress;
    assert.equal(outcome.stop, "paper");
    assert.ok(primal <= 1e-4 && dual <= 1e-4);
    assert.ok(outcome.gap < 1e-6 && outcome.lowerBound <= optimum * (1 + 1e-10));
  });

  it("stops at the limit of rounds and says so", () => {
    const outcome = solve({ ...PAPER, maxRounds: 3 });
    assert.deepEqual([outcome.stop, outcome.rounds, outcome.history.length], ["round-limit", 2, 3]);
    assert.ok(Number.isFinite(outcome.gap));
  });

  it("passes its own test at once when it starts from another method's dispatch", () => {
    const cold = solve(PAPER);
    const { state } = dispatchCentrally(problem, sparseInteriorPoint);
    const warm = solve(PAPER, { start: consensusOf(state, known) });
    console.log(`      published test passed at round ${warm.rounds} from the optimum, ${cold.rounds} from the tariff`);
    assert.ok(warm.rounds <= 1 && cold.rounds > 20);
  });

  it("goes on from its own consensus", () => {
    const { consensus } = solve(PAPER);
    assert.ok(solve(PAPER, { start: consensus }).rounds <= 1);
  });

  it("reaches the same optimum with over-relaxation, on another way", () => {
    const relaxed = solve(GAP, { relaxation: 1.4 });
    assert.ok(Math.abs(relaxed.objective / optimum - 1) < 2e-9);
    assert.notEqual(relaxed.history[5].progress.primal, solve(GAP).history[5].progress.primal);
  });

  it("gives the same bytes after its nodes were saved and restored between any two rounds", () => {
    const straight = respond();
    let saved = respond();
    const coordination = edgeAdmm().coordinate(known, { ...PAPER, maxRounds: 30 });
    let turn = coordination.next([]);
    while (!turn.done) {
      const answers = answerAll(straight, turn.value.orders);
      assert.deepEqual(answerAll(saved, turn.value.orders), answers);
      const states = saved.map(responder => structuredClone(responder.save()));
      saved = respond();
      saved.forEach((responder, node) => {
        responder.restore(states[node]);
      });
      turn = coordination.next(answers);
    }
  });

  it("keeps the operator's multipliers equal to the child's and opposite to the parent's", () => {
    const responders = respond() as EdgeAdmmResponder[];
    const coordination = edgeAdmm().coordinate(known, { ...PAPER, maxRounds: 12 });
    let turn = coordination.next([]);
    while (!turn.done) turn = coordination.next(answerAll(responders, turn.value.orders));
    const [root, first, second] = responders.map(responder => responder.save().multiplier);
    [...first, ...second].forEach((multiplier, k) => {
      assert.ok(Math.abs(multiplier + root[k]) < 1e-9 * Math.max(1, Math.abs(multiplier)));
    });
  });

  it("goes on while a node is silent, with bounds from complete rounds only", () => {
    const responders = respond();
    const coordination = edgeAdmm().coordinate(known, { ...GAP, maxRounds: 60 });
    let turn = coordination.next([]);
    for (let round = 0; !turn.done; round += 1) {
      const answers = answerAll(responders, turn.value.orders);
      turn = coordination.next(answers.map((answer, node) => (node === 2 && round % 3 === 1 ? undefined : answer)));
    }
    for (const { lowerBound, upperBound } of turn.value.history) {
      assert.ok(lowerBound <= optimum * (1 + 1e-10) && optimum * (1 - 1e-10) <= upperBound);
    }
    assert.ok(turn.value.gap < 1e-4);
  });
});
