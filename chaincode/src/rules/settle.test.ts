import assert from "node:assert/strict";
import fc from "fast-check";
import type { Offer } from "../testing/honest-clearing.js";
import { clearUniform, offers } from "../testing/honest-rounds.js";
import type { MemoryLedger } from "../testing/memory-ledger.js";
import {
  balances,
  everybody,
  houses,
  openMarket,
  plainTerms,
  plenty,
  signCheaply,
  signRound,
  verifyCheaply,
} from "../testing/settlement.js";
import type { MarketTerms } from "./market.js";
import { receiptOf } from "./receipt.js";
import type { Receipt, Round } from "./round.js";

const settled = (text: string) => JSON.parse(text) as Receipt[];
const sum = (money: ReadonlyMap<string, bigint>) => [...money.values()].reduce((total, each) => total + each, 0n);

const trade: readonly Offer[] = [
  { bidder: "house 0", side: "buy", price: 80_000_000n, energy: 700n },
  { bidder: "house 1", side: "sell", price: 40_000_000n, energy: 500n },
];

async function dayOf(books: readonly (readonly Offer[])[], terms: MarketTerms): Promise<[MemoryLedger, Round[]]> {
  const ledger = await openMarket(terms);
  ledger.verifier = verifyCheaply;
  return [ledger, books.map((book, period) => signRound(period, clearUniform(book), signCheaply))];
}

