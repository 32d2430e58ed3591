import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { hashFiles } from "./file-hashes.js";
import { createRunFolder, findRun } from "./run-folder.js";

const startedAt = new Date("2024-05-06T07:08:09.123Z");

/** Runs in a working directory of its own. */
const inFolder = (use: (folder: string) => void) =>
  withFolder(folder => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      use(folder);
    } finally {
      process.chdir(before);
    }
  });

const manifest = (at: string) => JSON.stringify({ startedAt: at, state: "done", process: {}, files: {} });

describe("a run folder", () => {
  it("is named after case, start and seed, and never given twice", () =>
    inFolder(folder => {
      const make = () => createRunFolder({ caseName: "pet", seed: 3, startedAt });
      const made = [make(), make(), make()].map(path => path.slice(path.indexOf("runs")));
      const first = join("runs", "pet", "20240506T070809Z-3");
      assert.deepEqual(made, [first, `${first}-2`, `${first}-3`]);
      assert.deepEqual(readdirSync(folder), ["runs"]);
    }));

  it("may be a new or an empty folder of the user's, once", () =>
    inFolder(() => {
      mkdirSync("empty");
      for (const out of ["empty", "new/one"]) {
        const make = () => createRunFolder({ out, caseName: "pet", seed: 0, startedAt });
        assert.equal(basename(make()), basename(out));
        assert.throws(make, { code: "COSIM_RUN_FOLDER", message: /exists and is not empty\. Choose another --out/ });
      }
      writeFileSync("file", "");
      assert.throws(() => createRunFolder({ out: "file", caseName: "pet", seed: 0, startedAt }), {
        code: "COSIM_RUN_FOLDER",
      });
      assert.throws(() => createRunFolder({ out: "file/x", caseName: "pet", seed: 0, startedAt }), {
        code: "COSIM_RUN_FOLDER",
      });
    }));

  it("is found by its path, or as the latest by its start", () =>
    inFolder(folder => {
      assert.throws(() => findRun("latest"), { code: "COSIM_RUN_FOLDER", message: /There is no run below/ });
      for (const [path, at] of [
        ["a/1", "2024-01-02"],
        ["b/1", "2024-01-03"],
        ["b/2", "2024-01-01"],
      ]) {
        mkdirSync(join("runs", path), { recursive: true });
        writeFileSync(join("runs", path, "manifest.json"), manifest(at));
      }
      mkdirSync(join("runs", "b", "no-run"));
      mkdirSync(join("runs", "b", "stillborn"));
      writeFileSync(join("runs", "b", "stillborn", "manifest.json"), "{}");
      assert.equal(findRun("latest"), join(folder, "runs/b/1"));
      assert.equal(findRun("runs/a/1"), join(folder, "runs/a/1"));
      assert.throws(() => findRun("runs/b/no-run"), { code: "COSIM_RUN_FOLDER", message: /no readable manifest/ });
      assert.throws(() => findRun("runs/b/stillborn"), { code: "COSIM_RUN_FOLDER", message: /ended before it began/ });
    }));

  it("hashes its results, and not what tells how the run went", () =>
    inFolder(() => {
      mkdirSync("run/logs", { recursive: true });
      mkdirSync("run/ledger");
      for (const name of [
        "manifest.json",
        "status.json",
        "logs/a.log",
        "ledger/b.log",
        "b.csv",
        "a.csv",
        "x.1.draft",
      ]) {
        writeFileSync(join("run", name), name === "a.csv" ? "" : name);
      }
      const hashes = hashFiles("run");
      assert.deepEqual(Object.keys(hashes), ["a.csv", "b.csv"]);
      assert.equal(
        hashes["a.csv"],
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA-256 of nothing, FIPS 180-4",
      );
    }));
});
