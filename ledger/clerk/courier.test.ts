import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClearedRound, Receipt } from "gridloom-settlement/rules";
import { createOutbox, type Entry, type Outbox } from "../outbox.js";
import { Courier, STANDING_FILE, type ClerkLine, type Standing } from "./courier.js";
import type { FromClerk, ToClerk } from "./messages.js";

/** A clerk that answers when it is told to. */
class ScriptedClerk implements ClerkLine {
  readonly sent: ToClerk[] = [];
  private hear: (message: FromClerk) => void = () => undefined;

  send(message: ToClerk): void {
    this.sent.push(message);
    if (message.kind === "close") this.hear({ kind: "closed" });
  }

  listen(hear: (message: FromClerk) => void): void {
    this.hear = hear;
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  answer(message: FromClerk): void {
    this.hear(message);
  }

  get periods(): string[] {
    return this.sent.flatMap(message => (message.kind === "settle" ? [message.round.period] : []));
  }
}

const entry = (period: number): Entry => ({
  round: { market: "m", period: String(period), bids: [] } as unknown as ClearedRound,
  receipt: { market: "m", period: String(period), digest: `d${period}` } as Receipt,
});

describe("a courier", () => {
  let folder: string;
  let outbox: Outbox;
  let clerk: ScriptedClerk;
  const start = () => new Courier(outbox, clerk, { driver: "embedded", folder, patienceMs: 50 });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-courier-"));
    outbox = createOutbox(2);
    clerk = new ScriptedClerk();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("sends at once, keeps what is not settled, and forgets what is", () => {
    const courier = start();
    courier.put(entry(0));
    courier.put(entry(1));
    assert.deepEqual(clerk.periods, ["0", "1"]);
    assert.equal(courier.isFull, true);
    clerk.answer({ kind: "settled", receipts: [entry(0).receipt] });
    assert.deepEqual(
      outbox.waiting.map(({ round }) => round.period),
      ["1"],
    );
  });

  it("sends everything again that a checkpoint kept", () => {
    outbox.waiting.push(entry(4), entry(5));
    start();
    assert.deepEqual(clerk.periods, ["4", "5"]);
  });

  it("lets a full outbox wait for room, and the end for all receipts", async () => {
    const courier = start();
    courier.put(entry(0));
    courier.put(entry(1));
    setTimeout(() => {
      clerk.answer({ kind: "settled", receipts: [entry(0).receipt] });
    }, 5);
    await courier.room();
    assert.equal(outbox.waiting.length, 1);
    setTimeout(() => {
      clerk.answer({ kind: "settled", receipts: [entry(1).receipt] });
    }, 5);
    await courier.drain();
    assert.equal(outbox.waiting.length, 0);
  });

  it("throws at the next call what a round was refused for, and keeps the round", async () => {
    const courier = start();
    courier.put(entry(0));
    clerk.answer({ kind: "failed", error: { code: "LEDGER_FUNDS", message: "a has 1 of 2.", retry: "never" } });
    assert.throws(
      () => {
        courier.put(entry(1));
      },
      { code: "LEDGER_FUNDS" },
    );
    await assert.rejects(courier.drain(), { code: "LEDGER_FUNDS" });
    assert.equal(outbox.waiting.length, 1);
    courier.withdraw(entry(0).round);
    assert.equal(outbox.waiting.length, 0);
    courier.check();
  });

  it("refuses a receipt that is not the one that the round gives", () => {
    const courier = start();
    courier.put(entry(0));
    clerk.answer({ kind: "settled", receipts: [{ ...entry(0).receipt, digest: "other" }] });
    assert.throws(
      () => {
        courier.check();
      },
      { code: "LEDGER_RECEIPT", message: /round 0 of m is .*other.*; the round gives .*d0/ },
    );
  });

  it("waits for a ledger that does not answer no longer than its patience, and loses nothing", async () => {
    const courier = start();
    courier.put(entry(0));
    await assert.rejects(courier.drain(), { code: "LEDGER_UNREACHABLE", message: /1 rounds? wait/ });
    assert.equal(outbox.waiting.length, 1);
  });

  it("leaves behind how settling went", async () => {
    const standing = () => JSON.parse(readFileSync(join(folder, STANDING_FILE), "utf8")) as Standing;
    const courier = start();
    courier.put(entry(0));
    const drain = courier.drain();
    assert.equal(standing().waitingRounds, 1);
    clerk.answer({ kind: "settled", receipts: [entry(0).receipt] });
    await drain;
    await courier.close();
    const { driver, settledRounds, waitingRounds, lagRounds } = standing();
    assert.deepEqual([driver, settledRounds, waitingRounds, lagRounds], ["embedded", 1, 0, 1]);
  });
});
