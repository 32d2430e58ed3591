import assert from "node:assert/strict";
import { settledRound, signStatement } from "../testing/settled-round.js";
import { plenty } from "../testing/settlement.js";

const complaint = { market: "m", period: "0", dispute: "d1", claimant: "house 0", reason: "the meter says 400 Wh" };
const open = signStatement("dispute", complaint, "house 0");
const upheld = {
  ...{ market: "m", period: "0", dispute: "d1", verdict: "upheld" },
  corrections: [
    { participant: "house 0", amount: "8000" },
    { participant: "house 1", amount: "-8000" },
  ],
};

describe("a dispute", () => {
  it("is decided by entries beside the round, which stays as it was", async () => {
    const ledger = await settledRound();
    const receipt = await ledger.query("Receipt", "m", "0");
    await ledger.submit("participant", "OpenDispute", open);
    await ledger.submit("participant", "OpenDispute", open);
    await ledger.submit("arbiter", "ResolveDispute", upheld);
    const once = ledger.snapshot();
    await ledger.submit("arbiter", "ResolveDispute", upheld);
    assert.equal(ledger.snapshot(), once);
    assert.equal(await ledger.query("Receipt", "m", "0"), receipt);
    const { entries } = JSON.parse(await ledger.query("Journal", "house 1", "")) as { entries: object[] };
    assert.deepEqual(entries.at(-1), { kind: "correction", amount: "-8000", reference: "m/0/d1" });
    const { verdict } = JSON.parse(await ledger.query("Dispute", "m", "0", "d1")) as { verdict: string };
    assert.equal(verdict, "upheld");
    await ledger.query("Audit");
  });

  it("is opened by its claimant, about a settled round in which it bid", async () => {
    const ledger = await settledRound();
    const about = (change: object, by: string) => signStatement("dispute", { ...complaint, ...change }, by);
    assert.equal(await ledger.refusal("participant", "OpenDispute", about({}, "house 1")), "SIGNATURE");
    assert.equal(await ledger.refusal("participant", "OpenDispute", about({ period: "1" }, "house 0")), "UNKNOWN");
    assert.equal(
      await ledger.refusal("participant", "OpenDispute", about({ claimant: "house 3" }, "house 3")),
      "COUNTERPARTY",
    );
    await ledger.submit("participant", "OpenDispute", open);
    assert.equal(await ledger.refusal("participant", "OpenDispute", about({ reason: "other" }, "house 0")), "CONFLICT");
  });

  it("makes no money, reaches nobody outside the round, and is decided once", async () => {
    const ledger = await settledRound();
    await ledger.submit("participant", "OpenDispute", open);
    const resolve = (corrections: readonly object[], verdict = "upheld") =>
      ledger.refusal("arbiter", "ResolveDispute", { ...upheld, verdict, corrections });
    const [gain] = upheld.corrections;
    assert.equal(await resolve([gain]), "UNBALANCED");
    assert.equal(await resolve([gain, { participant: "house 3", amount: "-8000" }]), "COUNTERPARTY");
    assert.equal(await resolve([gain, gain]), "BAD_INPUT");
    assert.equal(await resolve(upheld.corrections, "rejected"), "BAD_INPUT");
    const tooMuch = String(BigInt(plenty) * 2n);
    assert.equal(
      await resolve([
        { ...gain, amount: tooMuch },
        { participant: "house 1", amount: `-${tooMuch}` },
      ]),
      "FUNDS",
    );
    await ledger.submit("arbiter", "ResolveDispute", { ...upheld, verdict: "rejected", corrections: [] });
    assert.equal(await resolve(upheld.corrections), "CONFLICT");
  });
});
