import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import { caseOf, ran, ranCase, resultsOf } from "./testing/dispatch-runs.js";

/** Programs are masked and solved by three workers, each by two. */
const HIRED = { mask: "rmme", workers: 3, redundancy: 2 };

describe("dispatch by hired workers", function () {
  this.timeout(60_000);

  for (const [preset, given, settings] of [
    ["six-bus", { groups: 3 }, []],
    ["yingkou-60", { groups: 3, method: "sweep" }, ["federates.operator.params.maxRounds=2"]],
    ["dispatch-random", { nodes: 3, method: "edge-admm" }, ["federates.operator.params.maxRounds=3"]],
  ] as const) {
    it(`${preset} ${JSON.stringify(given)} comes to what agents come to who solve at home, in as many rounds`, () =>
      withFolder(async folder => {
        const run = async (more: object, name: string) =>
          ranCase(folder, await caseOf(preset, { ...given, mask: "rmme", ...more }, settings), name);
        const home = await run({}, "home");
        const hired = await run(HIRED, "hired");
        const distance = Number(hired.summary.objective) / Number(home.summary.objective) - 1;
        console.log(`      objectives differ by ${distance.toExponential(1)} (bound 1e-6)`);
        assert.ok(Math.abs(distance) <= 1e-6);
        assert.equal(hired.summary.rounds, home.summary.rounds);
      }));
  }

  it("is the same bytes on one host and on several", () =>
    withFolder(async folder => {
      const given = { ...HIRED, workers: 2, groups: 1 };
      const one = await ran(folder, "six-bus", given, "one");
      const { case: shape } = await caseOf("six-bus", given);
      writeFileSync(join(folder, "case.json"), JSON.stringify(shape));
      const each = gridloom(folder, "launch", ".", "--hosts", "each", "--out", "each");
      assert.equal(each.code, 0, each.stderr);
      assert.deepEqual(resultsOf(join(folder, "each")), resultsOf(one.out));
    }));

  it("refuses a wrong solution, names who sent it, and asks another", () =>
    withFolder(async folder => {
      const given = { ...HIRED, redundancy: 1, groups: 1 };
      const honest = await ran(folder, "six-bus", given, "honest");
      const shift = (worker: string) => `federates.${worker}.params.shift=0.1`;
      const deceived = await ranCase(folder, await caseOf("six-bus", given, [shift("worker-2")]), "deceived");
      assert.deepEqual(resultsOf(deceived.out), resultsOf(honest.out));
      const log = readFileSync(join(deceived.out, "logs", "agents-0-6.log"), "utf8");
      assert.match(log, /worker-2 gets no more programs: \w+ \d+ is missed by/);
      const alone = await caseOf("six-bus", given, ["worker-1", "worker-2", "worker-3"].map(shift));
      await assert.rejects(ranCase(folder, alone, "alone"), {
        message: /UNVERIFIED_SOLUTION: no worker is left: worker-\d, worker-\d, worker-\d answered wrongly/,
      });
    }));

  it("is not begun with programs that no mask hides", () =>
    withFolder(async folder => {
      const open = await caseOf("six-bus", { workers: 1 });
      await assert.rejects(ranCase(folder, open, "open"), { message: /no mask hides/ });
    }));
});
