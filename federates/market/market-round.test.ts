import assert from "node:assert/strict";
import { ClearingType, toKw, toWh } from "../../methods/index.js";
import { createMarket, holdRound, type MarketBids, type MarketSettings } from "./market-round.js";

const SETTINGS: MarketSettings = {
  houses: ["a", "b", "c"],
  periodSeconds: 300,
  priceCapUsdPerKwh: 1,
  utilityKw: 5000,
  initialPriceUsdPerKwh: 0.02078,
  rule: "uniform",
  statistics: { windowSeconds: 900 },
};
const create = (behaviour: "published" | "corrected", settings: Partial<MarketSettings> = {}) =>
  createMarket({ ...SETTINGS, ...settings }, { name: "substation", behaviour, seed: 1 });

function bids(rows: readonly (readonly [MarketBids["role"][number], number, number, number])[]): MarketBids {
  return {
    role: rows.map(([role]) => role),
    priceUsdPerKwh: rows.map(([, price]) => price),
    quantityKw: rows.map(([, , quantity]) => quantity),
    uncoveredKw: rows.map(([, , , uncovered]) => uncovered),
    trades: rows.map(() => true),
    hvacNeeded: rows.map(() => true),
  };
}

const EVENING = bids([
  ["buyer", 0.03, 3, 1],
  ["buyer", 0.01, 3, 2],
  ["seller", 0.012, 2, 0],
]);

describe("a market round", () => {
  it("clears at the utility's offer: buyers above it are served, below it not, the cheaper seller sells all", () => {
    const { round, acceptedKw } = holdRound(create("corrected"), EVENING, 0.02);
    assert.equal(round.clearingPriceUsdPerKwh, 0.02);
    assert.deepEqual(
      [...acceptedKw].map(kw => Math.round(kw * 100) / 100),
      [3, 0, 2],
    );
    assert.deepEqual(round.totals, { rounds: 1, clearedKwh: 0.5, servedBids: 4, unservedKwh: 0, congestionRentUsd: 0 });
  });

  it("offers at the present marginal price when corrected, at the one of the round before when published", () => {
    const prices = (behaviour: "published" | "corrected") => {
      const market = create(behaviour);
      return [0.015, 0.016, 0.017].map(lmp => holdRound(market, EVENING, lmp).round.clearingPriceUsdPerKwh);
    };
    assert.deepEqual(prices("corrected"), [0.015, 0.016, 0.017]);
    assert.deepEqual(prices("published"), [0.02078, 0.015, 0.016]);
  });

  it("counts surplus as money when corrected: twelve times less than kW times price in a round of 5 minutes", () => {
    const surplus = (behaviour: "published" | "corrected") =>
      holdRound({ ...create(behaviour), lateLmpUsdPerKwh: 0.02 }, EVENING, 0.02).round.consumerSurplusUsd;
    assert.ok(Math.abs(surplus("published") / surplus("corrected") - 12) < 1e-9);
    assert.ok(Math.abs(surplus("corrected") - (3 / 12) * 0.01) < 1e-12);
  });

  it("takes, published, a bid beyond the cap as one at the cap, and holds a round without any bid", () => {
    const market = create("published");
    const dear = bids([
      ["buyer", 2.5, 1, 0],
      ["buyer", 0, 0, 0],
      ["none-participant", 0, 0, 0],
    ]);
    assert.equal(holdRound(market, dear, 0.02).round.clearingPriceUsdPerKwh, 0.02078);
    const { clearedKw, clearingPriceUsdPerKwh } = holdRound(market, undefined, 0.02).round;
    assert.deepEqual([clearedKw, clearingPriceUsdPerKwh], [0, 0.02], "the utility's price");
  });

  it("tells the bulk system what is responsive", () => {
    const { demandBid } = holdRound(create("corrected"), EVENING, 0.02);
    assert.ok(Math.abs(demandBid.unresponsiveMw - 0.003) < 1e-9);
    assert.ok(Math.abs(demandBid.responsiveMaxMw - 0.006) < 1e-9);
    assert.equal(demandBid.degree, 2);
    assert.ok(Math.abs(demandBid.servedMw - 0.003) < 1e-9);
  });
});

