import assert from "node:assert/strict";
import fc from "fast-check";
import { clearHonestly, type Offer } from "../testing/honest-clearing.js";
import { clearCongested, clearInTurn, clearUniform, offers } from "../testing/honest-rounds.js";
import type { MemoryLedger } from "../testing/memory-ledger.js";
import { mutationsOf } from "../testing/mutations.js";
import { cap, closeOf, everybody, openMarket, signCheaply, signRound, verifyCheaply } from "../testing/settlement.js";
import type { Round } from "./round.js";

/** Values that other rounds have in these fields: plausible lies. */
const plausible = {
  market: ["n"],
  period: ["0", "2"],
  closesAt: [closeOf(0), closeOf(2)],
  rule: ["uniform", "continuous", "continuous-whole", "packet"],
  bidder: everybody,
  side: ["buy", "sell"],
};

/** Refuses everything that differs from an honest round in one field; tells how often each code was given. */
async function refuseAll(ledger: MemoryLedger, honest: Round, codes: Map<string, number>): Promise<number> {
  const mutations = mutationsOf(honest, plausible);
  for (const { name, mutant } of mutations) {
    const code = await ledger.refusal("operator", "Settle", [mutant as object]).catch((error: unknown) => {
      throw new Error(`${name}: ${String(error)}`);
    });
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  await ledger.submit("operator", "Settle", [honest]);
  for (const { mutant, name } of mutations) {
    if (sameButSignatures(mutant, honest)) continue;
    const code = await ledger.refusal("operator", "Settle", [mutant as object]);
    assert.ok(code !== "FUNDS", name);
  }
  return mutations.length;
}

/** What was settled is what a digest covers: another signature under it gives the receipt again and changes nothing. */
function sameButSignatures(mutant: unknown, honest: Round): boolean {
  const bare = (round: unknown) =>
    JSON.stringify(round, (key, value: unknown) => (key === "signature" && typeof value === "string" ? "" : value));
  return bare(mutant) === bare(honest);
}

const book: readonly Offer[] = [
  { bidder: "feeder", side: "buy", price: cap, energy: 300n },
  { bidder: "house 0", side: "buy", price: 80_000_000n, energy: 70n },
  { bidder: "house 1", side: "buy", price: 60_000_000n, energy: 45n },
  { bidder: "house 2", side: "buy", price: 60_000_000n, energy: 38n },
  { bidder: "house 3", side: "buy", price: 20_000_000n, energy: 90n },
  { bidder: "house 4", side: "sell", price: 30_000_000n, energy: 120n },
  { bidder: "house 5", side: "sell", price: 50_000_000n, energy: 60n },
  { bidder: "utility", side: "sell", price: 55_000_000n, energy: 230n },
];

async function secondRound(terms: Parameters<typeof openMarket>[0]): Promise<MemoryLedger> {
  const ledger = await openMarket(terms);
  await ledger.submit("operator", "Settle", [signRound(0, { ...clearUniform([]), ...emptyFor(terms?.rule) })]);
  return ledger;
}

function emptyFor(rule = "uniform"): Partial<Round> {
  return rule === "uniform" ? {} : { rule: "packet", values: [] };
}

describe("a settlement that differs from an honest one in a single field", () => {
  it("is refused by name: common price", async () => {
    const codes = new Map<string, number>();
    const honest = signRound(1, clearUniform(book));
    assert.ok(clearHonestly(book, cap).isOnlyPrice);
    const count = await refuseAll(await secondRound({ pricing: "corrected" }), honest, codes);
    console.log(`      ${count} mutations: ${[...codes].map(([code, times]) => `${code} ${times}`).join(", ")}`);
    for (const code of ["BAD_INPUT", "SIGNATURE", "SEQUENCE", "UNBALANCED", "ALLOCATION", "PRICE", "UNKNOWN", "LIMIT"])
      assert.ok(codes.has(code), code);
  });

  it("is refused by name: a transformer at its limit", async () => {
    const cleared = clearCongested(book, 25n);
    assert.ok(cleared);
    const transformer = { importLimit: "25", exportLimit: "25", outside: ["utility"] };
    const codes = new Map<string, number>();
    await refuseAll(await secondRound({ pricing: "corrected", transformer }), signRound(1, cleared), codes);
    assert.ok(codes.has("CONGESTION"));
  });

  it("is refused by name: a price for each seller", async () => {
    const codes = new Map<string, number>();
    const honest = signRound(1, clearInTurn(book, "packet"));
    await refuseAll(await secondRound({ rule: "packet" }), honest, codes);
    assert.ok(codes.has("PRICE"));
  });

  it("is refused in random rounds with one possible price", async function () {
    this.timeout(120_000);
    let [rounds, mutants] = [0, 0];
    await fc.assert(
      fc.asyncProperty(offers, async offered => {
        if (offered.length < 3) return;
        const { isOnlyPrice, accepted } = clearHonestly(offered, cap);
        if (!isOnlyPrice || accepted.every(energy => energy === 0n)) return;
        const ledger = await openMarket({ pricing: "corrected" });
        ledger.verifier = verifyCheaply;
        await ledger.submit("operator", "Settle", [signRound(0, clearUniform([]), signCheaply)]);
        mutants += await refuseAll(ledger, signRound(1, clearUniform(offered), signCheaply), new Map());
        rounds += 1;
      }),
      { numRuns: 40, seed: 8 },
    );
    console.log(`      ${mutants} mutations of ${rounds} random rounds`);
    assert.ok(rounds > 20);
  });

  it("is refused where two fields lie together: what one seller loses another gets", async () => {
    const ledger = await secondRound({ pricing: "corrected" });
    const cleared = clearUniform(book);
    const accepted = [...cleared.accepted];
    const [rich, poor] = [2, 3];
    accepted[rich] = String(BigInt(accepted[rich]) + 1n);
    accepted[poor] = String(BigInt(accepted[poor]) - 1n);
    assert.equal(await ledger.refusal("operator", "Settle", [signRound(1, { ...cleared, accepted })]), "RATIONING");
  });
});
