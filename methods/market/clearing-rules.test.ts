import assert from "node:assert/strict";
import fc from "fast-check";
import type { Bid, Book } from "./book.js";
import { acceptedByBidder, type Clearing, type ClearingRules } from "./clearing.js";
import { type ClearingRuleName, clearingRules } from "./clearing-rules.js";
import { flowOf } from "./congestion.js";
import { valueOf } from "./money.js";
import { ClearingType } from "./price-rule.js";
import { anyBooks, books, capNano, coupledBooks, drawnRules, isOutside, shuffled } from "./testing/books.js";
import { bestTrade, takeTurns } from "./testing/brute-force.js";

const behaviours = ["published", "corrected"] as const;
const names = Object.keys(clearingRules) as ClearingRuleName[];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sumPico = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/** Buyers get what sellers deliver, and their money goes to sellers and to the rent, to the last unit. */
function assertBalanced(round: Clearing): void {
  assert.equal(sum(round.buyers.acceptedWh), round.quantityWh);
  assert.equal(sum(round.sellers.acceptedWh), round.quantityWh);
  const rentPico = round.congestion?.rentPico ?? 0n;
  assert.equal(sumPico(round.buyers.valuePico), sumPico(round.sellers.valuePico) + rentPico);
  assert.ok(rentPico >= 0n, `rent ${rentPico}`);
}

/** Nobody gets more than was bid, unserved demand is what is missing at the cap, and the transformer carries the flow. */
function assertLimits(book: Book, round: Clearing, { transformer }: Pick<ClearingRules, "transformer">): void {
  for (const side of ["buyers", "sellers"] as const)
    book[side].forEach(({ energyWh }, i) => {
      const got = round[side].acceptedWh[i];
      assert.ok(Number.isSafeInteger(got) && got >= 0 && got <= energyWh);
    });
  const flow = { boughtWh: round.buyers.acceptedWh, soldWh: round.sellers.acceptedWh };
  if (transformer === undefined) return;
  const flowWh = flowOf(book, flow, transformer);
  assert.ok(flowWh <= transformer.importWh && -flowWh <= transformer.exportWh, `${flowWh} Wh flow`);
  if (round.congestion !== undefined) assert.equal(round.congestion.flowWh, Math.abs(flowWh));
}

/** No buyer pays more, and no seller receives less, than it bid. */
function assertRational({ buyers, sellers }: Book, round: Clearing): void {
  buyers.forEach(({ priceNano }, i) => {
    assert.ok(round.buyers.valuePico[i] <= valueOf(priceNano, round.buyers.acceptedWh[i]), "a buyer pays too much");
  });
  sellers.forEach(({ priceNano }, i) => {
    assert.ok(
      round.sellers.valuePico[i] >= valueOf(priceNano, round.sellers.acceptedWh[i]),
      "a seller gets too little",
    );
  });
}

/** Trades are what the acceptances say, one by one. */
function assertTrades(round: Clearing): void {
  if (round.trades === undefined) return;
  for (const [side, key] of [
    ["buyers", "buyer"],
    ["sellers", "seller"],
  ] as const)
    // prettier-ignore
    round[side].acceptedWh.forEach((acceptedWh, i) => {
      const own = round.trades?.filter(trade => trade[key] === i) ?? [];
      assert.equal(sum(own.map(trade => trade.energyWh)), acceptedWh);
      assert.equal(sumPico(own.map(trade => valueOf(trade.priceNano, trade.energyWh))), round[side].valuePico[i]);
    });
}

const welfareOf = ({ buyers, sellers }: Book, round: Clearing) =>
  sum(buyers.map((bid, i) => bid.priceNano * round.buyers.acceptedWh[i])) -
  sum(sellers.map((bid, i) => bid.priceNano * round.sellers.acceptedWh[i]));

