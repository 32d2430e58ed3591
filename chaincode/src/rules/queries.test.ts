import assert from "node:assert/strict";
import type { MemoryLedger } from "../testing/memory-ledger.js";
import { settledRound, tradedRound } from "../testing/settled-round.js";
import { everybody, keysOf, plenty, signRound } from "../testing/settlement.js";
import { keys } from "./keys.js";

describe("what anybody may ask", () => {
  it("adds up: journal and statement of an account are its balance", async () => {
    const ledger = await settledRound();
    for (let period = 1; period < 150; period++)
      await ledger.submit("operator", "Settle", [signRound(period, tradedRound)]);
    await ledger.submit("treasury", "Withdraw", [{ participant: "house 0", amount: "5", reference: "payout" }]);
    for (const name of ["house 0", "house 1", "house 2"]) {
      let total = 0n;
      for (const { amount } of await pages<{ amount: string }>(ledger, "entries", ["Journal", name]))
        total += BigInt(amount);
      for (const { side, value, fee } of await pages<Line>(ledger, "lines", ["Statement", name, "m"]))
        total += side === "buy" ? -BigInt(value) - BigInt(fee) : BigInt(value);
      const { available } = JSON.parse(await ledger.query("Balance", name)) as { available: string };
      assert.equal(String(total), available);
    }
    const { length } = JSON.parse(await ledger.query("Receipts", "m", "140", "1000")) as object[];
    assert.equal(length, 10);
  });

  it("verifies a round again, also when keys changed since, and sees what was written past the contract", async () => {
    const ledger = await settledRound();
    await ledger.submit("registrar", "RotateKey", "house 0", keysOf("house 0, new").publicKey);
    await ledger.query("Verify", "m", "0");
    for (const [key, from, to] of [
      [keys.book("m", "0"), '"accepted":["500"', '"accepted":["501"'],
      [keys.book("m", "0"), '"energy":"9"', '"energy":"8"'],
      [keys.receipt("m", "0"), '"energyWh":"500"', '"energyWh":"501"'],
      [keys.participant("house 1"), keysOf("house 1").publicKey, keysOf("house 3").publicKey],
    ] as const) {
      const tampered = ledger.fork();
      tampered.tamper(state => {
        const text = state.get(key) ?? "";
        assert.ok(text.includes(from), from);
        state.set(key, text.replace(from, to));
      });
      await assert.rejects(tampered.query("Verify", "m", "0"), /CORRUPT: /);
    }
    ledger.tamper(state =>
      state.set(keys.account("house 3"), '{"available":"1","entries":"0","held":"0","nonce":"0"}'),
    );
    await assert.rejects(ledger.query("Audit"), /CORRUPT: 9 accounts hold/);
  });

  it("includes the market, a participant, the book, the version", async () => {
    const ledger = await settledRound();
    const ask = async (...[name, ...args]: Parameters<MemoryLedger["query"]>) =>
      JSON.parse(await ledger.query(name, ...args)) as Record<string, unknown>;
    assert.equal((await ask("Market", "m")).next, "1");
    assert.equal((await ask("Participant", "house 0")).status, "active");
    assert.deepEqual((await ask("Book", "m", "0")).bids, signRound(0, tradedRound).bids);
    assert.deepEqual(await ask("Supply"), {
      deposited: String(BigInt(plenty) * BigInt(everybody.length)),
      withdrawn: "0",
    });
    assert.deepEqual(Object.keys(await ask("Version")), ["version"]);
    await assert.rejects(ledger.query("Receipt", "m", "1"), /UNKNOWN: round 1 of m is not settled/);
    await assert.rejects(ledger.query("Balance", "nobody"), /UNKNOWN: there is no participant nobody/);
  });
});

interface Line {
  readonly side: "buy" | "sell";
  readonly value: string;
  readonly fee: string;
}

async function pages<T>(
  ledger: MemoryLedger,
  list: "entries" | "lines",
  [name, ...args]: ["Journal" | "Statement", ...string[]],
): Promise<T[]> {
  const all: T[] = [];
  for (let bookmark = ""; ;) {
    const page = JSON.parse(await ledger.query(name, ...args, bookmark)) as { bookmark: string } & Record<string, T[]>;
    all.push(...page[list]);
    if (page.bookmark === "") return all;
    bookmark = page.bookmark;
  }
}
