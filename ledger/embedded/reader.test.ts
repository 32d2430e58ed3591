import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { LedgerError } from "../errors.js";
import { call, openToy, TOY, withFolder } from "../testing/toy-ledger.js";
import { openEmbedded } from "./host.js";
import { openReader } from "./reader.js";
import { verifyFolder } from "./verify.js";

const options = { contract: TOY };
const isError = (code: string) => (error: unknown) => error instanceof LedgerError && error.code === code;

describe("a reader of a ledger", () => {
  it("answers while another writes, and follows it", () =>
    withFolder(async folder => {
      const writer = await openToy(folder);
      await writer.submit(call("add", "n", "1"));
      const reader = await openReader(folder, options);
      assert.equal(await reader.query(call("get", "n")), "1");
      await writer.submit(call("add", "n", "1"));
      assert.equal(await reader.query(call("get", "n")), "2");
      assert.deepEqual(await reader.head(), await writer.head());
      const events = reader.events()[Symbol.asyncIterator]();
      assert.equal(((await events.next()).value as { payload: string }).payload, "n=1");
      await assert.rejects(reader.submit(call("add", "n", "1")), isError("LEDGER_FORBIDDEN"));
      await reader.close();
      const { ok, unchecked } = await verifyFolder(folder, options);
      assert.deepEqual([ok, unchecked], [true, "the state beside the log, which another process has open"]);
      await writer.close();
    }));

  it("does not take a block that is being written for one, and names one that is wrong", () =>
    withFolder(async folder => {
      await (await openToy(folder)).close();
      await appendFile(join(folder, "blocks.log"), '{"height":2');
      const reader = await openReader(folder, options);
      assert.equal((await reader.head()).height, 1);
      await appendFile(join(folder, "blocks.log"), "}\t\t\n");
      await assert.rejects(reader.head(), isError("LEDGER_CORRUPT"));
      await reader.close();
      await assert.rejects(openReader(join(folder, "none"), options), isError("LEDGER_FAILED"));
    }));
});

describe("a ledger in a worker", () => {
  it("names what went wrong on the other side", () =>
    withFolder(async folder => {
      const first = await openEmbedded(folder, options);
      await assert.rejects(openEmbedded(folder, options), isError("LEDGER_LOCKED"));
      await assert.rejects(first.submit(call("refuse", "FUNDS: house_1 has 1 and needs 2.")), isError("LEDGER_FUNDS"));
      await first.close();
    }));

  it("calls off a wait, and keeps hidden values out of its answers and its blocks", () =>
    withFolder(async folder => {
      const ledger = await openEmbedded(folder, options);
      const controller = new AbortController();
      const waiting = ledger.submit(call("add", "n", "1"), controller.signal);
      controller.abort();
      await assert.rejects(waiting, (error: unknown) => error instanceof LedgerError && error.retry === "after-query");
      await ledger.submit({ ...call("hide", "k"), transient: { value: Buffer.from("secret") } });
      assert.match(await ledger.query(call("reveal", "k")), /secret/);
      assert.deepEqual((await ledger.verify()).faults, []);
      await ledger.close();
      const reopened = await openEmbedded(folder, options);
      assert.match(await reopened.query(call("reveal", "k")), /secret/);
      await reopened.close();
    }));
});
