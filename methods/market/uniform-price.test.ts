import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import type { Bid, Book } from "./book.js";
import type { Clearing, ClearingRules } from "./clearing.js";
import { toNano, valueOf } from "./money.js";
import { ClearingType } from "./price-rule.js";
import { books, capNano, coupledBooks, isOutside } from "./testing/books.js";
import { bestCoupledWelfare, bestTrade } from "./testing/brute-force.js";
import { clear } from "./uniform-price.js";

const behaviours = ["published", "corrected"] as const;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sumPico = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

const welfareOf = ({ buyers, sellers }: Book, round: Clearing) =>
  sum(buyers.map((bid, i) => bid.priceNano * round.buyers.acceptedWh[i])) -
  sum(sellers.map((bid, i) => bid.priceNano * round.sellers.acceptedWh[i]));

function assertBalanced(round: Clearing): void {
  assert.equal(sum(round.buyers.acceptedWh), round.quantityWh);
  assert.equal(sum(round.sellers.acceptedWh), round.quantityWh);
  assert.equal(sumPico(round.buyers.valuePico), valueOf(round.priceNano, round.quantityWh));
  assert.equal(sumPico(round.sellers.valuePico), valueOf(round.priceNano, round.quantityWh));
}

/** Nobody trades at a loss; whoever would gain from more is fully served; a cut is only ever at the price itself. */
function assertEquilibrium({ buyers, sellers }: Book, round: Clearing): void {
  const scarce = round.type === ClearingType.FAILURE;
  const check = (bid: Bid, acceptedWh: number, gain: number) => {
    assert.ok(acceptedWh === 0 || gain >= 0, `${bid.bidder} trades at a loss`);
    if (gain > 0 && !scarce && round.quantityWh > 0) assert.equal(acceptedWh, bid.energyWh);
  };
  buyers.forEach((bid, i) => {
    check(bid, round.buyers.acceptedWh[i], bid.priceNano - round.priceNano);
  });
  sellers.forEach((bid, i) => {
    check(bid, round.sellers.acceptedWh[i], round.priceNano - bid.priceNano);
  });
}

interface Scenario {
  readonly id: number;
  readonly price_cap: number;
  readonly buyers: { price: number; quantity: number }[];
  readonly sellers: { price: number; quantity: number }[];
  readonly expected: {
    type: keyof typeof scenarioTypes;
    quantity: number;
    price: number;
    buyer_served: number[];
    seller_served: number[];
    buyer_payments: number[];
    seller_receipts: number[];
    marginal_buyer_fraction: number | null;
    marginal_seller_fraction: number | null;
  };
  readonly recorded_off_chain: { marginal_quantity: number; marginal_fraction: number };
}

const scenarioTypes = {
  ...{ NULL: ClearingType.NULL, FAILURE: ClearingType.FAILURE, PRICE: ClearingType.PRICE, EXACT: ClearingType.EXACT },
  ...{ SELLER: ClearingType.MARGINAL_SELLER, BUYER: ClearingType.MARGINAL_BUYER },
};
const wh = (kw: number) => 1000 * kw;
const pico = (usd: number) => BigInt(Math.round(usd * 1e12));

