import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";

describe("the input of a sweep", () => {
  const refused: [string[], RegExp][] = [
    [[".", "--set", "federates.source.period"], /write path=from\.\.to:step or path=a,b,c/],
    [[".", "--set", "federates.sauce.period=1s,2s"], /there is no "sauce"\. Did you mean "source"\?/],
    [[".", "--set", "federates.source.period=1s,x"], /case\.json with federates\.source\.period=x has 1 fault/],
    [[".", "--set", "until=1h,2h", "--set", "until=3h"], /until is varied twice/],
    [[".", "--set", "seed=1..3"], /Seeds are varied with --seeds/],
    [[".", "--seeds", "-1..3"], /--seeds has "-1"; a seed is a whole number from 0/],
    [[".", "--seeds", "1..9:0"], /--seeds "1\.\.9:0": its step is not positive/],
    [[".", "--seeds", "0..9999", "--set", "until=1..11"], /has 110000 runs, and 100000 are the most/],
    [[".", "--jobs", "0"], /--jobs is "0", which is out of range/],
    [[".", "--on", "slurm"], /COSIM_NOT_BUILT: sweep --on slurm is not built yet\. --on commands prints/],
    [["nowhere"], /COSIM_DATA_INVALID: The case nowhere cannot be read/],
    [["pat", "--generate", "houses=1..2"], /There is no preset "pat"/],
    [["echo", "--generate", "hour=1..2"], /There is no option "hour"/],
    [[".", "--out", "case.json/x"], /COSIM_RUN_FOLDER/],
  ];
  it("refuses bad input with its place and cure before anything is written", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      for (const [args, message] of refused) {
        const { code, stderr } = gridloom(folder, "sweep", ...args);
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
        assert.deepEqual(readdirSync(folder), ["case.json"], args.join(" "));
      }
    })).timeout(120_000);

  it("names the keys that can be plotted, and leaves foreign folders alone", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const { code, stderr } = gridloom(folder, "sweep", ".", "--out", "one", "--plot", "peakW");
      assert.equal(code, 2);
      assert.match(stderr, /--plot peakW: the runs' summaries have no such key; they have meanValueKw, peakKw/);
      assert.ok(existsSync(join(folder, "one/results.csv")), "the runs are not lost for it");
      const plain = join(folder, "other/runs");
      mkdirSync(plain, { recursive: true });
      writeFileSync(join(plain, "mine.txt"), "mine");
      assert.equal(gridloom(folder, "sweep", ".", "--out", "other").code, 0);
      assert.equal(readText(plain, "mine.txt"), "mine");
    }));
});
