import assert from "node:assert/strict";
import fc from "fast-check";
import { correctedRules, formBid, type HouseOutlook, publishedPetRules } from "./bidding.js";
import { correctedControl, publishedControl, type RoundResult } from "./post-market.js";

const base: HouseOutlook = {
  ...{ house: "a", pvDcKw: 0, inverterEfficiency: 0.9, unresponsiveKw: 1, coolingNeeded: false, hvacKw: 3.4 },
  ...{ sellerPriceUsdPerKwh: 0.012, buyerPriceUsdPerKwh: 0.03 },
};

const round: RoundResult = {
  ...{ clearingPriceUsdPerKwh: 0.02, condition: "double-auction", publishedMarginalKw: 36 },
};

function published(part: Partial<HouseOutlook>, result: Partial<RoundResult> = {}): [number, number] {
  const outlook = { ...base, ...part };
  const house = { outlook, bid: formBid(outlook, publishedPetRules), acceptedKw: 0 };
  const { pvKw, coolingShare } = publishedControl(house, { ...round, ...result }, publishedPetRules);
  return [pvKw, coolingShare];
}

function corrected(part: Partial<HouseOutlook>, acceptedShare: number): [number, number] {
  const outlook = { ...base, ...part };
  const bid = formBid(outlook, correctedRules);
  const { pvKw, coolingShare } = correctedControl(
    { outlook, bid, acceptedKw: acceptedShare * bid.quantityKw },
    correctedRules,
  );
  return [pvKw, coolingShare];
}

describe("control after the market", () => {
  it("follows the published table, its defects among it", () => {
    const selling = { pvDcKw: 8, coolingNeeded: true };
    assert.deepEqual(published(selling), [1 + 3 + 4, 1]);
    assert.deepEqual(published(selling, { clearingPriceUsdPerKwh: 0.011 }), [1 + 3, 1]);
    assert.deepEqual(published(selling, { clearingPriceUsdPerKwh: 0.011, condition: "flexible-generation" }), [8, 1]);
    assert.deepEqual(published(selling, { clearingPriceUsdPerKwh: 0.012 }), [1 + 3 + 36, 1], "the market's quantity");
    assert.deepEqual(published({ pvDcKw: 2.5, coolingNeeded: true }), [1 + 1, 1]);
    assert.deepEqual(published({ pvDcKw: 2.5, coolingNeeded: true }, { clearingPriceUsdPerKwh: 0.04 }), [1, 0]);
    assert.deepEqual(published({ pvDcKw: 0.5, coolingNeeded: true }), [0, 1], "the sun is switched off");
    assert.deepEqual(published({ pvDcKw: 0.5 }), [0, 0]);
    assert.deepEqual(published({ pvDcKw: 1.5 }), [1, 0]);
  });

  it("corrected delivers the house's own allocation, uses its own sun and cools for what was bought", () => {
    assert.deepEqual(corrected({ pvDcKw: 5 }, 0.5), [1 + 1.5, 0]);
    assert.deepEqual(corrected({ pvDcKw: 0.5, coolingNeeded: true }, 1), [0.45, 1]);
    assert.deepEqual(corrected({ pvDcKw: 2, coolingNeeded: true }, 0.5), [1.8, 0.5]);
    assert.deepEqual(corrected({ pvDcKw: 2, coolingNeeded: true }, 0), [1, 0]);
    assert.deepEqual(corrected({ pvDcKw: 0.5 }, 0), [0.45, 0]);
  });

  it("corrected never asks an inverter for more than its array gives, nor draws more than was bought", () => {
    const check = fc.property(
      fc.record({
        pvDcKw: fc.double({ min: 0, max: 12, noNaN: true }),
        unresponsiveKw: fc.double({ min: 0, max: 6, noNaN: true }),
        coolingNeeded: fc.boolean(),
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (part, share) => {
        const outlook = { ...base, ...part };
        const bid = formBid(outlook, correctedRules);
        const acceptedKw = share * bid.quantityKw;
        const { pvKw, coolingShare } = correctedControl({ outlook, bid, acceptedKw }, correctedRules);
        assert.ok(pvKw <= 0.9 * part.pvDcKw + 1e-12 && coolingShare >= 0 && coolingShare <= 1);
        const drawnKw = part.unresponsiveKw + coolingShare * base.hvacKw - pvKw;
        const boughtKw =
          bid.uncoveredKw + (bid.role === "buyer" ? acceptedKw : -(bid.role === "seller" ? acceptedKw : 0));
        assert.ok(drawnKw <= boughtKw + 1e-9);
      },
    );
    fc.assert(check, { numRuns: 5000, seed: 42 });
  });
});
