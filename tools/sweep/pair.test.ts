import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { gridloom, readJson, startGridloom, until } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";
import { readableManifest } from "./order.js";

const SLOW = { GRIDLOOM_TEST_DELAY_MS: "20" };
const filesOf = (run: string) => readableManifest(run)?.files;

describe("a case and its twin", () => {
  it("run side by side with the bytes of two plain launches, and their differences are told", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const { code, stdout, stderr } = gridloom(folder, "launch", ".", "--pair", "rare", "--out", "run", "--seed", "3");
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^ +measured +rare +difference +unit\npeakKw +\S+ +\S+ +-\S+ +-\S+ % +kW\nmeanValueKw /);
      const { summary } = readJson(join(folder, "run-rare"), "comparison.json") as { summary: { key: string }[] };
      assert.deepEqual(
        summary.map(({ key }) => key),
        ["peakKw", "meanValueKw"],
      );
      assert.match(readText(join(folder, "run-rare"), "comparison.html"), /<h1>measured and rare<\/h1>/);
      gridloom(folder, "launch", ".", "--seed", "3", "--out", "base");
      gridloom(folder, "launch", ".", "--seed", "3", "--out", "twin", "--set", "federates.source.period=10m");
      assert.deepEqual(filesOf(join(folder, "run")), filesOf(join(folder, "base")));
      assert.deepEqual(filesOf(join(folder, "run-rare")), filesOf(join(folder, "twin")));
    }));

  it("go into folders that belong together, and say in JSON what came of them", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const { stdout } = gridloom(folder, "launch", ".", "--pair", "rare", "--json");
      const { runs, comparison } = JSON.parse(stdout) as {
        runs: { folder: string }[];
        comparison: { isIdentical: boolean };
      };
      const [first, second] = readdirSync(join(folder, "runs/measured")).sort();
      assert.equal(second, `${first}-rare`);
      assert.deepEqual(
        runs.map(run => run.folder),
        [first, second].map(name => join(folder, "runs/measured", name)),
      );
      assert.equal(comparison.isIdentical, false);
    }));

  it("are both closed properly at Ctrl-C", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder, { until: "10h" });
      const { child, ended } = startGridloom(folder, ["launch", ".", "--pair", "rare", "--out", "run"], SLOW);
      const stateOf = (run: string) => readableManifest(join(folder, run))?.state;
      await until(() => stateOf("run") === "running" && existsSync(join(folder, "run/source.csv")), "the case's run");
      child.kill("SIGINT");
      const { code, stderr } = await ended;
      assert.equal(code, 130, stderr);
      for (const run of ["run", "run-rare"]) assert.notEqual(stateOf(run), "running", run);
      assert.equal(stateOf("run"), "interrupted");
      assert.equal(gridloom(folder, "resume", "run").code, 0);
    }));

  it("fail for themselves: the other one goes on, and the error is told", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const { code, stdout, stderr } = gridloom(folder, "launch", ".", "--pair", "broken", "--out", "run");
      assert.equal(code, 1);
      assert.match(stdout, /^measured +done in .*run\nbroken +failed in .*run-broken\n$/);
      assert.match(stderr, /^COSIM_FEDERATE_FAILED \(source\): source failed at 00:10:00/m);
      assert.equal(existsSync(join(folder, "run-broken/comparison.json")), false);
    }));

  it("are refused before anything is written: an unknown twin, a faulty one, a folder that is taken", () =>
    withFolder(folder => {
      writeMeasuredCase(folder, { twins: { odd: ["federates.source.period=soon"], rare: ["until=1h"] } });
      mkdirSync(join(folder, "run-rare"));
      writeFileSync(join(folder, "run-rare/mine.txt"), "mine");
      const refused: [string[], RegExp][] = [
        [["--pair", "none"], /COSIM_OPTION_INVALID: The case has no twin "none"\. Its twins are odd, rare\./],
        [
          ["--pair", "odd"],
          /COSIM_CASE_INVALID: The twin "odd" of case\.json has 1 fault:\n {2}federates\.source\.period/,
        ],
        [["--pair", "rare"], /COSIM_RUN_FOLDER: .*run-rare exists and is not empty/],
        [["--pair", "rare", "--pause-at", "30m"], /--pair runs two cases to their ends on this machine/],
      ];
      for (const [args, message] of refused) {
        const { code, stderr } = gridloom(folder, "launch", ".", "--out", "run", ...args);
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
        assert.deepEqual(readdirSync(folder).sort(), ["case.json", "run-rare"]);
      }
      assert.deepEqual(readdirSync(join(folder, "run-rare")), ["mine.txt"]);
      const { code, stdout } = gridloom(folder, "check", ".");
      assert.equal(code, 2);
      assert.match(stdout, /twins\.odd: federates\.source\.period: is "soon"/);
    }));
});