describe("Settle", () => {
  it("keeps all money through 20,000 random rounds, gives the receipts that pure rules give, and repeats itself", async function () {
    this.timeout(300_000);
    const day = fc.array(offers, { minLength: 25, maxLength: 25 });
    const terms = { ...plainTerms, fee: "3000000" };
    const total = BigInt(plenty) * BigInt(everybody.length);
    await fc.assert(
      fc.asyncProperty(day, fc.integer({ min: 1, max: 25 }), async (books, cut) => {
        const [ledger, rounds] = await dayOf(books, terms);
        const receipts = settled(await ledger.submit("operator", "Settle", rounds.slice(0, cut)));
        const after = ledger.snapshot();
        assert.deepEqual(settled(await ledger.submit("operator", "Settle", rounds.slice(0, cut))), receipts);
        assert.equal(ledger.snapshot(), after);
        const all = settled(await ledger.submit("operator", "Settle", rounds));
        assert.deepEqual(
          all,
          rounds.map(round => receiptOf(round, terms)),
        );
        assert.equal(sum(await balances(ledger)), total);
      }),
      { numRuns: 800, seed: 6 },
    );
  });

  it("gives the same state whether rounds come one by one or together, and in whatever order their bids are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(offers, { minLength: 4, maxLength: 4 }), async books => {
        const [one, rounds] = await dayOf(books, plainTerms);
        const other = one.fork();
        for (const round of rounds) await one.submit("operator", "Settle", [round]);
        const turned = rounds.map(round => ({
          ...round,
          bids: [...round.bids].reverse(),
          accepted: [...round.accepted].reverse(),
        }));
        await other.submit("operator", "Settle", turned);
        assert.equal(other.snapshot(), one.snapshot());
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("moves what was traded and nothing else: price, fee, rent", async () => {
    const transformer = { importLimit: "200", exportLimit: "100", outside: ["utility"] };
    const ledger = await openMarket({ fee: "1000000", transformer });
    const before = await balances(ledger);
    const round = signRound(0, {
      offers: [
        { bidder: "house 0", side: "buy", price: 80_000_000n, energy: 700n },
        { bidder: "house 1", side: "sell", price: 40_000_000n, energy: 500n },
        { bidder: "utility", side: "sell", price: 30_000_000n, energy: 900n },
      ],
      price: "60000000",
      accepted: ["700", "500", "200"],
      congestion: { flow: "200", outsidePrice: "30000000" },
    });
    const [receipt] = settled(await ledger.submit("operator", "Settle", [round]));
    const { energyWh, valuePico, feesPico, rentPico, trades } = receipt;
    assert.deepEqual(
      [energyWh, valuePico, feesPico, rentPico, trades],
      ["700", "42000000000", "700000000", "6000000000", "3"],
    );
    const after = await balances(ledger);
    const moved = everybody.map(name => (after.get(name) ?? 0n) - (before.get(name) ?? 0n)).filter(each => each !== 0n);
    assert.deepEqual(moved, [-42_700_000_000n, 30_000_000_000n, 6_000_000_000n, 6_700_000_000n]);
    const { total } = JSON.parse(await ledger.query("Audit")) as { total: string };
    assert.equal(total, String(BigInt(plenty) * BigInt(everybody.length)));
  });

  it("lets money flow from sellers to buyers at a negative price", async () => {
    const ledger = await openMarket();
    const round = signRound(0, {
      offers: [
        { bidder: "house 0", side: "buy", price: -20n, energy: 7n },
        { bidder: "house 1", side: "sell", price: -30n, energy: 7n },
      ],
      price: "-25",
      accepted: ["7", "7"],
    });
    await ledger.submit("operator", "Settle", [round]);
    const after = await balances(ledger);
    assert.equal(after.get("house 0"), BigInt(plenty) + 175n);
    assert.equal(after.get("house 1"), BigInt(plenty) - 175n);
  });

  it("tells of new rounds once", async () => {
    const ledger = await openMarket();
    const rounds = [0, 1].map(period => signRound(period, clearUniform(trade)));
    await ledger.submit("operator", "Settle", rounds.slice(0, 1));
    await ledger.submit("operator", "Settle", rounds);
    const heard = ledger.told.filter(({ event }) => event === "RoundsSettled");
    assert.deepEqual(
      heard.map(({ payload }) => (JSON.parse(payload) as { receipts: Receipt[] }).receipts.map(({ period }) => period)),
      [["0"], ["1"]],
    );
  });

  it("takes a round in which nobody bids", async () => {
    const ledger = await openMarket();
    const [receipt] = settled(await ledger.submit("operator", "Settle", [signRound(0, clearUniform([]))]));
    assert.deepEqual([receipt.energyWh, receipt.trades], ["0", "0"]);
  });

  it("covers bids by what was held for the round, and gives the rest back", async () => {
    const ledger = await openMarket({ escrow: "hold" });
    const round = signRound(0, clearUniform(trade));
    assert.equal(await ledger.refusal("operator", "Settle", [round]), "FUNDS");
    const exposure = 700n * 80_000_000n;
    const holds = [
      { participant: "house 0", amount: String(exposure) },
      { participant: "house 2", amount: "5" },
    ];
    await ledger.submit("operator", "Hold", "m", "0", holds);
    await ledger.submit("operator", "Hold", "m", "0", holds);
    assert.deepEqual(JSON.parse(await ledger.query("Balance", "house 0")), {
      available: String(BigInt(plenty) - exposure),
      held: String(exposure),
    });
    assert.equal(
      await ledger.refusal("operator", "Hold", "m", "0", [{ participant: "house 2", amount: "6" }]),
      "CONFLICT",
    );
    const other = ledger.fork();
    await other.submit("operator", "Release", "m", "0", ["house 0"]);
    assert.equal(await other.refusal("operator", "Settle", [round]), "FUNDS");
    await ledger.submit("operator", "Settle", [round]);
    const price = BigInt(round.price);
    for (const [name, paid] of [
      ["house 0", 500n * price],
      ["house 1", -500n * price],
      ["house 2", 0n],
    ] as const)
      assert.deepEqual(JSON.parse(await ledger.query("Balance", name)), {
        available: String(BigInt(plenty) - paid),
        held: "0",
      });
    assert.equal(await ledger.refusal("operator", "Hold", "m", "0", holds), "SEQUENCE");
    assert.equal(await ledger.refusal("operator", "Release", "m", "0", houses), "SEQUENCE");
  });
});
