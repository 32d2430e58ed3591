import assert from "node:assert/strict";
import type { Offer } from "../testing/honest-clearing.js";
import { clearUniform } from "../testing/honest-rounds.js";
import { closeOf, keysOf, openMarket, plainTerms, plenty, signRound } from "../testing/settlement.js";
import { contractFunctions, type FunctionName } from "./functions.js";
import { mostBids } from "./round-input.js";
import type { Round } from "./round.js";
import { bidText, signText } from "./signing.js";
import { roles, type ContractFunction } from "./transaction.js";

const book: readonly Offer[] = [
  { bidder: "house 0", side: "buy", price: 80_000_000n, energy: 700n },
  { bidder: "house 1", side: "sell", price: 40_000_000n, energy: 500n },
];
const honest = (period = 0) => signRound(period, clearUniform(book));

/** A round in which a bid was changed and signed again by its bidder. */
function withBid(round: Round, i: number, change: Partial<Round["bids"][number]>, signer?: string): Round {
  const bid = { ...round.bids[i], ...change };
  const signature = signText(bidText(round.market, round.period, bid), keysOf(signer ?? bid.bidder).privateKey);
  return { ...round, bids: round.bids.map((each, j) => (j === i ? { ...bid, signature } : each)) };
}

describe("hostile parties", () => {
  it("have no function without their role, and nobody has one that is not in the table", async () => {
    const ledger = await openMarket();
    for (const [name, { roles: allowed, args }] of Object.entries(
      contractFunctions as Record<string, ContractFunction>,
    )) {
      if (allowed === "anybody") continue;
      for (const role of [...roles, "nobody"] as const) {
        const code = await ledger.refusal(role, name as FunctionName, ...args.map(() => "")).catch(() => "accepted");
        assert.equal(code === "FORBIDDEN", !allowed.includes(role as (typeof roles)[number]), `${name} as ${role}`);
      }
    }
    for (const name of ["settle", "constructor", "__proto__", "toString", ""])
      assert.equal(await ledger.refusal("operator", name as FunctionName), "UNKNOWN");
  });

  it("cannot bid unknown, suspended or after their registration ended", async () => {
    const ledger = await openMarket();
    assert.equal(
      await ledger.refusal("operator", "Settle", [withBid(honest(), 0, { bidder: "a stranger" })]),
      "UNKNOWN",
    );
    await ledger.submit("registrar", "SetStatus", "house 1", "suspended");
    assert.equal(await ledger.refusal("operator", "Settle", [honest()]), "SUSPENDED");
    await ledger.submit("registrar", "SetStatus", "house 1", "active");
    const guest = { participant: "guest", publicKey: keysOf("guest").publicKey, validUntil: closeOf(1) };
    await ledger.submit("registrar", "RegisterParticipants", [guest]);
    await ledger.submit("treasury", "Deposit", [{ participant: "guest", amount: plenty, reference: "g" }]);
    const visits = (period: number) => withBid(honest(period), 0, { bidder: "guest" });
    await ledger.submit("operator", "Settle", [visits(0)]);
    assert.equal(await ledger.refusal("operator", "Settle", [visits(1)]), "EXPIRED");
    await ledger.submit("operator", "Settle", [honest(1)]);
  });

  it("cannot forge, nor sign with a key that was replaced or belongs to another", async () => {
    const ledger = await openMarket();
    assert.equal(await ledger.refusal("operator", "Settle", [withBid(honest(), 0, {}, "house 2")]), "SIGNATURE");
    const { publicKey, privateKey } = keysOf("house 0, second key");
    await ledger.submit("registrar", "RotateKey", "house 0", publicKey);
    assert.equal(await ledger.refusal("operator", "Settle", [honest()]), "SIGNATURE");
    const round = honest();
    const signature = signText(bidText("m", "0", round.bids[0]), privateKey);
    await ledger.submit("operator", "Settle", [{ ...round, bids: [{ ...round.bids[0], signature }, round.bids[1]] }]);
    assert.equal(await ledger.refusal("registrar", "RotateKey", "house 0", keysOf("house 0").publicKey), "CONFLICT");
  });

  it("cannot use a signed bid again: not in another round, not beside itself, not below a nonce that was used", async () => {
    const ledger = await openMarket();
    const [first, second] = [honest(0), honest(1)];
    await ledger.submit("operator", "Settle", [first]);
    assert.equal(await ledger.refusal("operator", "Settle", [{ ...second, bids: first.bids }]), "SIGNATURE");
    for (const nonce of ["1", "0"])
      assert.equal(await ledger.refusal("operator", "Settle", [withBid(second, 0, { nonce })]), "NONCE");
    const twice = { ...second, bids: [...second.bids, second.bids[0]], accepted: [...second.accepted, "0"] };
    assert.equal(await ledger.refusal("operator", "Settle", [twice]), "CONFLICT");
    const sameNonce = withBid(twice, 2, { price: "1" });
    assert.equal(await ledger.refusal("operator", "Settle", [sameNonce]), "NONCE");
    await ledger.submit("operator", "Settle", [second]);
  });

  it("cannot bid above what they have, though they would pay less", async () => {
    const ledger = await openMarket();
    const most = 700n * 80_000_000n;
    await ledger.submit("treasury", "Withdraw", [
      { participant: "house 0", amount: String(BigInt(plenty) - most + 1n), reference: "nearly all" },
    ]);
    assert.equal(await ledger.refusal("operator", "Settle", [honest()]), "FUNDS");
    await ledger.submit("treasury", "Deposit", [{ participant: "house 0", amount: "1", reference: "one pico" }]);
    await ledger.submit("operator", "Settle", [honest()]);
  });

  it("cannot bid fractions, negative energy, or beyond the limits", async () => {
    const ledger = await openMarket();
    for (const energy of ["-1", "1.5", "1e3", "", " 1", "01", "0x10", "٣"])
      assert.equal(await ledger.refusal("operator", "Settle", [withBid(honest(), 0, { energy })]), "BAD_INPUT", energy);
    for (const change of [{ energy: "1000001" }, { price: "1000000001" }, { price: "-1000000001" }])
      assert.equal(await ledger.refusal("operator", "Settle", [withBid(honest(), 0, change)]), "LIMIT");
  });

  it("cannot settle a period twice, out of turn, or two ways", async () => {
    const ledger = await openMarket();
    assert.equal(await ledger.refusal("operator", "Settle", [honest(1)]), "SEQUENCE");
    assert.equal(await ledger.refusal("operator", "Settle", [honest(0), honest(2)]), "SEQUENCE");
    await ledger.submit("operator", "Settle", [honest(0)]);
    const other = signRound(0, { ...clearUniform(book), price: "50000000" });
    assert.equal(await ledger.refusal("operator", "Settle", [other]), "CONFLICT");
    assert.equal(await ledger.refusal("operator", "Settle", [other, honest(1)]), "CONFLICT");
    await ledger.submit("operator", "Settle", [honest(0), honest(1)]);
  });

  it("cannot make a whole batch pass for its sound rounds", async () => {
    const ledger = await openMarket();
    const before = ledger.snapshot();
    const spoilt = { ...honest(1), price: "1" };
    assert.equal(await ledger.refusal("operator", "Settle", [honest(0), spoilt]), "PRICE");
    assert.equal(ledger.snapshot(), before);
  });

  it("cannot overload a transaction, hide fields in it, or reach what is not theirs by a name", async () => {
    const ledger = await openMarket();
    const many = Array.from({ length: 33 }, (_, period) => honest(period));
    assert.equal(await ledger.refusal("operator", "Settle", many), "BAD_INPUT");
    const crowd = { ...honest(), bids: new Array<unknown>(mostBids + 1).fill(honest().bids[0]) };
    assert.equal(await ledger.refusal("operator", "Settle", [crowd]), "BAD_INPUT");
    for (const text of ["", "{", "[]", "{}", "null", "[null]", "[[]]", '[{"__proto__":{}}]', "[1e999]"])
      assert.equal(await ledger.refusal("operator", "Settle", text), "BAD_INPUT", text);
    const hidden = JSON.stringify([honest()]).replace('"market":"m"', '"market":"m","__proto__":{"a":"1"}');
    assert.equal(await ledger.refusal("operator", "Settle", hidden), "BAD_INPUT");
    for (const market of ["\u0000m", "m\u0000", "m ", "", "x".repeat(65), "\u{10ffff}"])
      assert.notEqual(
        await ledger.refusal("operator", "CreateMarket", market, plainTerms).catch(() => "accepted"),
        "accepted",
        market,
      );
  });

  it("meet sentences that name party, value and bound", async () => {
    const ledger = await openMarket();
    const accepted = ["501", "500"];
    await assert.rejects(
      ledger.submit("operator", "Settle", [{ ...honest(), accepted }]),
      /^SettlementError: UNBALANCED: in round 0 of m 1 Wh more are bought than sold\.$/,
    );
    await assert.rejects(
      ledger.submit("treasury", "Settle", []),
      /FORBIDDEN: Settle is for operator; a treasury is treasury\.$/,
    );
  });
});
