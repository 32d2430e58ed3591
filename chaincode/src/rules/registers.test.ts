import assert from "node:assert/strict";
import { settledRound, tradedRound } from "../testing/settled-round.js";
import { keysOf, openMarket, plainTerms, plenty, signRound } from "../testing/settlement.js";

describe("money, markets and participants", () => {
  it("come by name once: the same again changes nothing, another is refused", async () => {
    const ledger = await openMarket();
    const before = ledger.snapshot();
    const transfer = { participant: "house 0", amount: plenty, reference: "first of house 0" };
    const registration = { participant: "house 0", publicKey: keysOf("house 0").publicKey, validUntil: "" };
    await ledger.submit("treasury", "Deposit", [transfer]);
    await ledger.submit("registrar", "RegisterParticipants", [registration]);
    await ledger.submit("operator", "CreateMarket", "m", plainTerms);
    await ledger.submit("registrar", "SetStatus", "house 0", "active");
    assert.equal(ledger.snapshot(), before);
    assert.equal(await ledger.refusal("treasury", "Deposit", [{ ...transfer, amount: "1" }]), "CONFLICT");
    assert.equal(await ledger.refusal("treasury", "Withdraw", [transfer]), "CONFLICT");
    const stolen = { ...registration, publicKey: keysOf("house 1").publicKey };
    assert.equal(await ledger.refusal("registrar", "RegisterParticipants", [stolen]), "CONFLICT");
    assert.equal(await ledger.refusal("operator", "CreateMarket", "m", { ...plainTerms, fee: "1" }), "CONFLICT");
  });

  it("never fall below zero, and only whole amounts enter", async () => {
    const ledger = await openMarket();
    const transfer = (amount: string, participant = "house 0") => [{ participant, amount, reference: "r" }];
    assert.equal(await ledger.refusal("treasury", "Withdraw", transfer(String(BigInt(plenty) + 1n))), "FUNDS");
    assert.equal(await ledger.refusal("treasury", "Deposit", transfer("1", "a stranger")), "UNKNOWN");
    for (const amount of ["0", "-1", "1.5", "NaN", "1e9"])
      assert.equal(await ledger.refusal("treasury", "Deposit", transfer(amount)), "BAD_INPUT");
    assert.equal(await ledger.refusal("treasury", "Deposit", [...transfer("1"), ...transfer("2")]), "BAD_INPUT");
    await ledger.submit("treasury", "Withdraw", transfer("7"));
    const { withdrawn } = JSON.parse(await ledger.query("Supply")) as { withdrawn: string };
    assert.equal(withdrawn, "7");
    await ledger.query("Audit");
  });

  it("change their terms for rounds to come only", async () => {
    const ledger = await settledRound();
    const terms = { ...plainTerms, fee: "2" };
    assert.equal(await ledger.refusal("operator", "SetTerms", "m", "0", terms), "SEQUENCE");
    assert.equal(await ledger.refusal("operator", "SetTerms", "m", "2", { ...terms, periodSeconds: "60" }), "CONFLICT");
    await ledger.submit("operator", "SetTerms", "m", "2", terms);
    await ledger.submit("operator", "SetTerms", "m", "2", terms);
    await ledger.submit(
      "operator",
      "Settle",
      [1, 2].map(period => signRound(period, tradedRound)),
    );
    const receipts = JSON.parse(await ledger.query("Receipts", "m", "0", "9")) as { feesPico: string }[];
    assert.deepEqual(
      receipts.map(({ feesPico }) => feesPico),
      ["500", "500", "1000"],
    );
    for (const period of ["0", "1", "2"]) await ledger.query("Verify", "m", period);
  });
});
