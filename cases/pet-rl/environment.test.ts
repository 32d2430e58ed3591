import assert from "node:assert/strict";
import { actionOfPrice, type Environment } from "../../methods/index.js";
import { marketEnvironment } from "./environment.js";

/** Rewards of an episode in which the agent always does the same. */
function episode(environment: Environment, action: number, seed = 1): readonly number[] {
  environment.reset(seed);
  const rewards: number[] = [];
  for (;;) {
    const { reward, final } = environment.step(action);
    rewards.push(reward);
    if (final) return rewards;
  }
}

const sum = (rewards: readonly number[]) => rewards.reduce((total, reward) => total + reward, 0);

describe("the learning market as an environment", function () {
  this.timeout(60_000);

  it("says what it shows and takes, and shows as many numbers", () => {
    const environment = marketEnvironment({ houses: 3 });
    const { observation, action, rewardUnit } = environment.schema;
    assert.equal(environment.reset(1).length, observation.length);
    assert.deepEqual([action.low, action.high, rewardUnit], [-1, 1, "US cent/h"]);
    const { observation: next } = environment.step(0);
    assert.equal(next.length, observation.length);
    assert.ok(next[8] > 0, "a clearing price is known after a round");
  });

  it("gives the same episode for the same seed and actions, another one for another seed", () => {
    const environment = marketEnvironment({ houses: 2 });
    const [first, again, other] = [episode(environment, 0), episode(environment, 0), episode(environment, 0, 2)];
    assert.deepEqual(again, first);
    assert.notDeepEqual(other, first);
  });

  it("leaves a buyer that bids nothing without cooling and without gain, and one that bids enough with both", () => {
    const environment = marketEnvironment({ houses: 2 });
    const [nothing, enough] = [episode(environment, -1), episode(environment, actionOfPrice(0.6))];
    assert.equal(sum(nothing), 0);
    assert.ok(sum(enough) !== 0 && enough.length < nothing.length, "a cooled house is less often in need");
  });

  it("pays a seller that asks less than the market, and not one that asks more", () => {
    const environment = marketEnvironment({ houses: 2, role: "seller" });
    assert.ok(sum(episode(environment, -1)) > 0);
    assert.equal(sum(episode(environment, 1)), 0);
  });

  it("knows the published reward, too", () => {
    const environment = marketEnvironment({ houses: 2, reward: "published", behaviour: "published" });
    assert.ok(episode(environment, -1).every(reward => reward === -1));
    assert.equal(environment.schema.rewardUnit, "1");
  });

  it("refuses a house that is not there, and a step before an episode", () => {
    assert.throws(() => marketEnvironment({ houses: 2, house: 2 }), /There is no house 2. Give a position from 0 to 1/);
    assert.throws(() => marketEnvironment({ houses: 2 }).step(0), /Call reset first/);
  });
});
