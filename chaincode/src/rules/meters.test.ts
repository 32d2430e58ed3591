import assert from "node:assert/strict";
import { settledRound } from "../testing/settled-round.js";

describe("meter readings", () => {
  it("are kept as digests, once", async () => {
    const ledger = await settledRound();
    const reading = { participant: "house 0", digest: "ab".repeat(32) };
    await ledger.submit("meter", "RecordMeters", "m", "0", [reading]);
    await ledger.submit("meter", "RecordMeters", "m", "0", [reading]);
    assert.deepEqual(JSON.parse(await ledger.query("Meters", "m", "0")), { "house 0": reading.digest });
    const other = { ...reading, digest: "cd".repeat(32) };
    assert.equal(await ledger.refusal("meter", "RecordMeters", "m", "0", [other]), "CONFLICT");
    assert.equal(
      await ledger.refusal("meter", "RecordMeters", "m", "0", [{ ...reading, digest: "1.5 kWh" }]),
      "BAD_INPUT",
    );
  });
});