/** Surpluses, rent and the benefit of unresponsive load together are the welfare of the trade. */
function assertAccounted(book: Book, round: Clearing): void {
  const unresponsive = book.buyers.map(({ priceNano }) => priceNano === capNano);
  const gain = sumPico(
    book.buyers.map((_, i) =>
      unresponsive[i] ? valueOf(capNano, round.buyers.acceptedWh[i]) - round.buyers.valuePico[i] : 0n,
    ),
  );
  const { consumerPico, supplierPico, unresponsiveSupplierPico } = round.surplus;
  const total = consumerPico + supplierPico + unresponsiveSupplierPico + gain + (round.congestion?.rentPico ?? 0n);
  assert.equal(total, BigInt(welfareOf(book, round)));
  const missingWh = sum(book.buyers.map((bid, i) => (unresponsive[i] ? bid.energyWh - round.buyers.acceptedWh[i] : 0)));
  assert.equal(round.unservedWh, missingWh);
  assert.ok(missingWh === 0 || round.priceNano === capNano || isSplit(round), "a shortage is priced at the cap");
}

const isSplit = (round: Clearing) => round.congestion !== undefined;

/** Whether buyers get all or nothing; buyers beyond the transformer never do. */
const takesWhole = (name: ClearingRuleName) => name === "continuous-whole" || name === "packet";

for (const name of names)
  describe(`the clearing rule "${name}" keeps what every rule must keep`, () => {
    const { clear } = clearingRules[name];

    it("energy and money balance to the unit, within all limits, in every trade", () => {
      let [traded, congested] = [0, 0];
      const check = fc.property(coupledBooks, drawnRules, fc.constantFrom(...behaviours), (book, drawn, behaviour) => {
        const round = clear(book, { ...drawn, behaviour });
        assertBalanced(round);
        assertLimits(book, round, drawn);
        assertTrades(round);
        traded += round.quantityWh > 0 ? 1 : 0;
        congested += isSplit(round) ? 1 : 0;
      });
      fc.assert(check, { numRuns: 10_000, seed: 41 });
      assert.ok(
        traded > 4000 && (name !== "uniform" || congested > 500),
        `${traded} trade, ${congested} are congested`,
      );
    });

    it("nobody trades at a loss, and every gain is accounted for", () => {
      const check = fc.property(coupledBooks, drawnRules, (book, drawn) => {
        const round = clear(book, { ...drawn, behaviour: "corrected" });
        assertRational(book, round);
        assertAccounted(book, round);
        assert.equal(Math.abs(round.priceNano) <= capNano, true);
      });
      fc.assert(check, { numRuns: 10_000, seed: 42 });
    });

    it("does not depend on the order of submission", () => {
      const digest = (book: Book, round: Clearing) => [
        ...[round.type, round.quantityWh, round.priceNano, round.surplus, round.welfarePico, round.marginal],
        ...[round.congestion, round.unservedWh, round.sellerIncomePico],
        [...acceptedByBidder(book.buyers, round.buyers)].sort(),
        [...acceptedByBidder(book.sellers, round.sellers)].sort(),
        [
          ...acceptedByBidder(book.sellers, { ...round.sellers, acceptedWh: round.sellers.valuePico.map(Number) }),
        ].sort(),
      ];
      const check = fc.property(
        shuffled(coupledBooks),
        drawnRules,
        fc.constantFrom(...behaviours),
        ([one, other], drawn, behaviour) => {
          const rules = { ...drawn, behaviour };
          assert.deepEqual(digest(other, clear(other, rules)), digest(one, clear(one, rules)));
        },
      );
      fc.assert(check, { numRuns: 10_000, seed: 43 });
    });

    it("a limit that does not bind changes nothing", () => {
      const check = fc.property(coupledBooks, fc.constantFrom(...behaviours), ({ buyers, sellers }, behaviour) => {
        const rules: ClearingRules = { priceCapNano: capNano, behaviour };
        const book = { buyers: takesWhole(name) ? buyers.filter(bid => !isOutside(bid.bidder)) : buyers, sellers };
        const transformer = { importWh: 99, exportWh: 99, isOutside };
        assert.deepEqual(clear(book, { ...rules, transformer }), clear(book, rules));
      });
      fc.assert(check, { numRuns: 5000, seed: 44 });
    });

    it("clears or refuses by name 100,000 random books, whatever is in them", () => {
      let [cleared, refused] = [0, 0];
      const check = fc.property(anyBooks, drawnRules, fc.constantFrom(...behaviours), (book, drawn, behaviour) => {
        try {
          assertBalanced(clear(book, { ...drawn, behaviour }));
          cleared += 1;
        } catch (error) {
          if (!(error instanceof Error && error.name === "BookError")) throw error;
          assert.match(error.message, /^(ann|bob|buyers|sellers).*: .*\. (Bid|Name|Stay)/);
          refused += 1;
        }
      });
      fc.assert(check, { numRuns: 100_000, seed: 45 });
      console.log(`      ${cleared} books cleared, ${refused} refused by name`);
      assert.ok(cleared > 50_000 && refused > 10_000);
    });
  });

