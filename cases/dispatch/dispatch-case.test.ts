import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import { caseOf, ran, ranCase, resultsOf, type Given } from "./testing/dispatch-runs.js";

/** Distance of the bounds from a published or independently computed optimum. */
function relative(summary: Readonly<Record<string, number | string>>, optimum: number) {
  const distance = (key: string) => (Number(summary[key]) - optimum) / optimum;
  return { objective: distance("objective"), lower: distance("lowerBound"), upper: distance("upperBound") };
}

describe("dispatch cases", function () {
  this.timeout(60_000);

  const OPTIMA: readonly [preset: string, given: Given, optimum: number, method: string][] = [
    ["six-bus", {}, 477, "price-bundle"],
    ["sixty-bus", {}, 28300.6486167, "price-bundle"],
    ["yingkou-60", {}, 40767.2253, "sweep"],
    ["yingkou-60", { day: 3, groups: 3 }, 42138.5471, "sweep"],
    ["six-bus", { mask: "rmme" }, 477, "price-bundle"],
    ["six-bus", { method: "central" }, 477, "central"],
    ["yingkou-60", { method: "central" }, 40767.2253, "central"],
  ];
  for (const [preset, given, optimum, method] of OPTIMA) {
    it(`${preset} ${JSON.stringify(given)} comes within 1e-6 of the optimum ${optimum}`, () =>
      withFolder(async folder => {
        const { summary } = await ran(folder, preset, given);
        const { objective, lower, upper } = relative(summary, optimum);
        console.log(
          `      objective ${objective.toExponential(1)}, lower ${lower.toExponential(1)}, gap ${Number(summary.relativeGap).toExponential(1)}, ${summary.rounds} rounds (bound 1e-6)`,
        );
        assert.equal(summary.method, method);
        assert.ok(Math.abs(objective) < 1e-6);
        assert.ok(lower < 1e-8 && upper > -1e-8, "the bounds hold the optimum between them");
        assert.ok(Number(summary.relativeGap) <= 1e-6);
      }));
  }

  it("bills add up to the objective, and every step's power balances over the lines", () =>
    withFolder(async folder => {
      const { out, summary } = await ran(folder, "yingkou-60", { groups: 6 });
      const rows = (file: string) =>
        readFileSync(join(out, file), "utf8")
          .trim()
          .split("\n")
          .slice(1)
          .map(line => line.split(","));
      const bills = rows("bills.csv").map(row => Number(row[5]));
      const sum = bills.reduce((total, bill) => total + bill, 0);
      assert.equal(bills.length, 60);
      assert.ok(Math.abs(sum / Number(summary.objective) - 1) < 1e-6, `${sum} is not ${summary.objective}`);
      const lines = rows("../network.csv").map(([from, to]) => [Number(from), Number(to)]);
      const network = new Map(rows("flows.csv").map(([time, node, ...row]) => [`${time} ${node}`, row.map(Number)]));
      for (let node = 1; node < 60; node++) {
        const [injection, , flow] = network.get(`0 ${node}`) ?? [];
        const onwards = lines.filter(([from]) => from === node).map(([, to]) => network.get(`0 ${to}`)?.[2] ?? NaN);
        assert.ok(Math.abs(flow + injection - onwards.reduce((total, out) => total + out, 0)) < 1e-9);
      }
    }));

  it("two days are the day after the first day: the first day's rows are those of a run of one day", () =>
    withFolder(async folder => {
      const one = await ran(folder, "yingkou-60", { groups: 4 }, "one");
      const two = await ran(folder, "yingkou-60", { groups: 4, days: 2 }, "two");
      const [first, both] = [resultsOf(one.out), resultsOf(two.out)];
      for (const file of ["flows.csv", "setpoints.csv", "bills.csv", "convergence.csv"])
        assert.ok(both[file].startsWith(first[file]), file);
      assert.equal(two.summary.horizons, 2);
    }));

  it("is the same bytes on one host and on several, and with messages that overtake each other", () =>
    withFolder(async folder => {
      const one = await ran(folder, "yingkou-60", { groups: 3 }, "one");
      const { case: shape } = await caseOf("yingkou-60", { groups: 3 });
      writeFileSync(join(folder, "case.json"), JSON.stringify(shape));
      const each = gridloom(folder, "launch", ".", "--hosts", "each", "--out", "each");
      assert.equal(each.code, 0, each.stderr);
      assert.deepEqual(resultsOf(join(folder, "each")), resultsOf(one.out));
      const late = { groups: 3, exchange: "delayed", jitter: "500ms", seed: 5 };
      const shuffled = await ran(folder, "yingkou-60", late, "shuffled");
      assert.deepEqual(resultsOf(shuffled.out), resultsOf(one.out));
    }));

  it("names the agent that is silent, or asks again until it has answered", () =>
    withFolder(async folder => {
      const lossy = { groups: 10, exchange: "delayed", loss: 0.1, patience: "1s", seed: 2 };
      await assert.rejects(ran(folder, "yingkou-60", lossy, "ended"), {
        message: /AGENT_SILENT: The agent of node \d+ \(agents-\d+-\d+\)/,
      });
      const plain = await ran(folder, "yingkou-60", { groups: 10 }, "plain");
      const patient = await ran(folder, "yingkou-60", { ...lossy, retries: 20 }, "patient");
      assert.deepEqual(resultsOf(patient.out), resultsOf(plain.out));
      assert.equal(patient.summary.assumedAnswers, 0);
    }));

  it("goes on with last answers where the case says so, and tells how many there were", () =>
    withFolder(async folder => {
      const lossy = { exchange: "delayed", loss: 0.02, patience: "1s", retries: 1, onSilence: "last", seed: 3 };
      const given = { ...lossy, method: "edge-admm", stop: "paper" };
      const shorter = await caseOf("six-bus", given, ["federates.operator.params.maxRounds=60"]);
      const { summary } = await ranCase(folder, shorter, "run");
      const { assumedAnswers, rounds, upperBound } = summary as Record<string, number>;
      assert.equal((summary as Record<string, unknown>).stop, "round-limit");
      console.log(`      ${assumedAnswers} answers assumed in ${rounds} rounds, upper bound ${upperBound}`);
      assert.ok(assumedAnswers > 0);
      assert.ok(upperBound > 476.999 && upperBound < 600);
    }));
});
