import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { readText, withFolder } from "../../testing/case-runner.js";
import { isAlive } from "../run/manifest.js";
import { gridloom, readJson, startGridloom, until } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";
import { readableManifest } from "./order.js";

const SLOW = { GRIDLOOM_TEST_DELAY_MS: "3" };
const PERIODS = ["--set", "federates.source.period=60s..180s:60s"];

/** Cells of a sweep's table without those that need quotes. */
const tableIn = (folder: string) =>
  readText(folder, "results.csv")
    .trimEnd()
    .split("\n")
    .map(line => line.split(","));

/** When each finished run of a sweep began, by its folder. */
function startsOf(folder: string): Map<string, unknown> {
  const runs = existsSync(join(folder, "runs")) ? readdirSync(join(folder, "runs")) : [];
  const manifests = runs.map(run => [run, readableManifest(join(folder, "runs", run))] as const);
  return new Map(manifests.filter(([, m]) => m?.state === "done").map(([run, m]) => [run, m?.startedAt]));
}

/** Starts a slow sweep, ends it by a signal when two runs are done, and gives its exit code and the runs that were done. */
async function stopSweep(folder: string, signal: NodeJS.Signals) {
  const args = ["sweep", ".", ...PERIODS, "--seeds", "1..4", "--out", "stopped", "--jobs", "2"];
  const { child, ended } = startGridloom(folder, args, SLOW);
  await until(() => startsOf(join(folder, "stopped")).size >= 2, "the first runs");
  child.kill(signal);
  const { code, stderr } = await ended;
  return { code, stderr, done: startsOf(join(folder, "stopped")) };
}

/** True while a process of a run below the folder is there. */
function isAtWork(folder: string): boolean {
  return readdirSync(join(folder, "runs")).some(run => {
    const manifest = readableManifest(join(folder, "runs", run));
    return manifest !== undefined && isAlive(manifest);
  });
}

