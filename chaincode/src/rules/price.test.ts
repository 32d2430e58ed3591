import assert from "node:assert/strict";
import { cap, plainTerms, signRound } from "../testing/settlement.js";
import { clearHonestly, type Offer } from "../testing/honest-clearing.js";
import { checkClearing } from "./clearing.js";
import type { Pricing } from "./market.js";
import type { Round } from "./round.js";

/** Cents per kWh and Wh of each side, what everybody gets, and the price in cents. */
interface Scenario {
  readonly name: string;
  readonly buy: readonly (readonly [cents: number, wh: number, got: number])[];
  readonly sell: readonly (readonly [cents: number, wh: number, got: number])[];
  readonly price: number;
  readonly published?: number;
}

const pico = (cents: number) => BigInt(Math.round(cents * 1e7));

/** The cases of the GridLAB-D auction, worked out by hand from its published rules; the cap is 100 cents. */
const scenarios: readonly Scenario[] = [
  {
    name: "a seller is cut",
    buy: [[8, 5, 5]],
    sell: [
      [3, 3, 3],
      [5, 4, 2],
    ],
    price: 5,
  },
  {
    name: "a buyer is cut",
    buy: [
      [8, 3, 3],
      [6, 4, 1],
    ],
    sell: [[3, 4, 4]],
    price: 6,
  },
  {
    name: "buyers at one price share",
    buy: [
      [6, 3, 2],
      [6.0, 0, 0],
      [8, 1, 1],
    ],
    sell: [[3, 3, 3]],
    price: 6,
  },
  { name: "both are served at one price", buy: [[5, 4, 4]], sell: [[5, 4, 4]], price: 5 },
  { name: "both are served: the middle", buy: [[8, 4, 4]], sell: [[4, 4, 4]], price: 6 },
  {
    name: "the middle would call a buyer",
    buy: [
      [8, 4, 4],
      [7, 2, 0],
    ],
    sell: [[4, 4, 4]],
    price: 7.01,
  },
  {
    name: "the middle would call a seller",
    buy: [[8, 4, 4]],
    sell: [
      [4, 4, 4],
      [5, 2, 0],
    ],
    price: 4.99,
  },
  {
    name: "a step that would leave the range stays in it",
    buy: [
      [8, 4, 4],
      [7.995, 2, 0],
    ],
    sell: [[4, 4, 4]],
    price: 8,
    published: 8.005,
  },
  { name: "demand at any price is short", buy: [[100, 9, 4]], sell: [[4, 4, 4]], price: 100 },
  { name: "demand at any price is met: the seller's", buy: [[100, 4, 4]], sell: [[4, 4, 4]], price: 4 },
  {
    name: "demand at any price is met, a buyer is left",
    buy: [
      [100, 4, 4],
      [6, 2, 0],
    ],
    sell: [[4, 4, 4]],
    price: 6.01,
  },
  {
    name: "supply at any price is left over",
    buy: [[4, 4, 4]],
    sell: [[-100, 9, 4]],
    price: -100,
    published: undefined,
  },
  { name: "supply at any price is used up: the buyer's", buy: [[4, 4, 4]], sell: [[-100, 4, 4]], price: 4 },
  { name: "nobody names a price", buy: [[100, 4, 4]], sell: [[-100, 4, 4]], price: 0 },
  {
    name: "nobody names a price, two are left",
    buy: [
      [100, 4, 4],
      [3, 1, 0],
    ],
    sell: [
      [-100, 4, 4],
      [6, 1, 0],
    ],
    price: 3,
    published: 0,
  },
];

function offersOf({ buy, sell }: Scenario): { offers: Offer[]; accepted: string[] } {
  const side = (list: Scenario["buy"], which: Offer["side"]) =>
    list.map(([cents, wh], i): Offer => ({
      bidder: `house ${i}`,
      side: which,
      price: pico(cents),
      energy: BigInt(wh),
    }));
  return {
    offers: [...side(buy, "buy"), ...side(sell, "sell")],
    accepted: [...buy, ...sell].map(([, , got]) => String(got)),
  };
}

function check(scenario: Scenario, price: bigint, pricing: Pricing): void {
  const round = signRound(0, { ...offersOf(scenario), price: String(price) }, () => "");
  checkClearing(round, { ...plainTerms, pricing });
}

