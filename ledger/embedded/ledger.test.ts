import assert from "node:assert/strict";
import { open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LedgerError } from "../errors.js";
import { call, openToy, TOY, withFolder } from "../testing/toy-ledger.js";
import { EmbeddedLedger } from "./ledger.js";
import type { LogFile } from "./log.js";
import { verifyFolder } from "./verify.js";

const refusedWith =
  (code: string, pattern = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof LedgerError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  };

describe("an embedded ledger", () => {
  it("keeps what was committed when it is opened again, and writes its state again from the log", () =>
    withFolder(async folder => {
      const first = await openToy(folder);
      await Promise.all([1, 2, 3].map(i => first.submit(call("add", "sum", String(i)))));
      const head = await first.head();
      await first.close();
      await rm(join(folder, "state"), { recursive: true });
      const second = await openToy(folder);
      assert.deepEqual(await second.head(), head);
      assert.equal(await second.query(call("get", "sum")), "6");
      assert.deepEqual(await second.verify(), { ok: true, height: head.height, faults: [] });
      await second.close();
    }));

  it("puts commands that come together into one block, and each sees what the ones before wrote", () =>
    withFolder(async folder => {
      const ledger = await openToy(folder);
      const answers = await Promise.all([1, 2, 3, 4].map(() => ledger.submit(call("add", "n", "1"))));
      assert.deepEqual(
        answers.map(({ result }) => result),
        ["1", "2", "3", "4"],
      );
      assert.ok((await ledger.head()).height <= 3);
      assert.equal(await ledger.query(call("list", "", "")), '["n"]');
      await ledger.close();
      assert.deepEqual((await verifyFolder(folder, { contract: TOY })).faults, []);
    }));

  it("writes no block for a command that changes nothing", () =>
    withFolder(async folder => {
      const ledger = await openToy(folder);
      const before = await ledger.head();
      const { replayed, position } = await ledger.submit(call("nothing"));
      assert.deepEqual([replayed, position, await ledger.head()], [true, "1", before]);
      await ledger.close();
    }));

  it("refuses a second writer by name and lets nobody wait for a writer that has ended", () =>
    withFolder(async folder => {
      const first = await openToy(folder);
      await assert.rejects(openToy(folder), refusedWith("LEDGER_LOCKED", /process \d+ on host/));
      await first.close();
      await (await openToy(folder)).close();
    }));

  it("refuses roles that it does not know, and everything after it was closed", () =>
    withFolder(async folder => {
      const ledger = await openToy(folder, { roles: ["operator"] });
      await assert.rejects(ledger.query({ ...call("whoami"), as: "thief" }), refusedWith("LEDGER_FORBIDDEN", /thief/));
      await ledger.close();
      await assert.rejects(ledger.submit(call("nothing")), refusedWith("LEDGER_CLOSED", /nothing/));
    }));

  it("cuts off a torn last block and refuses to open a damaged or shortened log", () =>
    withFolder(async folder => {
      const log = join(folder, "blocks.log");
      const ledger = await openToy(folder);
      for (let i = 0; i < 5; i++) await ledger.submit(call("add", "n", "1"));
      await ledger.close();
      const whole = await readFile(log);
      await writeFile(log, Buffer.concat([whole, Buffer.from('{"height":7,"previous')]));
      const mended = await openToy(folder);
      assert.equal(await mended.query(call("get", "n")), "5");
      await mended.close();
      assert.deepEqual(await readFile(log), whole);

      await truncate(log, whole.length - 1);
      await assert.rejects(openToy(folder), refusedWith("LEDGER_CORRUPT", /Block 6 of the log: it is cut off/));
      await truncate(log, whole.lastIndexOf("\n", whole.length - 2) + 1);
      await assert.rejects(openToy(folder), refusedWith("LEDGER_CORRUPT", /Block 6 of the log: it is missing/));
      const flipped = Buffer.from(whole);
      flipped[whole.indexOf("\n") + 300] ^= 1;
      await writeFile(log, flipped);
      await assert.rejects(openToy(folder), refusedWith("LEDGER_CORRUPT", /Block 2 of the log/));
    }));

  it("takes back what a full disk has no room for, and goes on when there is room", () =>
    withFolder(async folder => {
      await (await openToy(folder)).close();
      const handle = await open(join(folder, "blocks.log"), "r+");
      let room = Infinity;
      const file: LogFile = {
        write: async (bytes: Buffer, from: number, length: number, at: number) => {
          const fits = Math.min(length, room);
          if (fits > 0) await handle.write(bytes, from, fits, at);
          room -= fits;
          if (fits < length) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
          return { bytesWritten: fits, buffer: bytes };
        },
        read: handle.read.bind(handle),
        datasync: () => handle.datasync(),
        truncate: length => handle.truncate(length),
        stat: handle.stat.bind(handle),
        close: () => handle.close(),
      } as LogFile;
      const ledger = await openToy(folder, { file });
      await ledger.submit(call("add", "n", "1"));
      const { size } = await stat(join(folder, "blocks.log"));
      room = 100;
      const failing = ledger.submit(call("add", "n", "1"));
      await assert.rejects(failing, refusedWith("LEDGER_FULL_DISK", /no room for block 3/));
      assert.equal((await stat(join(folder, "blocks.log"))).size, size);
      room = Infinity;
      assert.equal((await ledger.submit(call("add", "n", "1"))).result, "2");
      assert.deepEqual((await ledger.verify()).faults, []);
      await ledger.close();
    }));

  it("signs with co-signers, whose signatures verify", () =>
    withFolder(async folder => {
      const ledger = await openToy(folder, { cosigners: ["org1", "org2"] });
      await ledger.submit(call("put", "a", "b"));
      assert.equal((await ledger.verify()).ok, true);
      await ledger.close();
      const line = (await readFile(join(folder, "blocks.log"), "utf8")).trimEnd().split("\n").at(-1)!;
      const { signatures } = JSON.parse(line.split("\t")[1]) as { signatures: object };
      assert.deepEqual(Object.keys(signatures).sort(), ["node", "org1", "org2"]);
    }));

  it("has keys that only their owner may read", async function () {
    if (process.platform === "win32") this.skip();
    await withFolder(async folder => {
      await (await openToy(folder)).close();
      for (const role of ["node", "operator"]) {
        assert.equal((await stat(join(folder, "keys", `${role}.key`))).mode & 0o777, 0o600);
      }
    });
  });

  it("tells events from a position on, and ends its readers when it closes", () =>
    withFolder(async folder => {
      const ledger = await openToy(folder);
      const { position } = await ledger.submit(call("add", "n", "1"));
      await ledger.submit(call("put", "silent", "1"));
      const seen: string[] = [];
      const reading = (async () => {
        for await (const { payload } of ledger.events(position)) seen.push(payload);
      })();
      for (let i = 2; i <= 4; i++) await ledger.submit(call("add", "n", "1"));
      await new Promise(resolve => setTimeout(resolve, 50));
      await ledger.close();
      await reading;
      assert.deepEqual(seen, ["n=2", "n=3", "n=4"]);
      await assert.rejects(EmbeddedLedger.open(folder, { contract: "node:path" }), refusedWith("LEDGER_FAILED"));
    }));
});
