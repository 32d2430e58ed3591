import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gridloom, startGridloom } from "../../tools/testing/gridloom.js";

describe("the bytes of the pet-rl case on the plain backend", function () {
  this.timeout(180_000);
  let folder: string;
  let whole: object;

  const filesOf = (name: string) =>
    (JSON.parse(readFileSync(join(folder, name, "manifest.json"), "utf8")) as { files: object }).files;
  const launch = (name: string, ...more: string[]) => {
    const { code, stderr } = gridloom(folder, "launch", "case", "--until", "2h", "--out", name, ...more);
    assert.equal(code, 0, stderr);
    return filesOf(name);
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-pet-rl-bytes-"));
    gridloom(folder, "generate", "pet-rl", "--houses", "6", "--backend", "plain", "--out", "case");
    whole = launch("one");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are those of one process with a process for each federate", () => {
    assert.deepEqual(launch("each", "--hosts", "each"), whole);
  });

  it("are those of an undisturbed run after kill -9 in the middle of the training and resume", async () => {
    const args = ["launch", "case", "--until", "2h", "--checkpoint-every", "20min", "--out", "killed"];
    const { child, ended } = startGridloom(folder, args.concat([]));
    while (child.exitCode === null && !hasCheckpoint()) await sleep(2);
    child.kill("SIGKILL");
    await ended;
    assert.equal(gridloom(folder, "resume", "killed").code, 0);
    assert.deepEqual(filesOf("killed"), whole);
  });

  function hasCheckpoint(): boolean {
    try {
      return readdirSync(join(folder, "killed", "checkpoints")).length > 0;
    } catch {
      return false;
    }
  }
});
