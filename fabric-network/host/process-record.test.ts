import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { record, running } from "./process-record.js";

describe("the record of a process", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "process-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("tells a running process from one that has ended", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    await once(child, "spawn");
    record(folder, child.pid!, "launch");
    assert.equal(running(folder)?.pid, child.pid);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(running(folder), undefined);
  });

  it("does not take another process with the same number for ours", () => {
    record(folder, process.pid, "launch");
    const file = join(folder, "process.json");
    const mine = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...mine, began: "long ago" }));
    assert.equal(running(folder), undefined);
  });

  it("knows nothing where nothing was recorded, or half of it", () => {
    assert.equal(running(folder), undefined);
    writeFileSync(join(folder, "process.json"), '{ "pid": 1');
    assert.equal(running(folder), undefined);
  });
});
