import assert from "node:assert/strict";
import fc from "fast-check";
import type { Offer } from "../testing/honest-clearing.js";
import { clearCongested, clearInTurn, clearUniform, offers, uniformRound } from "../testing/honest-rounds.js";
import { plainTerms, signRound, type Unsigned } from "../testing/settlement.js";
import { checkClearing } from "./clearing.js";
import type { MarketTerms } from "./market.js";
import { movementsOf, receiptOf } from "./receipt.js";
import type { ClearedRound } from "./round.js";

const unsigned = (cleared: Unsigned): ClearedRound => signRound(0, cleared, () => "");

/** What must hold whatever the rule: energy and money add up, and nobody trades at a loss. */
function assertJust(round: ClearedRound, terms: MarketTerms): void {
  const { values, fees, energyWh, valuePico, feesPico, rentPico } = movementsOf(round, terms);
  let [bought, sold, paid, received, charged] = [0n, 0n, 0n, 0n, 0n];
  round.bids.forEach(({ side, price, energy }, i) => {
    const got = BigInt(round.accepted[i]);
    const worth = BigInt(price) * got;
    assert.ok(got >= 0n && got <= BigInt(energy));
    assert.ok(side === "buy" ? values[i] <= worth : values[i] >= worth);
    if (side === "buy") [bought, paid, charged] = [bought + got, paid + values[i], charged + fees[i]];
    else [sold, received] = [sold + got, received + values[i]];
  });
  assert.deepEqual([bought, paid, charged], [energyWh, valuePico, feesPico]);
  assert.equal(sold, energyWh);
  assert.equal(received + rentPico, paid);
  assert.ok(rentPico >= 0n && feesPico >= 0n);
}

describe("what the contract takes for a clearing", () => {
  it("is every honest round at a common price: 20,000 random books cleared another way", () => {
    let traded = 0;
    fc.assert(
      fc.property(uniformRound, cleared => {
        const round = unsigned(cleared);
        checkClearing(round, plainTerms);
        assertJust(round, { ...plainTerms, fee: "7" });
        if (cleared.accepted.some(energy => energy !== "0")) traded += 1;
      }),
      { numRuns: 20_000, seed: 1 },
    );
    console.log(`      ${traded} of 20000 rounds traded`);
    assert.ok(traded > 10_000);
  });

  it("is every honest round through a transformer at its limit", () => {
    let congested = 0;
    fc.assert(
      fc.property(offers, fc.bigInt(1n, 400n), (book, limit) => {
        const cleared = clearCongested(book, limit);
        if (cleared === undefined) return;
        congested += 1;
        const transformer = { importLimit: String(limit), exportLimit: String(limit), outside: ["utility"] };
        const terms = { ...plainTerms, transformer };
        const round = unsigned(cleared);
        checkClearing(round, terms);
        assertJust(round, terms);
      }),
      { numRuns: 4000, seed: 2 },
    );
    console.log(`      ${congested} of 4000 rounds were congested`);
    assert.ok(congested > 400);
  });

  for (const rule of ["continuous", "continuous-whole", "packet"] as const)
    it(`is every honest round of the rule ${rule}`, () => {
      fc.assert(
        fc.property(offers, book => {
          const round = unsigned(clearInTurn(book, rule));
          const terms = { ...plainTerms, rule };
          checkClearing(round, terms);
          assertJust(round, terms);
        }),
        { numRuns: 3000, seed: 3 },
      );
    });

  it("does not depend on the order of the bids, nor does the receipt", () => {
    const shuffled = offers.chain(book =>
      fc.tuple(fc.constant(book), fc.shuffledSubarray([...book.keys()], { minLength: book.length })),
    );
    fc.assert(
      fc.property(shuffled, ([book, order]) => {
        const round = unsigned(clearUniform(book));
        const other = {
          ...round,
          bids: order.map(i => round.bids[i]),
          accepted: order.map(i => round.accepted[i]),
        };
        checkClearing(other, plainTerms);
        assert.deepEqual(receiptOf(other, plainTerms), receiptOf(round, plainTerms));
      }),
      { numRuns: 2000, seed: 4 },
    );
  });

  it("is nothing where one Wh is moved between two bids of one side", () => {
    let refused = 0;
    fc.assert(
      fc.property(uniformRound, fc.nat(), fc.nat(), (cleared, from, to) => {
        const [i, j] = [from % (cleared.accepted.length || 1), to % (cleared.accepted.length || 1)];
        const { offers: book } = cleared;
        const isMove = i !== j && book[i]?.side === book[j]?.side && cleared.accepted[i] !== "0";
        if (!isMove) return;
        const accepted = [...cleared.accepted];
        accepted[i] = String(BigInt(accepted[i]) - 1n);
        accepted[j] = String(BigInt(accepted[j]) + 1n);
        if (BigInt(accepted[j]) > book[j].energy) return;
        refused += 1;
        assert.throws(
          () => checkClearing(unsigned({ ...cleared, accepted }), plainTerms),
          /^SettlementError: (ALLOCATION|RATIONING|PRICE): /,
        );
      }),
      { numRuns: 10_000, seed: 5 },
    );
    console.log(`      ${refused} moves refused`);
    assert.ok(refused > 300);
  });

  it("is nothing where two are left who could trade", () => {
    const book: Offer[] = [
      { bidder: "house 0", side: "buy", price: 30n, energy: 10n },
      { bidder: "house 1", side: "sell", price: 20n, energy: 10n },
    ];
    assert.throws(
      () => checkClearing(unsigned({ offers: book, price: "25", accepted: ["9", "9"] }), plainTerms),
      /ALLOCATION: .*who could trade/,
    );
    checkClearing(unsigned({ offers: book, price: "25", accepted: ["10", "10"] }), plainTerms);
  });
});
