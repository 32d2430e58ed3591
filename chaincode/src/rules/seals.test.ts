import assert from "node:assert/strict";
import { clearUniform } from "../testing/honest-rounds.js";
import type { MemoryLedger } from "../testing/memory-ledger.js";
import { keysOf, openMarket, plenty, signRound } from "../testing/settlement.js";
import type { Offer } from "../testing/honest-clearing.js";
import type { SignedBid } from "./round.js";
import { commitmentTo } from "./seals.js";
import { signText, statementText } from "./signing.js";

const place = { market: "m", period: "0" };
const salt = "a salt of 32 random bytes, as text";

const book: readonly Offer[] = [
  { bidder: "house 0", side: "buy", price: 80n, energy: 5n },
  { bidder: "house 1", side: "sell", price: 40n, energy: 5n },
  { bidder: "house 2", side: "buy", price: 90n, energy: 5n },
];
const round = signRound(0, clearUniform(book));
const withoutLast = signRound(0, clearUniform(book.slice(0, 2)));

function sealOf(bid: SignedBid, change: object = {}): Record<string, string> {
  const { bidder, nonce } = bid;
  const seal = { ...place, bidder, nonce, commitment: commitmentTo(place, bid, salt), ...change };
  return { ...seal, signature: signText(statementText("seal", seal), keysOf(seal.bidder).privateKey) };
}

const reveal = (bid: SignedBid) => ({ ...place, bid, salt });

/** All three bids are sealed, money is held for them, the gate is closed. */
async function sealedRound(): Promise<MemoryLedger> {
  const ledger = await openMarket({ sealed: "yes", escrow: "hold" });
  const holds = book.map(({ bidder }) => ({ participant: bidder, amount: "1000" }));
  await ledger.submit("operator", "Hold", "m", "0", holds);
  for (const bid of round.bids) await ledger.submit("participant", "SealBid", sealOf(bid));
  await ledger.submit("operator", "CloseSeals", "m", "0");
  return ledger;
}

describe("sealed bids", () => {
  it("settle once all are revealed as they were sealed", async () => {
    const ledger = await sealedRound();
    assert.ok(!ledger.snapshot().includes('"80"'), "a price is on the ledger before it is revealed");
    for (const bid of round.bids) await ledger.submit("participant", "RevealBid", reveal(bid));
    await ledger.submit("participant", "RevealBid", reveal(round.bids[0]));
    await ledger.submit("operator", "Settle", [round]);
  });

  it("come in time and are shown in time", async () => {
    const ledger = await openMarket({ sealed: "yes", escrow: "hold" });
    const [bid, late] = round.bids;
    await ledger.submit("participant", "SealBid", sealOf(bid));
    await ledger.submit("participant", "SealBid", sealOf(bid));
    assert.equal(await ledger.refusal("participant", "SealBid", sealOf({ ...bid, price: "81" })), "CONFLICT");
    assert.equal(await ledger.refusal("participant", "RevealBid", reveal(bid)), "SEAL");
    await ledger.submit("operator", "CloseSeals", "m", "0");
    assert.equal(await ledger.refusal("participant", "SealBid", sealOf(late)), "SEAL");
    assert.equal(await ledger.refusal("participant", "RevealBid", reveal(late)), "UNKNOWN");
  });

  it("cannot become other bids, nor be sealed in another's name", async () => {
    const ledger = await sealedRound();
    assert.equal(await ledger.refusal("participant", "RevealBid", reveal({ ...round.bids[0], price: "81" })), "SEAL");
    const other = { ...reveal(round.bids[0]), salt: "another salt" };
    assert.equal(await ledger.refusal("participant", "RevealBid", other), "SEAL");
    const open = await openMarket({ sealed: "yes", escrow: "hold" });
    const forged = { ...sealOf(round.bids[0]), bidder: "house 1" };
    assert.equal(await open.refusal("participant", "SealBid", forged), "SIGNATURE");
  });

  it("cannot be left out, added or changed by whoever clears the round", async () => {
    const ledger = await sealedRound();
    for (const bid of round.bids.slice(0, 2)) await ledger.submit("participant", "RevealBid", reveal(bid));
    assert.equal(await ledger.refusal("operator", "Settle", [round]), "SEAL");
    const all = ledger.fork();
    await all.submit("participant", "RevealBid", reveal(round.bids[2]));
    assert.equal(await all.refusal("operator", "Settle", [withoutLast]), "SEAL");
    await ledger.submit("operator", "Settle", [withoutLast]);
  });

  it("that stay sealed cost what was held for them", async () => {
    const ledger = await sealedRound();
    for (const bid of round.bids.slice(0, 2)) await ledger.submit("participant", "RevealBid", reveal(bid));
    assert.equal(await ledger.refusal("operator", "Release", "m", "0", ["house 2"]), "SEAL");
    await ledger.submit("operator", "Settle", [withoutLast]);
    const after = JSON.parse(await ledger.query("Balance", "house 2")) as object;
    assert.deepEqual(after, { available: String(BigInt(plenty) - 1000n), held: "0" });
    const { entries } = JSON.parse(await ledger.query("Journal", "house 2", "")) as { entries: object[] };
    assert.deepEqual(entries.at(-1), { kind: "forfeit", amount: "-1000", reference: "round 0 of m" });
    await ledger.query("Audit");
  });

  it("may come along as transient data, which shows at once whether they fit", async () => {
    const ledger = await openMarket({ sealed: "yes", escrow: "hold" });
    const [bid, other] = round.bids;
    const bring = (brought: unknown) => new Map([["bid", Buffer.from(JSON.stringify(brought))]]);
    for (const wrong of [
      { bid: other, salt },
      { bid, salt: "x" },
    ]) {
      ledger.transient = bring(wrong);
      assert.equal(await ledger.refusal("participant", "SealBid", sealOf(bid)), "SEAL");
    }
    ledger.transient = bring({ bid });
    assert.equal(await ledger.refusal("participant", "SealBid", sealOf(bid)), "BAD_INPUT");
    ledger.transient = bring({ bid, salt });
    await ledger.submit("participant", "SealBid", sealOf(bid));
    assert.ok(!ledger.snapshot().includes(salt));
  });

  it("have no place in a market of open bids, and none without holds", async () => {
    const ledger = await openMarket();
    assert.equal(await ledger.refusal("participant", "SealBid", sealOf(round.bids[0])), "SEAL");
    assert.equal(await ledger.refusal("operator", "CloseSeals", "m", "0"), "SEAL");
    await assert.rejects(openMarket({ sealed: "yes" }), /BAD_INPUT: .*sealed bids without holds/);
  });
});
