import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClearedRound, Receipt } from "gridloom-settlement/rules";
import { acknowledge, createOutbox, isFull, nextBatch, type Entry } from "./outbox.js";

const round = (market: string, period: number, bids = 1) =>
  ({ market, period: String(period), bids: new Array<object>(bids).fill({}) }) as unknown as ClearedRound;
const receipt = (market: string, period: number, digest = `${market}${period}`) =>
  ({ market, period: String(period), digest }) as Receipt;
const entry = (market: string, period: number): Entry => ({
  round: round(market, period),
  receipt: receipt(market, period),
});

describe("the outbox", () => {
  it("is full at its limit, and forgets what is committed", () => {
    const outbox = createOutbox(2);
    outbox.waiting.push(entry("m", 0));
    assert.equal(isFull(outbox), false);
    outbox.waiting.push(entry("m", 1));
    assert.equal(isFull(outbox), true);
    assert.equal(acknowledge(outbox, [receipt("m", 0)]), undefined);
    assert.deepEqual(
      outbox.waiting.map(({ round }) => round.period),
      ["1"],
    );
  });

  it("knows a receipt that is not the one its round must get, and one of a round that it never had", () => {
    const outbox = createOutbox(2);
    outbox.waiting.push(entry("m", 0));
    assert.equal(acknowledge(outbox, [receipt("other", 0)]), undefined);
    const mismatch = acknowledge(outbox, [receipt("m", 0, "forged")]);
    assert.equal(mismatch?.receipt.digest, "forged");
    assert.equal(mismatch?.expected.digest, "m0");
  });

  it("joins what fits into one transaction: rounds of one market, in order, none left out", () => {
    const queues = fc.array(fc.record({ market: fc.constantFrom("a", "b"), bids: fc.integer({ min: 0, max: 9 }) }));
    const limits = fc.record({ rounds: fc.integer({ min: 1, max: 5 }), bids: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(queues, limits, (queue, limit) => {
        const periods: Record<string, number> = { a: 0, b: 0 };
        let rest = queue.map(({ market, bids }) => round(market, periods[market]++, bids));
        const settled: Record<string, string[]> = { a: [], b: [] };
        while (rest.length > 0) {
          const places = nextBatch(rest, limit);
          const batch = places.map(i => rest[i]);
          assert.ok(batch.length >= 1 && batch.length <= limit.rounds);
          assert.equal(new Set(batch.map(({ market }) => market)).size, 1);
          const bids = batch.reduce((sum, each) => sum + each.bids.length, 0);
          assert.ok(batch.length === 1 || bids <= limit.bids);
          for (const { market, period } of batch) settled[market].push(period);
          rest = rest.filter((_, i) => !places.includes(i));
        }
        for (const market of ["a", "b"])
          assert.deepEqual(
            settled[market],
            Array.from({ length: periods[market] }, (_, i) => String(i)),
          );
      }),
    );
  });
});
