import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { isPresetBuilt, presetNames } from "../cases/index.js";
import { COMMANDS, loadCommand } from "./cli/commands.js";
import { gridloom, readJson, writeNoisyCase } from "./testing/gridloom.js";
import { version } from "./version.js";

/** The commands that the documentation promises. */
const PROMISED =
  "generate check launch resume status watch query report plot compare doctor bench sweep ledger import new".split(" ");

describe("the command line", () => {
  it("has every command, each with its help", () =>
    withFolder(async folder => {
      assert.deepEqual(Object.keys(COMMANDS).sort(), [...PROMISED].sort());
      const overview = gridloom(folder, "--help");
      assert.equal(overview.code, 0);
      for (const name of PROMISED) {
        assert.match(overview.stdout, new RegExp(`^  ${name} `, "m"));
        const { doc } = await loadCommand(name);
        assert.ok(overview.stdout.includes(doc), name);
      }
      assert.equal(gridloom(folder, "--version").stdout, `${version}\n`);
    }));

  it("shows in a command's help every option of its table with its default and range", () =>
    withFolder(folder => {
      const { code, stdout, stderr } = gridloom(folder, "launch", "--help");
      assert.equal(code, 0);
      assert.equal(stderr, "");
      const flags = [...stdout.matchAll(/^ {2}--([a-z-]+)/gm)].map(match => match[1]);
      const expected =
        "out until seed record set pair hosts broker listen keys real-time pause-at checkpoint-every timeout ledger network launcher dashboard json verbose";
      assert.deepEqual(flags, expected.split(" "));
      assert.match(stdout.replace(/\s+/g, " "), /--broker <BROKER> Whether .*\(default inside, inside \| alone\)/);
      assert.match(gridloom(folder, "generate", "echo", "--help").stdout, /--period-seconds <s>/);
    }));

  const refused: [string[], RegExp][] = [
    [["lunch"], /There is no command "lunch"\. Commands are generate, check, launch,/],
    [["launch", "none"], /COSIM_DATA_INVALID: The case none cannot be read: it does not exist\./],
    [["launch", "a", "b"], /Too many arguments\. Expected 1 argument but got 2\. See `gridloom launch --help`/],
    [["launch", "--utnil", "1h"], /Unknown option '--utnil' \(Did you mean --until\?\)/],
    [["launch", "--until"], /Option '--until <DURATION>' argument missing/],
    [
      ["launch", "--until", "x", "--seed", "-1", "--record", "some"],
      /--until is "x".*\n.*--seed is "-1".*\n.*--record is "some"/,
    ],
    [["launch", ".", "--hosts", "0"], /--hosts is "0"/],
    [["launch", ".", "--pause-at", "20h"], /--pause-at is "20h"; it lies outside of the case's time/],
    [["launch", ".", "--checkpoint-every", "x"], /"x" is no duration/],
    [["launch", ".", "--set", "federates.sauce.period=3"], /there is no "sauce"\. Did you mean "source"\?/],
    [["launch", ".", "--set", "federates.source.params.speed=3"], /federates\.source\.params/],
    [["launch", ".", "--out", "case.json/run"], /COSIM_RUN_FOLDER/],
    [["launch", ".", "--out", "."], /exists and is not empty/],
    [["ledger", "burn", "."], /"ledger" has no "burn"; it has verify, statement, export/],
    [["check"], /Name the case to check/],
    [["generate", "pat"], /There is no preset "pat"\. Presets are pem, pet,/],
    [
      ["generate", "echo", "--hours", "0", "--period-seconds", "fast"],
      /--hours is "0".*\n.*--period-seconds is "fast"/,
    ],
    [["generate", "echo", "--houses", "3"], /Unknown option '--houses'/],
    [["resume"], /Missing required argument 'RUN'/],
    [["resume", "latest"], /COSIM_RUN_FOLDER: There is no run below/],
    [["status", "nowhere"], /is no run folder/],
    [["new", "planet", "earth"], /makes a "federate", not "planet"/],
    [["new", "federate", "Heat Pump"], /is no name for a federate/],
    [["import", "glm", "case.json"], /COSIM_NOT_BUILT/],
  ];
  it("refuses bad input with exit code 2, a code, a cure and no stack trace, and writes nothing", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      for (const [args, message] of refused) {
        const { code, stdout, stderr } = gridloom(folder, ...args);
        const told = `gridloom ${args.join(" ")}: ${stderr}`;
        assert.equal(code, 2, told);
        assert.equal(stdout, "", told);
        assert.match(stderr, /^COSIM_[A-Z_]+: /, told);
        assert.match(stderr, message, told);
        assert.doesNotMatch(stderr, /^ {4}at /m, told);
        assert.deepEqual(readdirSync(folder), ["case.json"], told);
      }
    })).timeout(120_000);

  it("says for every preset that is not built that it is not", () =>
    withFolder(folder => {
      const unbuilt = presetNames.filter(name => !isPresetBuilt(name));
      const { code, stderr } = gridloom(folder, "generate", unbuilt[0]);
      assert.equal(code, 2);
      assert.match(
        stderr,
        new RegExp(`COSIM_NOT_BUILT: The preset "${unbuilt[0]}" is not built yet\\. Built are: pem, pet`),
      );
    }));

  it("generates, checks, launches, shows, compares: a day in the life", () =>
    withFolder(folder => {
      const made = gridloom(folder, "generate", "echo", "--hours", "2", "--set", "federates.hub.params.step=3");
      assert.equal(made.code, 0, made.stderr);
      assert.deepEqual(readdirSync(join(folder, "cases/generated/echo")).sort(), ["README.md", "case.json"]);
      const checked = gridloom(folder, "check", "cases/generated/echo");
      assert.deepEqual(
        [checked.code, checked.stdout],
        [0, "cases/generated/echo/case.json is free of faults: 2 federates, 2 links.\n"],
      );
      for (const out of ["one", "two"]) {
        const { code, stdout } = gridloom(folder, "launch", "cases/generated/echo", "--out", out, "--seed", "5");
        assert.equal(code, 0);
        assert.match(stdout, /^case {8}echo\nstate {7}done\nsimulated {3}2 h\n/);
      }
      assert.match(readFileSync(join(folder, "one/counts.csv"), "utf8"), /^0,3,0\n60,6,3\n120,9,6\n/);
      assert.match(gridloom(folder, "status", "one").stdout, /echo in .*one: done\nat 02:00:00, 100\.0 % of 02:00:00/);
      assert.equal(gridloom(folder, "watch", "one").code, 0);
      assert.match(
        gridloom(folder, "compare", "one", "two").stdout,
        /case\.json +same\ncounts\.csv +same\nAll result files/,
      );
    }));

  it("prints one JSON document and nothing else on stdout with --json, also for errors", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      const launched = gridloom(folder, "launch", ".", "--out", "run", "--json");
      const document = JSON.parse(launched.stdout) as Record<string, unknown>;
      assert.deepEqual(Object.keys(document), ["folder", "state", "simulatedSeconds", "wallSeconds", "summary"]);
      const failed = gridloom(folder, "launch", ".", "--out", "run", "--json");
      const { error } = JSON.parse(failed.stdout) as { error: Record<string, string> };
      assert.equal(error.code, "COSIM_RUN_FOLDER");
      assert.match(error.message, /not empty/);
      const faulty = gridloom(folder, "launch", ".", "--json", "--set", "seed=-1", "--set", 'links=["a.b -> c.d"]');
      const report = JSON.parse(faulty.stdout) as { error: { faults: { path: string; cure: string }[] } };
      assert.deepEqual(
        report.error.faults.map(fault => fault.path),
        ["seed", "links[0]", "links[0]"],
      );
      const check = gridloom(folder, "check", "none", "--json");
      assert.equal((JSON.parse(check.stdout) as { error: { code: string } }).error.code, "COSIM_DATA_INVALID");
      for (const args of [["doctor"], ["status", "run"], ["compare", "run", "run"]]) {
        assert.equal(typeof JSON.parse(gridloom(folder, ...args, "--json").stdout), "object");
      }
    }));

  it("finds every fault of a case at once", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "case.json"), '{"name": "x",\n "until": }');
      assert.match(gridloom(folder, "check", ".").stderr, /case\.json:2:11: unexpected "}"; this is no JSON/);
      writeNoisyCase(folder, { seed: -1, links: ["source.value -> near.valeu", "source.note -> far.value"] });
      const { code, stdout } = gridloom(folder, "check", ".");
      assert.equal(code, 2);
      for (const path of ["seed", "links[0]", "links[1]"]) assert.ok(stdout.includes(`  ${path}: `), stdout);
    }));

  it("tells in the manifest what ran, and hashes every result", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      mkdirSync(join(folder, "sub"));
      gridloom(join(folder, "sub"), "launch", "..", "--until", "1h");
      const [run] = readdirSync(join(folder, "sub/runs/noisy"));
      assert.match(run, /^\d{8}T\d{6}Z-7$/);
      const path = join(folder, "sub/runs/noisy", run);
      const manifest = readJson(path, "manifest.json") ?? {};
      const keys =
        "case caseHash caseFolder inputs seed version node command hosts process startedAt wallSeconds simulatedSeconds state files endedAt";
      assert.deepEqual(Object.keys(manifest).sort(), keys.split(" ").sort());
      assert.deepEqual(manifest.command, ["launch", "..", "--until", "1h"]);
      assert.deepEqual(manifest.hosts, [["source", "near", "far"]]);
      assert.deepEqual(Object.keys(manifest.files as object), ["case.json", "far.csv", "near.csv", "source.csv"]);
      assert.equal((manifest.files as Record<string, string>)["case.json"], manifest.caseHash);
      const shape = readJson(path, "case.json");
      assert.deepEqual([shape?.until, shape?.maxIterations, shape?.seed], ["1h", 100, 7]);
      assert.equal(existsSync(join(path, "status.json")), true);
    }));
});
