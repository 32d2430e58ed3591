import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import {
  assertSameResults,
  gridloom,
  newestCheckpoint,
  readJson,
  startGridloom,
  until,
  writeNoisyCase,
} from "./testing/gridloom.js";

const SLOW = { GRIDLOOM_TEST_DELAY_MS: "2" };
/** An undisturbed run and one that was stopped by `stop` after its second checkpoint and then resumed. */
async function stopAndResume(
  folder: string,
  stop: NodeJS.Signals,
): Promise<{ code: number | null; stopped: string | undefined }> {
  writeNoisyCase(folder);
  const whole = gridloom(folder, "launch", ".", "--out", "whole");
  assert.equal(whole.code, 0, whole.stderr);
  const { child, ended } = startGridloom(folder, ["launch", ".", "--out", "stopped"], SLOW);
  const run = join(folder, "stopped");
  await until(() => newestCheckpoint(run) >= 7200, "the second checkpoint");
  child.kill(stop);
  const { code, stderr } = await ended;
  const stopped = readJson(run, "manifest.json")?.state as string | undefined;
  assert.ok(
    readFileSync(join(run, "source.csv")).length < readFileSync(join(folder, "whole", "source.csv")).length,
    stderr,
  );
  const resumed = gridloom(folder, "resume", "stopped");
  assert.equal(resumed.code, 0, resumed.stderr);
  assertSameResults(run, join(folder, "whole"));
  assert.equal(readJson(run, "manifest.json")?.state, "done");
  return { code, stopped };
}

