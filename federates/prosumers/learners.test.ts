import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { localSeconds } from "../../models/index.js";
import { ddpgDefaults, plainBackend } from "../../methods/index.js";
import { RandomStream } from "../../runtime/index.js";
import type { MarketRound } from "../market/market-round.js";
import { observe, type Measured } from "../agents/watching.js";
import { bid, createHouseholds, type Households } from "./households.js";
import {
  choosePrices,
  createLearners,
  learnerNames,
  reportLearning,
  rewardRound,
  type Divergent,
  type Learners,
  type LearnerSetting,
} from "./learners.js";

const NAMES = learnerNames(["one", "two"]);
const [SELLER_ONE, BUYER_ONE, , BUYER_TWO] = [0, 1, 2, 3];

/** Two houses, one in the sun with a surplus, one hot and without sun. */
const HOT: Measured = {
  airTemperature: Float64Array.of(60, 90),
  hvacLoad: Float64Array.of(0, 0),
  hvacPower: Float64Array.of(4, 4),
  houseLoad: Float64Array.of(1, 1),
  pvAvailable: Float64Array.of(6, 0),
};

class Market {
  readonly households: Households;
  readonly learners: Learners;
  readonly divergences: Divergent[] = [];
  private readonly tools;
  private rounds = 0;

  constructor(setting: Partial<LearnerSetting> = {}) {
    const settings = { ...ddpgDefaults, exploration: { ...ddpgDefaults.exploration, trainingSeconds: 3000 } };
    this.households = createHouseholds(agents(housePlaces(2), 0), {
      ...{ behaviour: "corrected", startsAtLocalSeconds: localSeconds("2013-07-01 00:00:00") },
      ...{ marketSeconds: 300, bidSeconds: 298, inverterEfficiency: 0.9, variant: "pet-rl", givenPrices: [] },
    });
    const randoms = NAMES.map(name => new RandomStream(5, name));
    this.tools = { randoms, backend: plainBackend(), diverged: (one: Divergent) => this.divergences.push(one) };
    this.learners = createLearners(
      { mode: "seller-buyer", backend: "plain", reward: "gain", settings, houses: 2, ...setting },
      randoms,
    );
  }

  /** One round in which all bids are served in full; returns its prices. */
  trade(measured = HOT, clearingPriceUsdPerKwh = 0.02): readonly number[] {
    const { households, learners } = this;
    const seconds = 298 + 300 * this.rounds++;
    observe(households, measured, seconds);
    const { airTemperature } = measured;
    const bids = bid(households, measured, () =>
      choosePrices(learners, households, { airTemperature, seconds }, this.tools),
    );
    const round = { clearingPriceUsdPerKwh, clearedKw: 1, lmpUsdPerKwh: 0.03 } as MarketRound;
    rewardRound(learners, households, { round, acceptedKw: Float64Array.from(bids.quantityKw) });
    return bids.priceUsdPerKwh;
  }

  /** Transitions that an agent remembers, newest last: observation, action, reward, next observation. */
  memory(agent: number) {
    const { ddpg } = this.learners;
    assert.ok(ddpg !== undefined);
    const { rows, stored } = ddpg.replays[agent];
    return Array.from({ length: stored }, (_, row) => {
      const numbers = [...rows.subarray(row * 29, (row + 1) * 29)];
      return { seen: numbers.slice(0, 13), action: numbers[13], reward: numbers[14], then: numbers.slice(16) };
    });
  }
}

const near = (a: readonly number[], b: ArrayLike<number>) => {
  a.forEach((value, k) => {
    assert.ok(Math.abs(value - b[k]) < 1e-6, `${k}: ${value} against ${b[k]}`);
  });
};

