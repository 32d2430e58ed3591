import assert from "node:assert/strict";
import { settledRound, signStatement } from "../testing/settled-round.js";

describe("a rating", () => {
  const rating = { market: "m", period: "0", from: "house 0", to: "house 1", score: "4" };
  const rate = (change: object, by = "house 0") => signStatement("rating", { ...rating, ...change }, by);

  it("comes from a counterparty of the round, once", async () => {
    const ledger = await settledRound();
    await ledger.submit("participant", "Rate", rate({}));
    await ledger.submit("participant", "Rate", rate({}));
    await ledger.submit("participant", "Rate", rate({ from: "house 1", to: "house 0", score: "1" }, "house 1"));
    assert.deepEqual(JSON.parse(await ledger.query("Rating", "house 1")), { count: "1", sum: "4" });
    assert.equal(await ledger.refusal("participant", "Rate", rate({ score: "5" })), "CONFLICT");
  });

  it("is refused from anybody else, of oneself, and beyond 1 to 5", async () => {
    const ledger = await settledRound();
    assert.equal(await ledger.refusal("participant", "Rate", rate({ from: "house 2" }, "house 2")), "COUNTERPARTY");
    assert.equal(await ledger.refusal("participant", "Rate", rate({ to: "house 2" })), "COUNTERPARTY");
    assert.equal(await ledger.refusal("participant", "Rate", rate({ to: "house 0" })), "COUNTERPARTY");
    assert.equal(await ledger.refusal("participant", "Rate", rate({}, "house 1")), "SIGNATURE");
    for (const score of ["0", "6", "4.5", "-1"])
      assert.equal(await ledger.refusal("participant", "Rate", rate({ score })), "BAD_INPUT");
  });
});
