import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
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

const SLOW = { GRIDLOOM_TEST_DELAY_MS: "3" };

/** The process of a listener, as its log tells. */
function processOf(run: string, federate: string): number | undefined {
  const log = join(run, "logs", `${federate}.log`);
  if (!existsSync(log)) return undefined;
  return (JSON.parse(readFileSync(log, "utf8").split("\n")[0]) as { pid: number }).pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A slow run with a process for each federate, once its listener "far" is at work and a checkpoint is there. */
async function startSlow(folder: string) {
  writeNoisyCase(folder);
  const started = startGridloom(folder, ["launch", ".", "--out", "run", "--hosts", "each"], SLOW);
  const run = join(folder, "run");
  await until(() => processOf(run, "far") !== undefined && newestCheckpoint(run) > 0, "the first checkpoint");
  return { ...started, run, pid: processOf(run, "far") ?? 0 };
}

describe("a run on several hosts", () => {
  it("gives the bytes of a run in one process, however it is spread", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      assert.equal(gridloom(folder, "launch", ".", "--out", "one").code, 0);
      for (const [name, ...options] of [
        ["two", "--hosts", "2"],
        ["each", "--hosts", "each"],
        ["alone", "--hosts", "2", "--broker", "alone"],
      ]) {
        const { code, stderr } = gridloom(folder, "launch", ".", "--out", name, ...options);
        assert.equal(code, 0, stderr);
        assertSameResults(join(folder, name), join(folder, "one"));
        assert.match(gridloom(folder, "compare", "one", name).stdout, /All result files are identical\./);
      }
    }));

  it("names a process that is killed within a second, ends the others, and goes on with another number of hosts", () =>
    withFolder(async folder => {
      const { ended, run, pid } = await startSlow(folder);
      const near = processOf(run, "near") ?? 0;
      const killedAt = performance.now();
      process.kill(pid, "SIGKILL");
      await until(() => readJson(run, "manifest.json")?.state === "failed", "the end of the run");
      const milliseconds = performance.now() - killedAt;
      const { code, stderr } = await ended;
      console.log(`      killed process named and run closed after ${milliseconds.toFixed(0)} ms (bound 1000)`);
      assert.equal(code, 1);
      assert.match(stderr, /COSIM_FEDERATE_DIED \(far\): far ended with SIGKILL/);
      assert.ok(milliseconds < 1000);
      assert.equal(isAlive(near), false, "the other host has ended");
      assert.equal(gridloom(folder, "resume", "run", "--hosts", "1").code, 0);
      gridloom(folder, "launch", ".", "--out", "whole");
      assertSameResults(run, join(folder, "whole"));
    }));

  it("leaves no process behind when the launcher is killed, and goes on on several hosts", () =>
    withFolder(async folder => {
      const { child, ended, run, pid } = await startSlow(folder);
      child.kill("SIGKILL");
      await ended;
      await until(() => !isAlive(pid), "the end of the host");
      const { code, stderr } = gridloom(folder, "resume", "run", "--hosts", "2");
      assert.equal(code, 0, stderr);
      gridloom(folder, "launch", ".", "--out", "whole");
      assertSameResults(run, join(folder, "whole"));
    }));

  it("is closed properly at Ctrl-C, and answers a query while it runs", () =>
    withFolder(async folder => {
      const { child, ended, run, pid } = await startSlow(folder);
      const { code: queryCode, stdout, stderr } = gridloom(folder, "query", "run", "--json");
      assert.equal(queryCode, 0, stderr);
      const names = (JSON.parse(stdout) as { federates: { name: string }[] }).federates.map(({ name }) => name);
      assert.deepEqual(names.sort(), ["far", "near", "source"]);
      child.kill("SIGINT");
      assert.equal((await ended).code, 130);
      assert.equal(isAlive(pid), false);
      assert.equal(readJson(run, "manifest.json")?.state, "interrupted");
      assert.equal(gridloom(folder, "resume", "run", "--hosts", "each").code, 0);
      gridloom(folder, "launch", ".", "--out", "whole");
      assertSameResults(run, join(folder, "whole"));
    }));

  it("pauses, and fails with the federate that failed", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      gridloom(folder, "launch", ".", "--out", "whole");
      const paused = gridloom(folder, "launch", ".", "--out", "run", "--hosts", "2", "--pause-at", "100m");
      assert.equal(paused.code, 0, paused.stderr);
      assert.equal(readJson(join(folder, "run"), "manifest.json")?.simulatedSeconds, 6000);
      assert.equal(gridloom(folder, "resume", "run", "--hosts", "2").code, 0);
      assertSameResults(join(folder, "run"), join(folder, "whole"));
      const set = ["--set", "federates.source.params.failAt=7200"];
      const failed = gridloom(folder, "launch", ".", "--hosts", "each", "--broker", "alone", ...set);
      assert.equal(failed.code, 1);
      assert.match(failed.stderr, /COSIM_FEDERATE_FAILED \(source\): source failed at .*: it is 7200 s/);
    }));

  it("keeps pace with the wall clock on request, in one process or several, with the same bytes", () =>
    withFolder(folder => {
      writeNoisyCase(folder);
      gridloom(folder, "launch", ".", "--out", "whole");
      for (const hosts of ["1", "2"]) {
        const { code, stdout, stderr } = gridloom(
          folder,
          "launch",
          ".",
          "--out",
          hosts,
          "--hosts",
          hosts,
          "--real-time",
          "60000",
          "--json",
        );
        assert.equal(code, 0, stderr);
        const { wallSeconds, lateSeconds } = JSON.parse(stdout) as { wallSeconds: number; lateSeconds: number };
        assert.ok(wallSeconds >= 0.6, `10 h at 60,000 times real time take 0.6 s, not ${wallSeconds}`);
        assert.ok(lateSeconds >= 0);
        assertSameResults(join(folder, hosts), join(folder, "whole"));
      }
    }));
});
