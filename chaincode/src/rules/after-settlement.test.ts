import assert from "node:assert/strict";
import { clearUniform } from "../testing/honest-rounds.js";
import type { MemoryLedger } from "../testing/memory-ledger.js";
import { everybody, keysOf, openMarket, plainTerms, plenty, signRound } from "../testing/settlement.js";
import { keys } from "./keys.js";
import { signText, statementText } from "./signing.js";

const cleared = clearUniform([
  { bidder: "house 0", side: "buy", price: 80n, energy: 500n },
  { bidder: "house 1", side: "sell", price: 80n, energy: 500n },
  { bidder: "house 2", side: "buy", price: 20n, energy: 9n },
]);

async function settledRound(): Promise<MemoryLedger> {
  const ledger = await openMarket({ fee: "1" });
  await ledger.submit("operator", "Settle", [signRound(0, cleared)]);
  return ledger;
}

function signed(kind: "dispute" | "rating", statement: Record<string, string>, by: string): Record<string, string> {
  return { ...statement, signature: signText(statementText(kind, statement), keysOf(by).privateKey) };
}

const complaint = { market: "m", period: "0", dispute: "d1", claimant: "house 0", reason: "the meter says 400 Wh" };
const open = signed("dispute", complaint, "house 0");
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
    const about = (change: object, by: string) => signed("dispute", { ...complaint, ...change }, by);
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

describe("a rating", () => {
  const rating = { market: "m", period: "0", from: "house 0", to: "house 1", score: "4" };
  const rate = (change: object, by = "house 0") => signed("rating", { ...rating, ...change }, by);

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

describe("what anybody may ask", () => {
  it("adds up: journal and statement of an account are its balance", async () => {
    const ledger = await settledRound();
    for (let period = 1; period < 150; period++)
      await ledger.submit("operator", "Settle", [signRound(period, cleared)]);
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
    assert.deepEqual((await ask("Book", "m", "0")).bids, signRound(0, cleared).bids);
    assert.deepEqual(await ask("Supply"), {
      deposited: String(BigInt(plenty) * BigInt(everybody.length)),
      withdrawn: "0",
    });
    assert.deepEqual(Object.keys(await ask("Version")), ["version"]);
    await assert.rejects(ledger.query("Receipt", "m", "1"), /UNKNOWN: round 1 of m is not settled/);
    await assert.rejects(ledger.query("Balance", "nobody"), /UNKNOWN: there is no participant nobody/);
  });
});

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
      [1, 2].map(period => signRound(period, cleared)),
    );
    const receipts = JSON.parse(await ledger.query("Receipts", "m", "0", "9")) as { feesPico: string }[];
    assert.deepEqual(
      receipts.map(({ feesPico }) => feesPico),
      ["500", "500", "1000"],
    );
    for (const period of ["0", "1", "2"]) await ledger.query("Verify", "m", period);
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