describe("rules in which buyers take turns, against one Wh at a time", () => {
  const byName = (one: Bid, other: Bid) =>
    one.bidder === other.bidder ? one.energyWh - other.energyWh : one.bidder < other.bidder ? -1 : 1;
  const byPrice = (one: Bid, other: Bid) => other.priceNano - one.priceNano || byName(one, other);
  const queues = {
    "continuous": { before: byPrice, isWhole: () => false },
    "continuous-whole": { before: byPrice, isWhole: ({ priceNano }: Bid) => priceNano < capNano },
    "packet": {
      before: (one: Bid, other: Bid) => byName(one, other) || other.priceNano - one.priceNano,
      isWhole: () => true,
    },
  };

  for (const [name, queue] of Object.entries(queues))
    it(`${name}: every buyer gets and pays the same`, () => {
      const { clear } = clearingRules[name as keyof typeof queues];
      const check = fc.property(books, book => {
        const { buyers } = clear(book, { priceCapNano: capNano, behaviour: "corrected" });
        const got = buyers.acceptedWh.map((wh, i) => ({ wh, paid: Number(buyers.valuePico[i]) }));
        assert.deepEqual(got, takeTurns(book, queue));
      });
      fc.assert(check, { numRuns: 10_000, seed: 46 });
    });

  it("continuous reaches the largest welfare of any trade", () => {
    const check = fc.property(books, book => {
      const round = clearingRules.continuous.clear(book, { priceCapNano: capNano, behaviour: "corrected" });
      assert.deepEqual({ welfare: welfareOf(book, round), quantityWh: round.quantityWh }, bestTrade(book));
    });
    fc.assert(check, { numRuns: 10_000, seed: 47 });
  });

  it("lots decide between equal bids, and between packets whatever they bid", () => {
    const bid = (bidder: string, priceNano: number, energyWh: number) => ({ bidder, priceNano, energyWh });
    const book = {
      buyers: [bid("ann", 9, 4), bid("bob", 9, 4), bid("cy", 7, 2)],
      sellers: [bid("pv", 1, 4), bid("utility", 3, 2)],
    };
    const rules = {
      priceCapNano: capNano,
      behaviour: "corrected",
      lot: (name: string) => -name.charCodeAt(0),
    } as const;
    const acceptedBy = (name: ClearingRuleName) => clearingRules[name].clear(book, rules).buyers.acceptedWh;
    assert.deepEqual(acceptedBy("continuous"), [2, 4, 0]);
    assert.deepEqual(acceptedBy("continuous-whole"), [0, 4, 2]);
    assert.deepEqual(acceptedBy("packet"), [0, 4, 2]);
    const paid = clearingRules.continuous.clear(book, rules);
    assert.deepEqual(paid.buyers.valuePico, [6n, 4n, 0n]);
    assert.deepEqual([paid.priceNano, paid.type], [2, ClearingType.PRICE]);
  });
});