describe("learning households", () => {
  it("set the price of those who have something to trade, the seller's or the buyer's agent", () => {
    const market = new Market();
    const prices = market.trade();
    assert.deepEqual([...market.learners.agents], [SELLER_ONE, BUYER_TWO]);
    assert.deepEqual([...market.learners.decided], [1, 1]);
    const ramp = new Market({ mode: "ramp" }).trade();
    assert.notEqual(prices[0], ramp[0]);
    assert.notEqual(prices[1], ramp[1]);
  });

  it("remember what they saw, did, got for it and saw then", () => {
    const market = new Market();
    market.trade();
    const before = market.learners.observations.slice(13);
    const [action, reward] = [market.learners.actions[1], market.learners.rewards[1]];
    assert.deepEqual(market.memory(BUYER_TWO), []);
    market.trade();
    const [first, ...more] = market.memory(BUYER_TWO);
    assert.equal(more.length, 0);
    near(first.seen, before);
    near([first.action, first.reward], [action, reward]);
    near(first.then, market.learners.observations.slice(13));
    assert.deepEqual(market.memory(BUYER_ONE), []);
  });

  it("are rewarded for the gain of their trade in cent/h: value less price, or price", () => {
    const market = new Market();
    market.trade(HOT, 0.02);
    const { rewards, values } = market.learners;
    const [sold, bought] = market.households.bids.map(({ quantityKw }) => quantityKw);
    near([rewards[0], rewards[1]], [100 * sold * 0.02, 100 * bought * (values[1] - 0.02)]);
  });

  it("learn while the training lasts, and not after", () => {
    const market = new Market();
    for (let round = 0; round < 10; round++) market.trade();
    const learned = market.learners.ddpg?.networks.critic.slice();
    assert.equal(market.memory(SELLER_ONE).length, 9);
    for (let round = 0; round < 5; round++) market.trade();
    assert.equal(market.memory(SELLER_ONE).length, 9);
    assert.deepEqual(market.learners.ddpg?.networks.critic, learned);
    assert.equal(reportLearning(market.learners, market.households, 4000).exploration[BUYER_TWO], 0);
  });

  it("leave the others' prices to the ramp when only sellers or only buyers learn", () => {
    const ramp = new Market({ mode: "ramp" }).trade();
    const sellers = new Market({ mode: "seller-only" }).trade();
    const buyers = new Market({ mode: "buyer-only" }).trade();
    assert.ok(sellers[0] !== ramp[0] && sellers[1] === ramp[1]);
    assert.ok(buyers[0] === ramp[0] && buyers[1] !== ramp[1]);
  });

  it("bid by chance from their own streams in mode random, and remember nothing", () => {
    const [one, two] = [new Market({ mode: "random" }), new Market({ mode: "random" })];
    const prices = [one.trade(), one.trade()];
    assert.deepEqual(prices, [two.trade(), two.trade()]);
    assert.notDeepEqual(prices[0], prices[1]);
    assert.equal(one.learners.ddpg, undefined);
  });

  it("keep the published reward of the last trade while there is nothing to trade, and remember no such round", () => {
    const market = new Market({ reward: "published" });
    market.trade();
    const reward = market.learners.rewards[1];
    const cool = { ...HOT, airTemperature: Float64Array.of(60, 50) };
    market.trade(cool);
    market.trade(cool);
    assert.equal(market.learners.rewards[1], reward);
    assert.equal(market.memory(BUYER_TWO).length, 1);
  });

  it("that diverge are reported once, fall back to the ramp and are counted; the others go on", () => {
    const market = new Market();
    market.trade();
    const { ddpg } = market.learners;
    assert.ok(ddpg !== undefined);
    const size = ddpg.networks.critic.length / NAMES.length;
    ddpg.networks.critic.fill(NaN, BUYER_TWO * size, (BUYER_TWO + 1) * size);
    for (let round = 0; round < 3; round++) market.trade();
    assert.deepEqual(
      market.divergences.map(({ agent, what }) => [agent, what]),
      [[BUYER_TWO, "critic loss"]],
    );
    assert.equal(market.households.bids[1].priceUsdPerKwh, market.households.outlooks[1].buyerPriceUsdPerKwh);
    assert.deepEqual([...market.learners.decided], [1, 0]);
    assert.equal(reportLearning(market.learners, market.households, 900).divergedAgents, 1);
  });

  it("whose network acts on nothing finite fall back, too", () => {
    const market = new Market();
    market.learners.ddpg?.networks.actor.fill(NaN);
    const prices = market.trade();
    assert.ok(prices.every(Number.isFinite));
    assert.equal(market.divergences.length, 2);
  });

  it("do not decide for a house that stays out of the market", () => {
    const market = new Market();
    const responds = Uint8Array.of(1, 0);
    Object.assign(market.households, { responds });
    market.trade();
    assert.deepEqual([...market.learners.decided], [1, 0]);
  });

  it("report a number for each agent", () => {
    const market = new Market();
    const [price] = market.trade();
    const report = reportLearning(market.learners, market.households, 300);
    const { divergedAgents, ...lists } = report;
    assert.equal(divergedAgents, 0);
    for (const list of Object.values(lists)) assert.equal(list.length, NAMES.length);
    assert.deepEqual(report.priceUsdPerKwh.slice(0, 2), [price, 0]);
    assert.ok(report.exploration[SELLER_ONE] > 0.5);
    assert.ok(Math.abs(report.gainUsd[SELLER_ONE] - (market.households.bids[0].quantityKw * 0.02) / 12) < 1e-12);
  });
});
