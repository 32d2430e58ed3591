import assert from "node:assert/strict";
import { clearingRules, valueOf, type Book, type ClearingRuleName, type ClearingRules } from "../../methods/index.js";
import { settlementRound } from "./settlement-round.js";

const BOOK: Book = {
  buyers: [
    { bidder: "a", priceNano: 30_000_000, energyWh: 250 },
    { bidder: "b", priceNano: 10_000_000, energyWh: 100 },
  ],
  sellers: [
    { bidder: "c", priceNano: 12_000_000, energyWh: 90 },
    { bidder: "utility", priceNano: 20_000_000, energyWh: 5000 },
  ],
};
const RULES: ClearingRules = { priceCapNano: 1e9, behaviour: "corrected" };

function told(rule: ClearingRuleName, rules: ClearingRules = RULES) {
  return settlementRound(BOOK, clearingRules[rule].clear(BOOK, rules), { period: 7, rule, priceCapNano: 1e9 });
}

describe("a round as it is settled", () => {
  it("has all bids, buyers first, with what each got", () => {
    assert.deepEqual(told("uniform"), {
      ...{ period: 7, rule: "uniform", priceCapNano: 1e9, priceNano: 20_000_000, buyers: 2 },
      bidders: ["a", "b", "c", "utility"],
      bidNano: [30_000_000, 10_000_000, 12_000_000, 20_000_000],
      energyWh: [250, 100, 90, 5000],
      acceptedWh: [250, 0, 90, 160],
    });
  });

  it("has a value for each bid where trades have prices of their own", () => {
    const { valuePico = [] } = told("continuous");
    const [cheap, dear] = [valueOf(12_000_000, 90), valueOf(20_000_000, 160)];
    assert.deepEqual(valuePico, [cheap + dear, 0n, cheap, dear].map(String));
  });

  it("has the flow and the outside's price where the transformer is at its limit", () => {
    const transformer = { importWh: 100, exportWh: 100, isOutside: (name: string) => name === "utility" };
    const { congestion, priceNano, acceptedWh } = told("uniform", { ...RULES, transformer });
    assert.deepEqual(congestion, { flowWh: 100, outsidePriceNano: 20_000_000 });
    assert.equal(priceNano, 30_000_000);
    assert.deepEqual(acceptedWh, [190, 0, 90, 100]);
  });
});