describe("a sweep", () => {
  it("makes every combination with every seed, and one table of them as CSV and as Arrow", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const args = ["sweep", ".", ...PERIODS, "--set", "title=a,b", "--seeds", "1,5..6"];
      const { code, stdout, stderr } = gridloom(folder, ...args, "--out", "all");
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^runs +18\ndone +18\nfailed +0\nfiles +results\.csv, results\.arrow, meanValueKw\.svg/);
      const [header, ...rows] = tableIn(join(folder, "all"));
      const summary = ["meanValueKw", "peakKw"];
      assert.deepEqual(header, ["run", "federates.source.period", "title", "seed", "state", ...summary]);
      const asked = ["60s", "120s", "180s"].flatMap(period =>
        ["a", "b"].flatMap(title => ["1", "5", "6"].map(seed => [period, title, seed, "done"])),
      );
      assert.deepEqual(
        rows.map(row => row.slice(1, 5)),
        asked,
      );
      const table = tableFromIPC(readFileSync(join(folder, "all/results.arrow")));
      assert.deepEqual(
        table.schema.fields.map(({ name }) => name),
        header,
      );
      assert.equal(table.schema.fields[6].metadata.get("unit"), "kW");
      const cells = table.toArray().map(row => header.map(name => String((row as Record<string, unknown>)[name])));
      assert.deepEqual(cells, rows);
      for (const file of ["sweep.json", "sweep.html", "peakKw.svg"]) assert.ok(existsSync(join(folder, "all", file)));
    }));

  it("gives the same table for any number of jobs, and each run the bytes of a plain launch", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      for (const jobs of ["1", "3"]) {
        const { code, stderr } = gridloom(
          folder,
          "sweep",
          ".",
          ...PERIODS,
          "--seeds",
          "1..2",
          "--out",
          jobs,
          "--jobs",
          jobs,
        );
        assert.equal(code, 0, stderr);
      }
      assert.deepEqual(tableIn(join(folder, "1")), tableIn(join(folder, "3")));
      const args = ["--set", "federates.source.period=120s", "--seed", "2", "--out", "plain"];
      gridloom(folder, "launch", ".", ...args);
      const [run] = tableIn(join(folder, "3")).find(row => row[1] === "120s" && row[2] === "2") ?? [];
      const swept = readJson(join(folder, "3", run ?? ""), "manifest.json");
      assert.deepEqual(swept?.files, readJson(join(folder, "plain"), "manifest.json")?.files);
    }));

  it("goes on after kill -9 with what is missing only, to the table of an undisturbed one; no process outlives it", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder);
      const { code, done } = await stopSweep(folder, "SIGKILL");
      assert.equal(code, null);
      assert.ok(done.size < 12 && !existsSync(join(folder, "stopped/results.csv")));
      const args = ["sweep", ".", ...PERIODS, "--seeds", "1..4", "--out"];
      const again = gridloom(folder, ...args, "stopped");
      assert.equal(again.code, 0, again.stderr);
      assert.equal(isAtWork(join(folder, "stopped")), false);
      const after = startsOf(join(folder, "stopped"));
      assert.equal(after.size, 12);
      for (const [run, startedAt] of done) assert.equal(after.get(run), startedAt, "a run that was done is left alone");
      assert.equal(gridloom(folder, ...args, "whole").code, 0);
      assert.equal(readText(join(folder, "stopped"), "results.csv"), readText(join(folder, "whole"), "results.csv"));
      const third = gridloom(folder, ...args, "stopped");
      assert.deepEqual([third.code, startsOf(join(folder, "stopped"))], [0, after]);
    }));

  it("closes its runs at Ctrl-C, exits 130, tells how it stands, and goes on from their checkpoints", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder);
      const { code, stderr, done } = await stopSweep(folder, "SIGINT");
      assert.equal(code, 130, stderr);
      assert.match(stderr, /COSIM_INTERRUPTED: The run was called off by SIGINT/);
      const [, ...rows] = tableIn(join(folder, "stopped"));
      assert.equal(rows.filter(row => row[3] === "done").length, done.size);
      const states = readdirSync(join(folder, "stopped/runs")).map(
        run => readJson(join(folder, "stopped/runs", run), "manifest.json")?.state,
      );
      assert.ok(states.includes("interrupted") && !states.includes("running"), states.join());
      const args = ["sweep", ".", ...PERIODS, "--seeds", "1..4", "--out"];
      assert.equal(gridloom(folder, ...args, "stopped").code, 0);
      assert.equal(gridloom(folder, ...args, "whole").code, 0);
      assert.equal(readText(join(folder, "stopped"), "results.csv"), readText(join(folder, "whole"), "results.csv"));
    }));

  it("lists the runs that failed with their errors, leaves them alone, and makes them anew with --retry", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const args = [
        "sweep",
        ".",
        "--set",
        "federates.source.params.failAt=600,1e9",
        "--seeds",
        "1..2",
        "--out",
        "some",
      ];
      const { code, stdout } = gridloom(folder, ...args);
      assert.equal(code, 1);
      assert.match(stdout, /^runs +4\ndone +2\nfailed +2\n/);
      assert.match(stdout, /^runs\/\w+: COSIM_FEDERATE_FAILED: source failed at 00:10:00 .*: it is 600 s$/m);
      assert.match(readText(join(folder, "some"), "sweep.html"), /class="error">runs\/\w+: COSIM_FEDERATE_FAILED/);
      const startOfFailed = () =>
        readdirSync(join(folder, "some/runs"))
          .map(run => readJson(join(folder, "some/runs", run), "manifest.json"))
          .flatMap(manifest => (manifest?.state === "failed" ? [manifest.startedAt] : []));
      const first = startOfFailed();
      assert.equal(gridloom(folder, ...args).code, 1);
      assert.deepEqual(startOfFailed(), first);
      assert.equal(gridloom(folder, ...args, "--retry").code, 1);
      assert.equal(startOfFailed().length, 2);
      assert.ok(startOfFailed().every(startedAt => !first.includes(startedAt)));
    }));

  it("takes in what is added to it, and makes the runs of a case that has changed anew", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const sweep = (seeds: string) => gridloom(folder, "sweep", ".", "--seeds", seeds, "--out", "some").code;
      assert.equal(sweep("1..2"), 0);
      const before = startsOf(join(folder, "some"));
      assert.equal(sweep("1..3"), 0);
      const after = startsOf(join(folder, "some"));
      assert.equal(after.size, 3);
      for (const [run, startedAt] of before) assert.equal(after.get(run), startedAt);
      const [, ...old] = tableIn(join(folder, "some"));
      writeMeasuredCase(folder, { until: "1h" });
      assert.equal(sweep("1..3"), 0);
      const [, ...rows] = tableIn(join(folder, "some"));
      assert.ok(rows.every(([run], i) => run !== old[i][0]));
      writeMeasuredCase(folder);
      assert.equal(sweep("1..3"), 0);
      assert.deepEqual(tableIn(join(folder, "some")).slice(1), old);
    }));

  it("never shares its folder with another one at work", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder);
      const sweeps = [1, 2].map(() => startGridloom(folder, ["sweep", ".", ...PERIODS, "--out", "same"], SLOW).ended);
      const ends = await Promise.all(sweeps);
      assert.deepEqual(ends.map(({ code }) => code).sort(), [0, 2], ends.map(({ stderr }) => stderr).join());
      assert.match(ends.find(({ code }) => code === 2)?.stderr ?? "", /COSIM_RUN_FOLDER: Process \d+ on .* works in/);
      const others = ["1", "2"].map(seeds => startGridloom(folder, ["sweep", ".", ...PERIODS, "--seeds", seeds]).ended);
      for (const { code, stderr } of await Promise.all(others)) assert.equal(code, 0, stderr);
      assert.equal(readdirSync(join(folder, "runs/measured")).length, 2);
      const [name] = readdirSync(join(folder, "runs/measured"));
      assert.deepEqual(
        readdirSync(join(folder, "runs/measured", name)).filter(file => /owner|draft/.test(file)),
        [],
      );
    }));

  it("prints one command for each missing run, which make what it then gathers", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const args = ["sweep", ".", ...PERIODS, "--set", "title=it's a $title", "--out", "far"];
      const { code, stdout } = gridloom(folder, ...args, "--on", "commands");
      const commands = stdout.trimEnd().split("\n");
      assert.deepEqual([code, commands.length], [0, 3]);
      for (const command of commands) {
        const words = spawnSync("sh", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
          .stdout.trimEnd()
          .split("\n");
        assert.equal(words[0], "gridloom");
        assert.equal(gridloom(folder, ...words.slice(1)).code, 0);
      }
      const starts = startsOf(join(folder, "far"));
      assert.equal(gridloom(folder, ...args).code, 0);
      assert.deepEqual(startsOf(join(folder, "far")), starts);
      assert.equal(gridloom(folder, ...args, "--on", "commands").stdout.trim(), "");
    }));

  it("generates the cases of a preset for its options and seeds", () =>
    withFolder(folder => {
      const args = [
        "sweep",
        "echo",
        "--generate",
        "hours=1..2",
        "--seeds",
        "3..4",
        "--set",
        "federates.hub.params.step=1,2",
      ];
      const { code, stderr } = gridloom(folder, ...args, "--out", "made");
      assert.equal(code, 0, stderr);
      const [header, ...rows] = tableIn(join(folder, "made"));
      assert.deepEqual(header, ["run", "hours", "federates.hub.params.step", "seed", "state"]);
      assert.equal(rows.length, 8);
      for (const [run, hours, step, seed] of rows) {
        const shape = readJson(join(folder, "made", run), "case.json") ?? {};
        const { hub } = shape.federates as Record<string, { params: { step: number } }>;
        assert.deepEqual([shape.until, hub.params.step, shape.seed], [`${hours}h`, Number(step), Number(seed)]);
      }
    }));

  it("makes one run of two combinations that simulate the same", () =>
    withFolder(folder => {
      writeMeasuredCase(folder);
      const args = ["sweep", ".", "--set", "federates.source.params.failAt=1e6,1000000", "--out", "same"];
      const { code, stdout, stderr } = gridloom(folder, ...args);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^runs +2\ndone +2\n/);
      assert.equal(readdirSync(join(folder, "same/runs")).length, 1);
    }));

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
