import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locked } from "./lock.js";

describe("the lock of a state folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("lets one in at a time and opens again, also after a failure", async () => {
    await assert.rejects(
      locked(folder, () => locked(folder, () => Promise.resolve())),
      /Process \d+ is at work on this network/,
    );
    assert.equal(existsSync(join(folder, "lock")), false);
    assert.equal(await locked(folder, () => Promise.resolve(7)), 7);
  });

  it("is taken over from a process that has ended", async () => {
    writeFileSync(join(folder, "lock"), "4194304999");
    assert.equal(await locked(folder, () => Promise.resolve(7)), 7);
  });
});