describe("uniform-price double auction", () => {
  for (const behaviour of behaviours)
    it(`clears the twelve published scenarios exactly (${behaviour})`, function () {
      needReference(this);
      const { scenarios } = readReferenceJson<{ scenarios: Scenario[] }>("pemt/auction-scenarios.json");
      for (const { id, price_cap, buyers, sellers, expected, recorded_off_chain } of scenarios) {
        const enter = (side: string) => (bid: { price: number; quantity: number }, i: number) => ({
          ...{ bidder: `${side}${i}`, priceNano: toNano(bid.price), energyWh: wh(bid.quantity) },
        });
        const book = { buyers: buyers.map(enter("b")), sellers: sellers.map(enter("s")) };
        const round = clear(book, { priceCapNano: toNano(price_cap), behaviour });
        assert.equal(round.type, scenarioTypes[expected.type], `type of scenario ${id}`);
        assert.equal(round.quantityWh, wh(expected.quantity));
        assert.equal(round.priceNano, toNano(expected.price), `price of scenario ${id}`);
        assert.deepEqual(round.buyers.acceptedWh, expected.buyer_served.map(wh));
        assert.deepEqual(round.sellers.acceptedWh, expected.seller_served.map(wh));
        assert.deepEqual(round.buyers.valuePico, expected.buyer_payments.map(pico));
        assert.deepEqual(round.sellers.valuePico, expected.seller_receipts.map(pico));
        const fraction = expected.marginal_buyer_fraction ?? expected.marginal_seller_fraction;
        const { acceptedWh, offeredWh } = round.marginal ?? { acceptedWh: 0, offeredWh: 1 };
        assert.ok(Math.abs((fraction ?? 0) - acceptedWh / offeredWh) < 1e-6, `fraction of scenario ${id}`);
        assertBalanced(round);
        if (behaviour === "corrected") continue;
        assert.equal(round.published?.quantityWh, wh(recorded_off_chain.marginal_quantity));
        assert.ok(Math.abs(Number(round.published?.fraction) - recorded_off_chain.marginal_fraction) < 1e-9);
      }
      console.log(`      ${scenarios.length} of 12 scenarios: type, quantity, price, shares and payments equal`);
    });

  for (const behaviour of behaviours)
    it(`reaches the largest welfare of any trade in 10,000 random books (${behaviour})`, () => {
      const rules: ClearingRules = { priceCapNano: capNano, behaviour };
      let traded = 0;
      const check = fc.property(books, book => {
        const round = clear(book, rules);
        const best = bestTrade(book);
        assert.equal(welfareOf(book, round), best.welfare);
        assert.equal(round.quantityWh, best.quantityWh);
        assertBalanced(round);
        traded += round.quantityWh > 0 ? 1 : 0;
      });
      fc.assert(check, { numRuns: 10_000, seed: 21 });
      console.log(`      10,000 books equal the brute force, ${traded} of them trade`);
      assert.ok(traded > 3000);
    });

  it("is a competitive equilibrium: nobody trades at a loss, only bids at the price are cut", () => {
    const types = new Set<ClearingType>();
    const check = fc.property(books, book => {
      const round = clear(book, { priceCapNano: capNano, behaviour: "corrected" });
      assertEquilibrium(book, round);
      assert.equal(round.surplus.consumerPico >= 0n && round.surplus.supplierPico >= 0n, true);
      types.add(round.type);
    });
    fc.assert(check, { numRuns: 20_000, seed: 22 });
    assert.equal(types.size, 6, "every clearing type occurs");
  });

  it("names every fault of a book at once", () => {
    const book = {
      buyers: [{ bidder: "ann", priceNano: 1.5, energyWh: -2 }],
      sellers: [{ bidder: "", priceNano: 21, energyWh: 1 }],
    };
    assert.throws(() => clear(book, { priceCapNano: capNano, behaviour: "corrected" }), {
      name: "BookError",
      message: [
        "ann: offers -2 Wh. Bid a whole number of Wh, 0 or more.",
        "ann: bids a price of 1.5. Bid a whole number of nano.",
        "sellers 1: the bid has no name. Name its bidder.",
        "sellers 1: bids 21, beyond ±20. Bid within the cap.",
      ].join("\n"),
    });
  });

  it("shares a cut price level in proportion, the last Wh by remainder and name", () => {
    const bid = (bidder: string, priceNano: number, energyWh: number) => ({ bidder, priceNano, energyWh });
    const sellers = [bid("pv", 1, 10)];
    const buyers = [bid("eve", 5, 3), bid("bob", 5, 3), bid("ann", 5, 3), bid("top", 6, 2), bid("low", 4, 9)];
    const round = clear({ buyers, sellers }, { priceCapNano: capNano, behaviour: "corrected" });
    assert.deepEqual(round.buyers.acceptedWh, [2, 3, 3, 2, 0]);
    assert.deepEqual(round.marginal, { side: "buyers", acceptedWh: 8, offeredWh: 9 });
  });
});

