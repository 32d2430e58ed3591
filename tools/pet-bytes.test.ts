import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "main.js");

describe("the bytes of the PET case", function () {
  this.timeout(180_000);
  let folder: string;
  let whole: object;

  const filesOf = (name: string) =>
    (JSON.parse(readFileSync(join(folder, name, "manifest.json"), "utf8")) as { files: object }).files;
  const gridloom = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { stdio: "ignore" });
  const launch = (name: string, ...args: string[]) => {
    gridloom(
      "launch",
      join(folder, "case"),
      "--until",
      "8h",
      "--checkpoint-every",
      "2h",
      "--out",
      join(folder, name),
      ...args,
    );
    return filesOf(name);
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-bytes-"));
    gridloom("generate", "pet", "--houses", "12", "--out", join(folder, "case"));
    whole = launch("one");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const deployment of [
    "--hosts 3",
    "--hosts 3 --broker alone",
    "--hosts each",
    "--hosts 2 --listen 127.0.0.1 --keys generate",
  ]) {
    it(`are those of one process with ${deployment}`, () => {
      assert.deepEqual(launch(deployment.replaceAll(/\W+/g, "-"), ...deployment.split(" ")), whole);
    });
  }

  it("are those of an undisturbed run after kill -9 and resume", async () => {
    const out = join(folder, "killed");
    const args = ["launch", join(folder, "case"), "--until", "8h", "--checkpoint-every", "2h", "--out", out];
    const child = spawn(process.execPath, [main, ...args], { stdio: "ignore" });
    const ended = new Promise(resolve => child.once("exit", resolve));
    while (child.exitCode === null && !hasCheckpoint(out)) await new Promise(resolve => setTimeout(resolve, 2));
    child.kill("SIGKILL");
    await ended;
    assert.equal((JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { state: string }).state, "running");
    gridloom("resume", out);
    assert.deepEqual(filesOf("killed"), whole);
  });

  function hasCheckpoint(out: string): boolean {
    const checkpoints = join(out, "checkpoints");
    return existsSync(checkpoints) && readdirSync(checkpoints).length > 0;
  }
});
