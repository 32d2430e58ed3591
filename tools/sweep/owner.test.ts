import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { own } from "./owner.js";

/** Id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

const write = (folder: string, name: string, owner: object | string) => {
  writeFileSync(join(folder, name), typeof owner === "string" ? owner : JSON.stringify(owner));
};

describe("the owner of a sweep's folder", () => {
  it("is one at a time, and leaves nothing behind", () =>
    withFolder(async folder => {
      const giveBack = await own(join(folder, "new"));
      await assert.rejects(own(join(folder, "new")), {
        code: "COSIM_RUN_FOLDER",
        message: /Process \d+ on .* works in/,
      });
      giveBack();
      assert.deepEqual(readdirSync(join(folder, "new")), []);
      (await own(join(folder, "new")))();
    }));

  it("takes over from a process that was killed, also while it wrote", () =>
    withFolder(async folder => {
      write(folder, "owner-3.json", { host: hostname(), pid: deadPid() });
      const giveBack = await own(folder);
      assert.deepEqual(readdirSync(folder), ["owner-4.json"]);
      giveBack();
      write(folder, "owner-1.json", '{"host":');
      (await own(folder))();
      assert.deepEqual(readdirSync(folder), []);
    }));

  it("is one of many that take over at the same time", () =>
    withFolder(async folder => {
      write(folder, "owner-1.json", { host: hostname(), pid: deadPid() });
      const ends = await Promise.allSettled(Array.from({ length: 20 }, () => own(folder)));
      assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 1);
    }));

  it("may be on another machine, of which nobody here knows whether it is alive", () =>
    withFolder(async folder => {
      write(folder, "owner-1.json", { host: "elsewhere.example", pid: 1 });
      await assert.rejects(own(folder), { message: /on elsewhere\.example works in .* or remove .*owner-1\.json if/ });
    }));
});