describe("the published price rules that are unjust", () => {
  const bid = (bidder: string, price: number, energyWh: number) => ({ bidder, priceNano: toNano(price), energyWh });
  const price = (book: Book, behaviour: (typeof behaviours)[number]) =>
    clear(book, { priceCapNano: toNano(1), behaviour }).priceNano;

  it("let a seller trade at a loss when the next seller is less than 1e-4 dearer; corrected does not", () => {
    const book = { buyers: [bid("b", 0.6, 5)], sellers: [bid("s", 0.3, 5), bid("next", 0.30005, 5)] };
    assert.equal(price(book, "published"), toNano(0.29995));
    assert.equal(price(book, "corrected"), toNano(0.3));
    const tight = { buyers: [bid("b", 0.6, 5), bid("next", 0.59995, 5)], sellers: [bid("s", 0.3, 5)] };
    assert.equal(price(tight, "published"), toNano(0.60005));
    assert.equal(price(tight, "corrected"), toNano(0.6));
  });

  it("pay all sellers minus the cap because one asks for the cap; corrected means sellers that take any price", () => {
    const asking = { buyers: [bid("b", 0.5, 5)], sellers: [bid("s", 0.3, 5), bid("greedy", 1, 9)] };
    assert.equal(price(asking, "published"), toNano(-1));
    assert.equal(price(asking, "corrected"), toNano(0.4));
    const giving = { buyers: [bid("b", 0.5, 5)], sellers: [bid("must run", -1, 9)] };
    assert.equal(clear(giving, { priceCapNano: toNano(1), behaviour: "corrected" }).type, ClearingType.FAILURE);
    assert.equal(price(giving, "corrected"), toNano(-1));
  });

  it("price at 0 when only unresponsive bids meet, even below a buyer left over", () => {
    const book = { buyers: [bid("u", 1, 5), bid("b", 0.2, 5)], sellers: [bid("must run", -1, 5)] };
    assert.equal(price(book, "corrected"), toNano(0.2));
  });
});

describe("a transformer at its limit", () => {
  const coupled = fc.tuple(coupledBooks, fc.record({ importWh: fc.nat(8), exportWh: fc.nat(8) }));
  const rulesWith = (limits: { importWh: number; exportWh: number }): ClearingRules => ({
    ...{ priceCapNano: capNano, behaviour: "corrected", transformer: { ...limits, isOutside } },
  });

  it("carries the flow of the largest welfare in 20,000 random books", () => {
    let [imports, exports, rents] = [0, 0, 0];
    const check = fc.property(coupled, ([book, limits]) => {
      const round = clear(book, rulesWith(limits));
      assert.equal(welfareOf(book, round), bestCoupledWelfare(book, { ...limits, isOutside }));
      imports += round.congestion?.direction === "import" ? 1 : 0;
      exports += round.congestion?.direction === "export" ? 1 : 0;
      rents += (round.congestion?.rentPico ?? 0n) > 0n ? 1 : 0;
    });
    fc.assert(check, { numRuns: 20_000, seed: 51 });
    console.log(
      `      20,000 books equal the brute force: ${imports} imports, ${exports} exports at the limit, ${rents} rents`,
    );
    assert.ok(imports > 1000 && exports > 1000 && rents > 1000);
  });

  it("leaves an equilibrium on each side of it", () => {
    const check = fc.property(coupled, ([book, limits]) => {
      const round = clear(book, rulesWith(limits));
      if (round.congestion === undefined) return;
      const { outsidePriceNano, direction } = round.congestion;
      const sign = direction === "import" ? 1 : -1;
      assert.ok(sign * (round.priceNano - outsidePriceNano) >= 0, "energy flows to the dearer side");
      for (const [side, buys] of [
        ["buyers", 1],
        ["sellers", -1],
      ] as const)
        // prettier-ignore
        book[side].forEach(({ bidder, priceNano, energyWh }, i) => {
          const price = isOutside(bidder) ? outsidePriceNano : round.priceNano;
          const acceptedWh = round[side].acceptedWh[i];
          assert.equal(round[side].valuePico[i], valueOf(price, acceptedWh));
          if (buys * (priceNano - price) > 0 && Math.abs(price) < capNano) assert.equal(acceptedWh, energyWh);
          if (buys * (priceNano - price) < 0) assert.equal(acceptedWh, 0);
        });
    });
    fc.assert(check, { numRuns: 20_000, seed: 52 });
  });

  it("splits a round into two prices and books the rent", () => {
    const bid = (bidder: string, price: number, energyWh: number) => ({ bidder, priceNano: toNano(price), energyWh });
    const book = {
      buyers: [bid("a", 0.5, 300), bid("b", 0.3, 300), bid("c", 0.1, 300)],
      sellers: [bid("pv", 0.04, 100), bid("utility", 0.02, 5000)],
    };
    const transformer = { importWh: 400, exportWh: 400, isOutside };
    const round = clear(book, { priceCapNano: toNano(1), behaviour: "corrected", transformer });
    assert.deepEqual(round.buyers.acceptedWh, [300, 200, 0]);
    assert.deepEqual(round.sellers.acceptedWh, [100, 400]);
    assert.deepEqual([round.priceNano, round.type], [toNano(0.3), ClearingType.MARGINAL_BUYER]);
    assert.deepEqual(round.congestion, {
      ...{ direction: "import", flowWh: 400, outsidePriceNano: toNano(0.02), rentPico: pico(0.4 * 0.28) },
    });
  });
});
