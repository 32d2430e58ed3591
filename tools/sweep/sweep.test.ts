import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { readText, withFolder } from "../../testing/case-runner.js";
import { gridloom, readJson } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";
import { PERIODS, startsOf, tableIn } from "./testing/swept.js";

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
});