describe("a market with other rules", () => {
  const DEAR = bids([
    ["buyer", 0.5, 6, 0],
    ["buyer", 0.3, 6, 2],
    ["seller", 0.012, 2, 0],
  ]);
  const kw = (values: Iterable<number>) => [...values].map(value => Math.round(value * 100) / 100);

  it("pays each seller its own price in a continuous auction, and tells the mean", () => {
    const { round, acceptedKw } = holdRound(create("corrected", { rule: "continuous" }), DEAR, 0.02);
    assert.deepEqual(kw(acceptedKw), [6, 6, 2]);
    assert.ok(Math.abs(round.clearingPriceUsdPerKwh - (2 * 0.012 + 12 * 0.02) / 14) < 1e-4);
    assert.equal(round.supplierSurplusUsd, 0);
    assert.equal(round.clearedKw, toKw(toWh(2, 300) + 2 * toWh(6, 300), 300));
  });

  it("draws lots for equal bids, others in another round, the same in another run", () => {
    const equal = bids([
      ["buyer", 0.5, 6, 0],
      ["buyer", 0.5, 6, 0],
      ["none-participant", 0, 0, 0],
    ]);
    const run = () => {
      const market = create("corrected", { rule: "continuous-whole", utilityKw: 6 });
      return Array.from({ length: 40 }, () => holdRound(market, equal, 0.02).acceptedKw[0]);
    };
    const first = run();
    assert.deepEqual(run(), first);
    const won = first.filter(accepted => accepted > 0).length;
    assert.ok(won > 10 && won < 30, `${won} of 40`);
  });

  for (const rule of ["uniform", "continuous", "continuous-whole"] as const)
    it(`${rule}: a cap on the grid's offer leaves demand unserved, tells how much and prices the round at the cap`, () => {
      const short = bids([
        ["buyer", 0.5, 6, 4],
        ["buyer", 0.3, 6, 4],
        ["none-participant", 0, 0, 2],
      ]);
      const market = create("corrected", { rule, utilityKw: 7.2 });
      const { round, acceptedKw } = holdRound(market, short, 0.02);
      assert.deepEqual(kw(acceptedKw), [0, 0, 0]);
      assert.deepEqual([round.clearingPriceUsdPerKwh, round.clearingType], [1, ClearingType.FAILURE]);
      assert.ok(Math.abs(round.unservedKw - 2.8) < 0.01 && Math.abs(round.clearedKw - 7.2) < 0.01);
      assert.ok(Math.abs(round.totals.unservedKwh - 2.8 / 12) < 0.001);
      const none = holdRound(create("corrected", { rule, utilityKw: 0 }), short, 0.02).round;
      assert.deepEqual([none.clearingPriceUsdPerKwh, none.clearedKw], [1, 0]);
    });

  it("splits the price at the transformer's limit and books the rent", () => {
    const market = create("corrected", { transformerKw: 9 });
    const { round, acceptedKw } = holdRound(market, DEAR, 0.02);
    assert.deepEqual(kw(acceptedKw), [6, 3, 2]);
    assert.equal(round.clearingPriceUsdPerKwh, 0.3);
    assert.ok(Math.abs(round.congestion.priceUsdPerKwh - 0.28) < 1e-9);
    assert.ok(Math.abs(round.congestion.rentUsd - (9 / 12) * 0.28) < 1e-9);
    assert.equal(round.totals.congestionRentUsd, round.congestion.rentUsd);
    const wide = holdRound(create("corrected", { transformerKw: 90 }), DEAR, 0.02);
    assert.deepEqual(wide, holdRound(create("corrected"), DEAR, 0.02));
  });

  it("takes surplus in at a discount, up to the transformer's limit, and tells the bulk system of no such demand", () => {
    const sunny = bids([
      ["seller", 0.012, 3, 0],
      ["seller", 0.013, 3, 0],
      ["none-participant", 0, 0, 0],
    ]);
    const feedIn = { capacityKw: 100, discountUsdPerKwh: 0.005 };
    const free = holdRound(create("corrected", { feedIn }), sunny, 0.02);
    assert.deepEqual([kw(free.acceptedKw), free.round.clearingPriceUsdPerKwh], [[3, 3, 0], 0.015]);
    assert.deepEqual([free.demandBid.responsiveMaxMw, free.demandBid.servedMw], [0, 0]);
    const limited = holdRound(create("corrected", { feedIn, transformerKw: 3 }), sunny, 0.02).round;
    assert.ok(limited.clearingPriceUsdPerKwh <= 0.013 && limited.congestion.priceUsdPerKwh < 0);
    assert.ok(limited.congestion.rentUsd > 0);
  });

  it("follows mean and deviation of its price over a window", () => {
    const market = create("corrected", { statistics: { windowSeconds: 900 } });
    const seen = [0.01, 0.02, 0.03, 0.04].map(lmp => holdRound(market, EVENING, lmp).round);
    assert.deepEqual(
      seen.map(round => round.clearingPriceUsdPerKwh),
      [0.01, 0.02, 0.03, 0.04],
    );
    assert.deepEqual(seen[0].statistics, { meanUsdPerKwh: 0.01, deviationUsdPerKwh: 0 });
    const { meanUsdPerKwh, deviationUsdPerKwh } = seen[3].statistics;
    assert.ok(Math.abs(meanUsdPerKwh - 0.03) < 1e-12 && Math.abs(deviationUsdPerKwh - 0.01) < 1e-12);
  });

  it("tells the order book of every so many rounds", () => {
    const market = create("corrected", { book: { everyRounds: 2, steps: 2 } });
    const books = [1, 2, 3, 4].map(() => holdRound(market, DEAR, 0.02).orderBook);
    assert.deepEqual(books.map(book => book?.round), [undefined, 2, undefined, 4]); // prettier-ignore
    assert.equal(books[1]?.demand.length, 2);
    assert.deepEqual(books[1].supply.map(([, price]) => price), [0.012, 0.02]); // prettier-ignore
  });
});

