import type { Receipt } from "gridloom-settlement/rules";
import assert from "node:assert/strict";
import { LedgerError, type LedgerCode } from "../errors.js";
import type { LedgerEvent, LedgerPort } from "../port.js";
import {
  asking,
  expectedReceipt,
  openingOf,
  roundOf,
  settling,
  signatureOf,
  testMarket,
  type TestMarket,
} from "./settlements.js";

/** A driver under test: opens its ledger, which may hold what earlier tests left, and clears up afterwards. */
export interface Driver {
  open(): Promise<LedgerPort>;
  cleanUp?(): Promise<void>;
  /** Why the driver cannot be tested here. */
  readonly skipped?: string;
}

/** Tells the tests of one process, and of processes that share a network, apart. */
const RUN = `${process.pid}-${String(process.hrtime.bigint() % 1_000_000n)}`;

/** What every driver must do; each test has a market of its own, so that a long-lived ledger serves as well as a new one. */
export function describeLedger(name: string, driver: Driver): void {
  describe(`a ledger (${name})`, () => {
    let port: LedgerPort;
    let count = 0;

    before(async function () {
      if (driver.skipped !== undefined) {
        console.log(`      skipped: a ledger (${name}): ${driver.skipped}`);
        this.skip();
      }
      port = await driver.open();
    });

    after(async () => {
      await (port as LedgerPort | undefined)?.close();
      await driver.cleanUp?.();
    });

    async function newMarket(trades = 3): Promise<TestMarket> {
      const market = testMarket(`m${count++}-${name}-${RUN}`, trades);
      for (const command of openingOf(market)) await port.submit(command);
      return market;
    }

    const moneyOf = async (party: string) =>
      JSON.parse(await port.query(asking("Balance", party))) as { available: string };
    const supply = () => port.query(asking("Supply"));

    it("settles a round and gives the receipt that its rules foretell", async () => {
      const market = await newMarket();
      const before = await supply();
      const round = roundOf(market, 0);
      const { result, replayed, position } = await port.submit(settling(round));
      assert.deepEqual(JSON.parse(result), [expectedReceipt(market, round)]);
      assert.equal(replayed, false);
      assert.notEqual(position, "");
      assert.deepEqual(
        JSON.parse(await port.query(asking("Receipt", market.name, "0"))),
        expectedReceipt(market, round),
      );
      assert.equal(await supply(), before);
    });

    it("carries the same command out once, and answers it always", async () => {
      const market = await newMarket();
      const command = settling(roundOf(market, 0));
      const first = await port.submit(command);
      const money = await moneyOf(market.buyers[0]);
      const again = await port.submit(command);
      assert.equal(again.result, first.result);
      assert.equal(again.replayed, true);
      assert.deepEqual(await moneyOf(market.buyers[0]), money);
    });

    it("refuses a second and different settlement of a period, and books nothing of it", async () => {
      const market = await newMarket();
      const honest = roundOf(market, 0);
      await port.submit(settling(honest));
      const money = await moneyOf(market.sellers[0]);
      const other = { ...honest, price: String(BigInt(honest.price) + 1n) };
      await refused(port.submit(settling(other)), "LEDGER_CONFLICT");
      assert.deepEqual(await moneyOf(market.sellers[0]), money);
    });

    it("settles a backlog of 32 rounds at once, and goes on where a part of it was settled before", async () => {
      const market = await newMarket(2);
      const rounds = Array.from({ length: 32 }, (_, period) => roundOf(market, period));
      await port.submit(settling(...rounds.slice(0, 5)));
      const { result } = await port.submit(settling(...rounds));
      assert.deepEqual(
        (JSON.parse(result) as Receipt[]).map(({ digest }) => digest),
        rounds.map(round => expectedReceipt(market, round).digest),
      );
    });

    it("refuses rounds out of their order", async () => {
      const market = await newMarket();
      await refused(port.submit(settling(roundOf(market, 1))), "LEDGER_REFUSED", /SEQUENCE/);
    });

    it("refuses a forged signature, a changed price, a changed amount and a replayed bid", async () => {
      const market = await newMarket();
      const honest = roundOf(market, 0);
      const [bid, ...rest] = honest.bids;
      const forged = { ...honest, bids: [{ ...bid, price: String(BigInt(bid.price) + 1n) }, ...rest] };
      await refused(port.submit(settling(forged)), "LEDGER_SIGNATURE", new RegExp(bid.bidder));
      const dear = { ...honest, price: String(BigInt(honest.price) * 2n) };
      await refused(port.submit(settling(dear)), "LEDGER_REFUSED", /PRICE|ALLOCATION/);
      const accepted = [String(BigInt(honest.accepted[0]) - 1n), ...honest.accepted.slice(1)];
      await assert.rejects(port.submit(settling({ ...honest, accepted })), LedgerError);
      await port.submit(settling(honest));
      const replay = { ...bid, nonce: "1" };
      const signed = { ...replay, signature: signatureOf(market.name, "1", replay) };
      const next = roundOf(market, 1);
      await refused(port.submit(settling({ ...next, bids: [signed, ...next.bids.slice(1)] })), "LEDGER_REFUSED");
      assert.deepEqual(
        JSON.parse(await port.query(asking("Receipt", market.name, "0"))),
        expectedReceipt(market, honest),
      );
    });

    it("refuses who has not the money or the role", async () => {
      const market = await newMarket(1);
      const [buyer] = market.buyers;
      const { available } = await moneyOf(buyer);
      const all = JSON.stringify([{ participant: buyer, amount: available, reference: `${buyer} out` }]);
      await port.submit({ function: "Withdraw", args: ["", all], as: "treasury" });
      const round = roundOf(market, 0);
      await refused(port.submit(settling(round)), "LEDGER_FUNDS", new RegExp(buyer));
      await refused(port.submit({ ...settling(round), as: "treasury" }), "LEDGER_FORBIDDEN");
    });

    it("knows no other functions and no other numbers of arguments", async () => {
      await refused(port.submit(asking("Mint", "1000")), "LEDGER_REFUSED", /Mint/);
      await refused(port.query(asking("constructor")), "LEDGER_REFUSED");
      await refused(port.query(asking("Balance")), "LEDGER_REFUSED", /Expected 2 parameters, but 1/);
    });

    it("drops what a query writes", async () => {
      const market = await newMarket(1);
      const [buyer] = market.buyers;
      const money = await moneyOf(buyer);
      const gift = JSON.stringify([{ participant: buyer, amount: "1", reference: `${buyer} gift` }]);
      await port.query({ function: "Deposit", args: ["", gift], as: "treasury" });
      assert.deepEqual(await moneyOf(buyer), money);
    });

    it("loses nothing of commands that come at the same time", async () => {
      const market = await newMarket(1);
      const [buyer] = market.buyers;
      const before = BigInt((await moneyOf(buyer)).available);
      const deposits = Array.from({ length: 10 }, (_, i) => {
        const transfers = JSON.stringify([{ participant: buyer, amount: "7", reference: `${buyer} at once ${i}` }]);
        return port.submit({ function: "Deposit", args: ["", transfers], as: "treasury" });
      });
      await Promise.all(deposits);
      assert.equal(BigInt((await moneyOf(buyer)).available), before + 70n);
    });

    it("tells one event for each transaction, from a position on", async () => {
      const market = await newMarket();
      const opened = await port.submit(settling(roundOf(market, 0)));
      for (const period of [1, 2]) await port.submit(settling(roundOf(market, period)));
      const told = await takeEvents(port.events(opened.position), 2);
      assert.deepEqual(
        told.map(event => [event.name, (JSON.parse(event.payload) as { receipts: Receipt[] }).receipts[0].period]),
        [
          ["RoundsSettled", "1"],
          ["RoundsSettled", "2"],
        ],
      );
      const [later] = await takeEvents(port.events(told[0].position), 1);
      assert.deepEqual(later, told[1]);
    });

    it("does not carry out what was called off before it was submitted", async () => {
      const market = await newMarket(1);
      await refused(port.submit(settling(roundOf(market, 0)), AbortSignal.abort()), "LEDGER_CLOSED");
    });

    it("grows, and verifies", async () => {
      const before = await port.head();
      await newMarket(1);
      const after = await port.head();
      assert.ok(after.height > before.height);
      assert.notEqual(after.hash, before.hash);
      const { ok, faults, height } = await port.verify();
      assert.deepEqual([ok, faults], [true, []]);
      assert.ok(height >= after.height);
    });

    it("refuses everything when it is closed", async () => {
      await port.close();
      await refused(port.submit(asking("Version")), "LEDGER_CLOSED");
      await refused(port.query(asking("Version")), "LEDGER_CLOSED");
      await port.close();
    });
  });
}

/** The first events of a stream. */
async function takeEvents(events: AsyncIterable<LedgerEvent>, count: number): Promise<LedgerEvent[]> {
  const taken: LedgerEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

function refused(attempt: Promise<unknown>, code: LedgerCode, pattern = /./): Promise<void> {
  return assert.rejects(attempt, (error: unknown) => {
    assert.ok(error instanceof LedgerError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, pattern);
    return true;
  });
}