/**
 * Books of the GridLAB-D auction's documentation and the transactive system that took it over, as price:energy, and the
 * price at which that system cleared them, in currency; the cap is 1 or, where a bid takes any price, 100.
 */
const recorded: readonly (readonly [buyers: string, sellers: string, price: number])[] = [
  [".6:10 .5:15 .4:11 .25:16 .15:15", ".1:14 .2:14 .3:14 .4:14 .45:13", 0.3],
  [".42:7 .36:8 .3:5 .21:5 .15:4", ".11:13 .2:5 .32:5 .35:4 .4:2", 0.3],
  [".8:5 .65:2 .4:5 .18:3 .1:3", ".1:6 .2:6 .5:2 .6:3 .75:2", 0.3],
  ["1:3 .7:3 .6:4 .2:7 .1:3", ".11:5 .25:5 .3:5 .7:4 .8:2", 0.2999],
  [".8:5 .7:5 .55:5 .4:7 .1:5", ".1:7 .2:8 .5:5 .65:5 .8:4", 0.4001],
  [".8:3 .55:3 .5:2 .4:5 .1:2", ".1:5 .2:5 .4:3 .55:1 .65:2", 0.4],
  ["100:10 .25:1 .1:3", ".1:3 .2:3 .25:2", 100],
  [".4:3 .3:5 .2:3 .1:3", ".5:5 .6:4 .7:3 .8:3", 0.45],
  [".8:3 .55:2 .5:2 .4:2 .1:4", ".1:4 .2:4 .4:2 .55:2 .6:2", 0.4],
  [".7:3 .55:2 .5:2 .4:3 .1:2", ".1:4 .2:4 .4:1 .55:2 .6:1", 0.4],
  ["100:3 .8:4 .6:3 .4:3 .2:2", ".1:5 .3:4 .5:2 .6:3 .7:1", 0.5],
  ["100:9 .7:1 .2:3", ".2:3 .4:3 .7:3", 0.7],
];

function recordedRound([buyers, sellers, price]: (typeof recorded)[number]): { round: Round; cap: bigint } {
  const pico = (currency: number) => BigInt(Math.round(currency * 1e9));
  const read = (text: string, side: Offer["side"]) =>
    text.split(" ").map((step, i): Offer => {
      const [price, energy] = step.split(":").map(Number);
      return { bidder: `house ${i}`, side, price: pico(price), energy: BigInt(energy) };
    });
  const offers = [...read(buyers, "buy"), ...read(sellers, "sell")];
  const cap = pico(buyers.startsWith("100:") ? 100 : 1.5);
  const accepted = clearHonestly(offers, cap).accepted.map(String);
  return {
    cap,
    round: signRound(0, { offers, accepted, price: String(pico(price)), priceCap: String(cap) }, () => ""),
  };
}

describe("the declared price", () => {
  it("is the one that was recorded for twelve published books, and no other where something trades", () => {
    for (const record of recorded) {
      const { round, cap } = recordedRound(record);
      const trades = round.accepted.some(energy => energy !== "0");
      for (const pricing of ["published", "corrected"] as const) {
        const terms = { ...plainTerms, pricing, priceCap: String(cap) };
        checkClearing(round, terms);
        const other = { ...round, price: String(BigInt(round.price) + 1n) };
        if (trades) assert.throws(() => checkClearing(other, terms), /PRICE: /);
      }
    }
  });

  it("is that of the published rules, kept where nobody loses", () => {
    assert.equal(cap, pico(100));
    for (const scenario of scenarios) {
      check(scenario, pico(scenario.price), "corrected");
      for (const wrong of [1n, -1n])
        assert.throws(() => check(scenario, pico(scenario.price) + wrong, "corrected"), /PRICE: /, scenario.name);
    }
  });

  it("is never one at which somebody loses, though the published rules give such", () => {
    for (const scenario of scenarios) {
      if (scenario.published === undefined) continue;
      assert.throws(
        () => check(scenario, pico(scenario.published ?? 0), "published"),
        /PRICE: .*everybody gets/,
        scenario.name,
      );
    }
  });

  it("is any between the bids where only the interval is checked", () => {
    const [scenario] = scenarios.filter(({ name }) => name.endsWith("the middle"));
    for (const cents of [4, 5.5, 8]) check(scenario, pico(cents), "interval");
    for (const cents of [3.9999, 8.0001])
      assert.throws(() => check(scenario, pico(cents), "interval"), /PRICE: .*from 40000000 to 80000000/);
  });
});
