import assert from "node:assert/strict";
import { solveDense, type DenseProgram } from "../../methods/dispatch/kernel/index.js";
import { RandomStream, type Context } from "../../runtime/index.js";
import { closeTasks, giveOut, hire, takeWord, type HiredWorkers, type SentTask } from "./hired-workers.js";

/** min ½y² − y, where y ≤ ½: the optimum is ½. */
const PROGRAM: DenseProgram = {
  size: 1,
  hessian: Float64Array.of(1),
  linear: Float64Array.of(-1),
  rows: Float64Array.of(1),
  rhs: Float64Array.of(0.5),
};

function setting(redundancy: number) {
  const logged: string[] = [];
  const stream = new RandomStream(3, "workers");
  const context = {
    name: "agents",
    stream: () => stream,
    log: (_level: string, message: string) => logged.push(message),
  } as unknown as Context;
  const hired = hire({ workers: ["ann", "bob", "cid"], redundancy, tolerance: 1e-6 });
  return { hired, context, logged };
}

/** What the workers that were asked say; `shift` is added by the wrong one, and the silent one finds nothing. */
function say(hired: HiredWorkers, sent: readonly SentTask[], { wrong = "", silent = "", shift = 0 } = {}): void {
  for (const { to, payload } of sent) {
    const worker = to.replace(".tasks", "");
    const found = solveDense(payload.program);
    const y = worker === wrong ? found.y.map(value => value + shift) : found.y;
    const solution = worker === silent ? undefined : { ...found, y };
    takeWord(hired, { dispatch: "solution", worker, task: payload.task, solution });
  }
}

const workerOf = ({ to }: SentTask) => to.replace(".tasks", "");

describe("hired workers", () => {
  it("solve a program as often as the redundancy says, each copy by another", () => {
    const { hired, context } = setting(2);
    const sent = giveOut(hired, [{ node: 4, program: PROGRAM }], context);
    assert.equal(new Set(sent.map(workerOf)).size, 2);
    say(hired, sent.slice(0, 1));
    assert.deepEqual(closeTasks(hired, context), { taken: [], sent: [] });
    say(hired, sent);
    const { taken } = closeTasks(hired, context);
    assert.equal(taken.length, 1);
    assert.equal(taken[0].node, 4);
    assert.ok(Math.abs(taken[0].solution.y[0] - 0.5) < 1e-8);
    assert.deepEqual(hired.tasks, []);
  });

  it("are out after a wrong solution, and their program goes to another", () => {
    const { hired, context, logged } = setting(1);
    const sent = giveOut(hired, [{ node: 0, program: PROGRAM }], context);
    const [wrong] = sent.map(workerOf);
    say(hired, sent, { wrong, shift: 1e-3 });
    const next = closeTasks(hired, context);
    assert.deepEqual(next.taken, []);
    assert.equal(next.sent.length, 1);
    assert.notEqual(workerOf(next.sent[0]), wrong);
    assert.deepEqual(hired.pool.excluded, [wrong]);
    assert.match(logged[0], new RegExp(`^${wrong} gets no more programs: .* is missed by .*, allowed is 0.000001`));
    say(hired, next.sent);
    assert.equal(closeTasks(hired, context).taken.length, 1);
  });

  it("are in after a solution that misses no more than the tolerance", () => {
    const { hired, context } = setting(1);
    const sent = giveOut(hired, [{ node: 0, program: PROGRAM }], context);
    say(hired, sent, { wrong: workerOf(sent[0]), shift: -1e-8 });
    assert.equal(closeTasks(hired, context).taken.length, 1);
    assert.deepEqual(hired.pool.excluded, []);
  });

  it("are out when they find nothing repeatedly, until nobody is left", () => {
    const { hired, context } = setting(3);
    let sent = giveOut(hired, [{ node: 0, program: PROGRAM }], context);
    const nobodyFinds = () => {
      for (const one of sent) say(hired, [one], { silent: workerOf(one) });
      sent = closeTasks(hired, context).sent;
    };
    nobodyFinds();
    nobodyFinds();
    assert.equal(sent.length, 3);
    assert.throws(nobodyFinds, { code: "UNVERIFIED_SOLUTION", message: /no worker is left/ });
  });

  it("are not heard about what they were not asked, and only once", () => {
    const { hired, context } = setting(1);
    const [sent] = giveOut(hired, [{ node: 0, program: PROGRAM }], context);
    const stranger = ["ann", "bob", "cid"].find(worker => worker !== workerOf(sent)) ?? "";
    takeWord(hired, { dispatch: "solution", worker: stranger, task: 0 });
    assert.deepEqual(closeTasks(hired, context).sent, []);
    takeWord(hired, { dispatch: "solution", worker: workerOf(sent), task: 0, solution: solveDense(PROGRAM) });
    takeWord(hired, { dispatch: "solution", worker: workerOf(sent), task: 0 });
    assert.equal(closeTasks(hired, context).taken.length, 1);
  });
});
