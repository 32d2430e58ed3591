import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "main.js");

/** Presets with options that bring all of their federates to work within half an hour. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  "pem": ["--houses", "12"],
  "pet": ["--houses", "12", "--behaviour", "published"],
  "pet-bc": ["--houses", "12"],
  "pet-rl": ["--houses", "12", "--backend", "plain"],
  "te30": [],
  "ev": ["--houses", "12", "--evs", "6", "--pvs", "4", "--whole-orders"],
};

describe("the bytes of every mode", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-modes-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const gridloom = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { stdio: "ignore" });

  function launch(mode: string, hosts: string): object {
    const out = join(folder, `${mode}-${hosts}`);
    gridloom("launch", join(folder, mode), "--until", "30m", "--hosts", hosts, "--out", out);
    return (JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { files: object }).files;
  }

  for (const [mode, options] of Object.entries(MODES)) {
    it(`are the same in one process and in a process for each federate: ${mode}`, () => {
      gridloom("generate", mode, ...options, "--out", join(folder, mode));
      const files = launch(mode, "1");
      assert.ok(Object.keys(files).length > 10);
      assert.deepEqual(launch(mode, "each"), files);
    });
  }
});
