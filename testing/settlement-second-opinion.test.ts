import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkClearing,
  receiptOf,
  SettlementError,
  type ClearedRound,
  type MarketTerms,
} from "gridloom-settlement/rules";
import {
  clearingRules,
  type Behaviour,
  type Bid,
  type Book,
  type Clearing,
  type ClearingRuleName,
  type Transformer,
} from "../methods/index.js";

const capNano = 1_000_000_000;
const OUTSIDE = "utility";

const bid = fc.record({
  bidder: fc.constantFrom("a", "b", "c", "d", "e", OUTSIDE),
  priceNano: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -3, max: 12 }).map(steps => steps * 10_000_000) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map(steps => steps * 30_000) },
    { weight: 1, arbitrary: fc.constantFrom(capNano, -capNano) },
  ),
  energyWh: fc.oneof(fc.nat(9), fc.nat(400)),
});
const side = fc.uniqueArray(bid, { maxLength: 8, selector: ({ bidder, priceNano }) => `${bidder} ${priceNano}` });
const book: fc.Arbitrary<Book> = fc.record({ buyers: side, sellers: side });
const limit = fc.option(fc.record({ importWh: fc.nat(300), exportWh: fc.nat(300) }), { nil: undefined });

interface Market {
  readonly rule: ClearingRuleName;
  readonly behaviour: Behaviour;
  readonly transformer: Transformer | undefined;
}

/** A round as it is settled, from what the market cleared. */
function roundOf({ buyers, sellers }: Book, cleared: Clearing, rule: ClearingRuleName): ClearedRound {
  const bids = [
    ...buyers.map(each => ({ ...each, side: "buy" as const })),
    ...sellers.map(each => ({ ...each, side: "sell" as const })),
  ].map(({ bidder, side, priceNano, energyWh }, i) => ({
    ...{ bidder, side, price: String(priceNano), energy: String(energyWh), nonce: String(i) },
  }));
  const { congestion } = cleared;
  const flowWh = outsideWh(sellers, cleared.sellers.acceptedWh) - outsideWh(buyers, cleared.buyers.acceptedWh);
  return {
    ...{ market: "m", period: "0", closesAt: "2013-07-01T00:00:00.000Z", rule, priceCap: String(capNano), bids },
    price: String(cleared.priceNano),
    accepted: [...cleared.buyers.acceptedWh, ...cleared.sellers.acceptedWh].map(String),
    values: rule === "uniform" ? undefined : [...cleared.buyers.valuePico, ...cleared.sellers.valuePico].map(String),
    congestion: congestion && { flow: String(flowWh), outsidePrice: String(congestion.outsidePriceNano) },
  };
}

function outsideWh(bids: readonly Bid[], acceptedWh: readonly number[]): number {
  return bids.reduce((sum, { bidder }, i) => sum + (bidder === OUTSIDE ? acceptedWh[i] : 0), 0);
}

function termsOf({ rule, behaviour, transformer }: Market): MarketTerms {
  return {
    ...{ rule, pricing: behaviour, start: "2013-07-01T00:00:00.000Z", periodSeconds: "300" },
    ...{ priceCap: String(capNano), maxEnergy: "1000", fee: "0", operator: "o", escrow: "balance", sealed: "no" },
    transformer: transformer && {
      importLimit: String(transformer.importWh),
      exportLimit: String(transformer.exportWh),
      outside: [OUTSIDE],
    },
  };
}

/** Clears a book with the market's code and asks the contract's for its opinion: what it refuses, or nothing. */
function refusalOf(offered: Book, market: Market): string | undefined {
  const { rule, behaviour, transformer } = market;
  const cleared = clearingRules[rule].clear(offered, { priceCapNano: capNano, behaviour, transformer });
  const round = roundOf(offered, cleared, rule);
  const terms = termsOf(market);
  try {
    checkClearing(round, terms);
  } catch (error) {
    if (error instanceof SettlementError) return error.message;
    throw error;
  }
  const { energyWh, rentPico, valuePico } = receiptOf(round, terms);
  assert.equal(energyWh, String(cleared.quantityWh));
  assert.equal(rentPico, String(cleared.congestion?.rentPico ?? 0n));
  assert.equal(valuePico, String(cleared.buyers.valuePico.reduce((sum, pico) => sum + pico, 0n)));
  return undefined;
}

describe("the contract's opinion of the market's rounds", () => {
  for (const rule of Object.keys(clearingRules) as ClearingRuleName[])
    it(`is that every one of the rule ${rule} is right, also with a transformer at its limit`, () => {
      fc.assert(
        fc.property(book, limit, (offered, limits) => {
          const transformer = limits && { ...limits, isOutside: (name: string) => name === OUTSIDE };
          assert.equal(refusalOf(offered, { rule, behaviour: "corrected", transformer }), undefined);
        }),
        { numRuns: 3000, seed: 11 },
      );
    });

  it("of published behaviour is that a round is right, or that somebody would trade at a loss", () => {
    let refused = 0;
    fc.assert(
      fc.property(book, offered => {
        const refusal = refusalOf(offered, { rule: "uniform", behaviour: "published", transformer: undefined });
        if (refusal === undefined) return;
        refused += 1;
        assert.match(refusal, /^PRICE: .*everybody gets what it bid for/);
      }),
      { numRuns: 3000, seed: 12 },
    );
    console.log(`      ${refused} of 3000 rounds of published behaviour are refused`);
  });
});