describe("bids that cannot be", () => {
  const hold = (behaviour: "published" | "corrected", ...rows: Parameters<typeof bids>[0]) =>
    holdRound(create(behaviour), bids(rows), 0.02);
  const fine = ["none-participant", 0, 0, 0] as const;

  it("are named with their house, value, bound and cure, all at once", () => {
    assert.throws(() => hold("corrected", ["buyer", NaN, -2, 0], ["seller", -0.1, 1, 0], ["buyer", 1.2, 1, Infinity]), {
      name: "BookError",
      message: [
        "a: bids a price of NaN USD/kWh. Bid from 0 to 1 USD/kWh, the market's cap (priceCapUsdPerKwh).",
        "a: bids a quantity of -2 kW. Bid a number of kW, 0 or more.",
        "b: bids a price of -0.1 USD/kWh. Bid from 0 to 1 USD/kWh, the market's cap (priceCapUsdPerKwh).",
        "c: bids a price of 1.2 USD/kWh. Bid from 0 to 1 USD/kWh, the market's cap (priceCapUsdPerKwh).",
        "c: bids an uncovered load of Infinity kW. Bid a number of kW, 0 or more.",
      ].join("\n"),
    });
  });

  it("may be above the cap in published markets, and count as bids at the cap; NaN is refused all the same", () => {
    const [beyond, atCap] = [Infinity, 1].map(price => hold("published", ["buyer", price, 1, 0], fine, fine));
    assert.equal(beyond.round.served.buyers, 1);
    assert.deepEqual(beyond, atCap);
    assert.throws(() => hold("published", ["buyer", NaN, 1, 0], fine, fine), { name: "BookError" });
  });

  it("are clipped or refused as a case says, whatever its behaviour", () => {
    const dear = bids([["buyer", 1.2, 1, 0], fine, fine]);
    assert.equal(holdRound(create("corrected", { aboveCap: "clip" }), dear, 0.02).round.served.buyers, 1);
    assert.throws(() => holdRound(create("published", { aboveCap: "refuse" }), dear, 0.02), { name: "BookError" });
  });

  it("are refused when there are more or fewer of them than houses, or when they are no lists", () => {
    const message = /^bids.role: has entries for 1 of 3 houses/;
    assert.throws(() => hold("corrected", fine), { name: "BookError", message });
    for (const sent of [null, {}, 3, { ...bids([fine, fine, fine]), role: "abc" }])
      assert.throws(() => holdRound(create("corrected"), sent as never, 0.02), { message: /^bids.role: has entries/ });
  });

  it("are refused with a role that is none, or a number that is a text", () => {
    const sent = bids([["seler", "0.5", 1, "2"] as never, fine, fine]);
    assert.throws(() => holdRound(create("corrected"), sent, 0.02), {
      message: [
        'a: bids as "seler". Bid as buyer, seller, none-participant.',
        "a: bids a price of 0.5 USD/kWh. Bid from 0 to 1 USD/kWh, the market's cap (priceCapUsdPerKwh).",
        "a: bids an uncovered load of 2 kW. Bid a number of kW, 0 or more.",
      ].join("\n"),
    });
  });
});
