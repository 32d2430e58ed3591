import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { isAlive } from "../run/manifest.js";
import { gridloom, startGridloom, until } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";
import { readableManifest } from "./order.js";
import { PERIODS, startsOf, tableIn } from "./testing/swept.js";

const SLOW = { GRIDLOOM_TEST_DELAY_MS: "3" };

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

describe("the end of a sweep", () => {
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
      const manifests = readdirSync(join(folder, "stopped/runs")).map(
        run => [run, readableManifest(join(folder, "stopped/runs", run))] as const,
      );
      const interrupted = manifests.filter(([, manifest]) => manifest?.state === "interrupted");
      assert.ok(interrupted.length > 0 && !manifests.some(([, manifest]) => manifest?.state === "running"));
      const args = ["sweep", ".", ...PERIODS, "--seeds", "1..4", "--out"];
      assert.equal(gridloom(folder, ...args, "stopped").code, 0);
      const after = startsOf(join(folder, "stopped"));
      for (const [run, manifest] of interrupted) assert.equal(after.get(run), manifest?.startedAt, "not begun anew");
      assert.equal(gridloom(folder, ...args, "whole").code, 0);
      assert.equal(readText(join(folder, "stopped"), "results.csv"), readText(join(folder, "whole"), "results.csv"));
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
});
