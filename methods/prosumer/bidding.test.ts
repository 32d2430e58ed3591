import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference, readReferenceRows } from "../../testing/reference.js";
import { correctedRules, formBid, type HouseOutlook, publishedLearningRules, publishedPetRules } from "./bidding.js";

const outlook: HouseOutlook = {
  ...{ house: "a", pvDcKw: 0, inverterEfficiency: 0.9, unresponsiveKw: 1, coolingNeeded: false, hvacKw: 3.4 },
  ...{ sellerPriceUsdPerKwh: 0.012, buyerPriceUsdPerKwh: 0.03 },
};

const form = (part: Partial<HouseOutlook>, rules = publishedPetRules) => {
  const { role, quantityKw, priceUsdPerKwh, baseCovered, uncoveredKw, trades } = formBid(
    { ...outlook, ...part },
    rules,
  );
  return [role, quantityKw, priceUsdPerKwh, baseCovered, uncoveredKw, trades];
};

describe("bid formation", () => {
  it("follows the published table row by row", () => {
    assert.deepEqual(form({ pvDcKw: 3.5 }), ["seller", 2, 0.012, true, 0, true]);
    assert.deepEqual(form({ pvDcKw: 1.9 }), ["none-participant", 0, 0, true, 0, true]);
    assert.deepEqual(form({ pvDcKw: 2.5, coolingNeeded: true }), ["buyer", 2, 0.03, true, 0, false]);
    assert.deepEqual(form({ pvDcKw: 0.5, coolingNeeded: true }), ["buyer", 3, 0.03, false, 1, true]);
    assert.deepEqual(form({ pvDcKw: 0.5 }), ["buyer", 0, 0, false, 1, true]);
    assert.deepEqual(form({ pvDcKw: 8, coolingNeeded: true }), ["seller", 4, 0.012, true, 0, true]);
  });

  it("lets covered buyers trade in the learning variant and corrected", () => {
    const covered = { pvDcKw: 2.5, coolingNeeded: true };
    assert.deepEqual(form(covered, publishedLearningRules), ["buyer", 2, 0.03, true, 0, true]);
    assert.equal(formBid({ ...outlook, ...covered }, correctedRules).trades, true);
  });

  it("corrected never offers more than the inverter delivers and buys what is lacking, no more", () => {
    const check = fc.property(
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.boolean(),
      (pvDcKw, unresponsiveKw, cooling) => {
        const bid = formBid({ ...outlook, pvDcKw, unresponsiveKw, coolingNeeded: cooling }, correctedRules);
        const loadKw = unresponsiveKw + (cooling ? 3.4 : 0);
        const sunKw = 0.9 * pvDcKw;
        if (bid.role === "seller") assert.ok(bid.quantityKw <= sunKw - loadKw + 1e-12);
        if (bid.role === "buyer") assert.ok(Math.abs(bid.quantityKw + bid.uncoveredKw - (loadKw - sunKw)) < 1e-9);
        if (bid.role === "none-participant") assert.ok(sunKw - loadKw >= 0 && sunKw - loadKw < 1);
      },
    );
    fc.assert(check, { numRuns: 2000, seed: 41 });
  });

  it("can form every kind of bid in three recorded days, and no recorded bid contradicts the table", function () {
    needReference(this);
    const seen = new Map<string, number>();
    for (const row of readReferenceRows("pemt/r3/house-bids.csv.gz")) {
      if (Number(row.time_s) > 259_200) break;
      const kind = `${row.role} ${row.bid_quantity_kW} kW${row.hvac_needed === "1" ? ", cooling" : ""}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    const possible = new Set<string>();
    for (let pvDcKw = 0; pvDcKw <= 10; pvDcKw += 0.25)
      for (const coolingNeeded of [true, false]) {
        const bid = formBid({ ...outlook, pvDcKw, coolingNeeded, unresponsiveKw: 0.6 }, publishedLearningRules);
        possible.add(`${bid.role} ${bid.quantityKw} kW${coolingNeeded ? ", cooling" : ""}`);
      }
    const impossible = [...seen.keys()].filter(kind => !possible.has(kind));
    const count = [...seen.values()].reduce((sum, each) => sum + each, 0);
    console.log(
      `      ${count} recorded bids of ${seen.size} kinds, ${impossible.length} kinds that the table cannot form`,
    );
    assert.deepEqual(impossible, []);
  });
});