describe("the life of a run", () => {
  it("goes on after kill -9 from its last checkpoint, with the bytes of an undisturbed run", () =>
    withFolder(async folder => {
      assert.deepEqual(await stopAndResume(folder, "SIGKILL"), { code: null, stopped: "running" });
    }));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`is closed properly at ${signal}, exits 130, and goes on with the bytes of an undisturbed run`, () =>
      withFolder(async folder => {
        assert.deepEqual(await stopAndResume(folder, signal), { code: 130, stopped: "interrupted" });
        assert.equal(readFileSync(join(folder, "stopped/logs/source.log"), "utf8").trim().split("\n").length, 2);
      }));
  }

  it("is called off at its time limit, exits 3, and tells how to go on", () =>
    withFolder(async folder => {
      writeNoisyCase(folder);
      const { code, stderr } = await startGridloom(folder, ["launch", ".", "--out", "run", "--timeout", "0.2s"], SLOW)
        .ended;
      assert.equal(code, 3, stderr);
      assert.match(stderr, /COSIM_TIMEOUT: The run took longer than its limit of 0\.2 s\./);
      assert.equal(readJson(join(folder, "run"), "manifest.json")?.state, "interrupted");
      assert.equal(gridloom(folder, "resume", "run").code, 0);
    }));

  it("fails with the federate's name, its stamp and the last lines of its log, and exits 1", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      const { code, stderr, stdout } = gridloom(
        folder,
        "launch",
        ".",
        "--out",
        "run",
        "--json",
        "--set",
        "federates.source.params.failAt=7200",
      );
      assert.equal(code, 1);
      assert.match(
        stderr,
        /COSIM_FEDERATE_FAILED \(source\): source failed at 02:00:00 \(7200000000, 0, 0, 0\): it is 7200 s/,
      );
      assert.match(stderr, /: it is 7200 s\n    info: closed\n/);
      assert.doesNotMatch(stderr, /^ {4}at /m);
      const document = JSON.parse(stdout) as { state: string; error: { code: string; party: string } };
      assert.deepEqual(
        [document.state, document.error.code, document.error.party],
        ["failed", "COSIM_FEDERATE_FAILED", "source"],
      );
      const manifest = readJson(join(folder, "run"), "manifest.json");
      assert.equal(manifest?.state, "failed");
      assert.ok(Object.hasOwn(manifest.files as object, "source.csv"));
    }));

  it("pauses where it is told to, again and again, with the bytes of an undisturbed run", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      gridloom(folder, "launch", ".", "--out", "whole");
      const first = gridloom(folder, "launch", ".", "--out", "run", "--pause-at", "100m");
      assert.equal(first.code, 0, first.stderr);
      assert.match(first.stderr, /Paused\. Go on with: gridloom resume/);
      assert.equal(readJson(join(folder, "run"), "manifest.json")?.simulatedSeconds, 6000);
      const early = gridloom(folder, "resume", "run", "--pause-at", "1h");
      assert.equal(early.code, 2);
      assert.match(early.stderr, /the run is already there/);
      assert.equal(gridloom(folder, "resume", "run", "--pause-at", "5h").code, 0);
      assert.equal(gridloom(folder, "resume", "run").code, 0);
      assertSameResults(join(folder, "run"), join(folder, "whole"));
    }));

  it("keeps the two newest checkpoints, or none", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      gridloom(folder, "launch", ".", "--out", "run");
      assert.deepEqual(readdirSync(join(folder, "run/checkpoints")).sort(), ["32400000000", "36000000000"]);
      gridloom(folder, "launch", ".", "--out", "none", "--checkpoint-every", "never");
      assert.equal(existsSync(join(folder, "none/checkpoints")), false);
    }));

  it("starts anew when there is no checkpoint, and refuses what still runs or is no run", () =>
    withFolder(async folder => {
      writeNoisyCase(folder);
      gridloom(folder, "launch", ".", "--out", "whole");
      const slow = startGridloom(folder, ["launch", ".", "--out", "run", "--checkpoint-every", "never"], SLOW);
      await until(() => readJson(join(folder, "run"), "manifest.json")?.state === "running", "the run");
      const twice = gridloom(folder, "resume", "run");
      assert.equal(twice.code, 2);
      assert.match(twice.stderr, /COSIM_RUN_FOLDER: .*is still running as process \d+/);
      assert.match(gridloom(folder, "status", "run").stdout, /: running/);
      slow.child.kill("SIGKILL");
      await slow.ended;
      assert.match(gridloom(folder, "status", "run").stdout, /: killed/);
      assert.equal(gridloom(folder, "resume", "run").code, 0);
      assertSameResults(join(folder, "run"), join(folder, "whole"));
      assert.match(gridloom(folder, "resume", "run").stdout, /is done; there is nothing to resume/);
      mkdirSync(join(folder, "plain"));
      assert.equal(gridloom(folder, "resume", "plain").code, 2);
    }));

  it("never meets another that starts at the same time", () =>
    withFolder(async folder => {
      writeNoisyCase(folder);
      const runs = [1, 2, 3].map(() => startGridloom(folder, ["launch", ".", "--until", "1h"]).ended);
      for (const { code, stderr } of await Promise.all(runs)) assert.equal(code, 0, stderr);
      const folders = readdirSync(join(folder, "runs/noisy"));
      assert.equal(folders.length, 3);
      const taken = [1, 2].map(() => startGridloom(folder, ["launch", ".", "--until", "1h", "--out", "same"]).ended);
      assert.deepEqual((await Promise.all(taken)).map(({ code }) => code).sort(), [0, 2]);
    }));

  it("ends with the name of a federate whose step takes longer than its limit", () =>
    withFolder(async folder => {
      writeNoisyCase(folder);
      const args = ["launch", ".", "--set", "federates.source.stepTimeout=0.2"];
      const { code, stderr } = await startGridloom(folder, args, { GRIDLOOM_TEST_DELAY_MS: "60000" }).ended;
      assert.equal(code, 1);
      assert.match(
        stderr,
        /COSIM_STEP_TIMEOUT \(source\): source has been in one step at \(0, 0, 0, 0\) for more than 0\.2 s/,
      );
    }));

  it("makes the default case where there is none", () =>
    withFolder(folder => {
      const { code, stdout, stderr } = gridloom(folder, "launch", "--until", "10m", "--record", "none");
      assert.equal(code, 0, stderr);
      assert.match(stderr, /Generated cases\/generated\/pet\./);
      assert.match(stdout, /^case +pet\nstate +done\n/);
    }));

  it("ends with a clear message when the disk is full, and leaves no half manifest", function () {
    return withFolder(folder => {
      writeNoisyCase(folder);
      const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { encoding: "utf8" });
      if (mounted.status !== 0) {
        console.log("      skipped: no right to mount a small disk");
        this.skip();
      }
      try {
        writeNoisyCase(folder);
        const { code, stderr } = gridloom(folder, "launch", ".", "--out", "run");
        assert.equal(code, 1, stderr);
        assert.match(stderr, /COSIM_RUN_FOLDER: .* cannot be written: the disk is full\. Free some space/);
        assert.doesNotMatch(stderr, /^ {4}at /m);
        JSON.parse(readFileSync(join(folder, "run/manifest.json"), "utf8"));
        assert.deepEqual(
          readdirSync(join(folder, "run")).filter(name => name.endsWith(".draft")),
          [],
        );
      } finally {
        spawnSync("umount", [folder]);
      }
    });
  });
});
