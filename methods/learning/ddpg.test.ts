import assert from "node:assert/strict";
import { decodeImage, encodeImage, type HostImage, RandomStream } from "../../runtime/index.js";
import type { Backend } from "./backend.js";
import { act, createDdpg, ddpgDefaults, type DdpgSettings, type DdpgState, remember, update } from "./ddpg.js";
import { explorationDeviation } from "./exploration.js";
import { partOf } from "./minibatch.js";
import { plainBackend } from "./plain-backend.js";
import { groupOf, randomTransition } from "./testing/samples.js";

const observation = Array.from({ length: 13 }, (_, i) => Math.sin(i));

const streams = (agents: number) => Array.from({ length: agents }, (_, k) => new RandomStream(1, `agent ${k}`));

const create = (agents: number, settings: Partial<DdpgSettings> = {}) =>
  createDdpg({ ...ddpgDefaults, ...settings }, streams(agents));

/** Standard deviation of numbers around 0. */
const deviationOf = (numbers: readonly number[]) =>
  Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0) / numbers.length);

/** Lets agents learn from random transitions, one a turn. */
function learn(state: DdpgState, randoms: readonly RandomStream[], news: RandomStream, turns: number): void {
  const backend = plainBackend();
  for (let k = 0; k < turns; k++) {
    randoms.forEach((_, agent) => remember(state, agent, randomTransition(13, news)));
    assert.deepEqual(update(state, randoms, backend), []);
  }
}

describe("learning agents", () => {
  it("start with networks within ±1/√inputs of each layer, targets alike, every agent of its own", () => {
    const { networks } = create(40);
    assert.deepEqual(networks.targetActor, networks.actor);
    assert.deepEqual(networks.targetCritic, networks.critic);
    assert.notDeepEqual(partOf(networks.actor, 0, 1381), partOf(networks.actor, 1, 1381));
    for (const { inputs, outputs, weights, biases } of networks.actorShape.layers) {
      const drawn = Array.from({ length: 40 }, (_, agent) =>
        [...partOf(networks.actor, agent, 1381)].slice(weights, biases + outputs),
      ).flat();
      const bound = 1 / Math.sqrt(inputs);
      assert.ok(drawn.every(parameter => Math.abs(parameter) <= bound));
      const relative = deviationOf(drawn) / (bound / Math.sqrt(3));
      // The deviation of n uniform numbers has itself a standard error of √(1 / 5n).
      assert.ok(Math.abs(relative - 1) < 4 * Math.sqrt(1 / (5 * drawn.length)), `${relative}`);
    }
  });

  it("start alike with the published shared seed", () => {
    const { networks } = create(3, { sharedSeed: true });
    for (const agent of [1, 2]) {
      assert.deepEqual(partOf(networks.actor, agent, 1381), partOf(networks.actor, 0, 1381));
      assert.deepEqual(partOf(networks.targetCritic, agent, 1411), partOf(networks.critic, 0, 1411));
    }
  });

  it("act within ±1, with the schedule's noise while they train and without it afterwards", () => {
    const state = create(1);
    const random = new RandomStream(2, "noise");
    const quiet = act(state, 0, observation);
    assert.ok(Math.abs(quiet) < 0.5);
    const { exploration } = state.settings;
    const late = exploration.trainingSeconds;
    const noise = Array.from({ length: 4000 }, () => act(state, 0, observation, { seconds: late, random }) - quiet);
    const relative = deviationOf(noise) / explorationDeviation(exploration, late);
    assert.ok(Math.abs(relative - 1) < 4 / Math.sqrt(2 * noise.length), `${relative}`);
    const early = Array.from({ length: 400 }, () => act(state, 0, observation, { seconds: 1, random }));
    assert.ok(early.every(action => Math.abs(action) <= 1) && early.includes(1));
    const { drawn } = random;
    assert.equal(act(state, 0, observation, { seconds: late + 1, random }), quiet);
    assert.equal(random.drawn, drawn);
  });

  it("update the critic at each transition, the actor and the targets at every sixth", () => {
    const { state, randoms } = groupOf(1, 0);
    const news = new RandomStream(3, "news");
    const backend = plainBackend();
    const changes: string[] = [];
    for (let k = 1; k <= 12; k++) {
      const before = structuredClone(state.networks);
      remember(state, 0, randomTransition(13, news));
      update(state, randoms, backend);
      const changed = (["critic", "actor", "targetCritic", "targetActor"] as const).filter(
        name => !Buffer.from(state.networks[name].buffer).equals(Buffer.from(before[name].buffer)),
      );
      changes.push(changed.join(" "));
    }
    const often = ["critic", "critic", "critic", "critic", "critic"];
    const all = "critic actor targetCritic targetActor";
    assert.deepEqual(changes, [...often, all, ...often, all]);
    assert.deepEqual([state.criticMoments.steps[0], state.actorMoments.steps[0]], [12, 2]);
  });

  it("catch up with several transitions, and do nothing without one", () => {
    const { state, randoms } = groupOf(3, 10);
    state.due.set([3, 0, 1]);
    update(state, randoms, plainBackend());
    assert.deepEqual([...state.criticMoments.steps], [3, 0, 1]);
    assert.deepEqual([...state.due], [0, 0, 0]);
  });

  it("learn alone what they learn in company", () => {
    const company = groupOf(4, 20);
    company.state.due.fill(7);
    update(company.state, company.randoms, plainBackend());
    const alone = groupOf(4, 20);
    alone.state.due[2] = 7;
    update(alone.state, alone.randoms, plainBackend());
    for (const name of ["actor", "targetCritic"] as const) {
      const size = company.state.networks[name].length / 4;
      const [a, b] = [company, alone].map(({ state }) => partOf(state.networks[name], 2, size));
      assert.deepEqual(a, b);
    }
  });

  it("go on bit by bit from a checkpoint", () => {
    const randoms = streams(3);
    const news = new RandomStream(4, "news");
    const state = createDdpg(ddpgDefaults, randoms);
    learn(state, randoms, news, 80);
    const bytes = encodeImage({ agents: state } as unknown as HostImage);
    const copy = (decodeImage(bytes) as unknown as { agents: DdpgState }).agents;
    const again = randoms.map(({ name, drawn }) => new RandomStream(1, name, drawn));
    const moreNews = new RandomStream(4, "news", news.drawn);
    learn(state, randoms, news, 20);
    learn(copy, again, moreNews, 20);
    assert.deepEqual(copy, state);
    assert.equal(act(copy, 2, observation), act(state, 2, observation));
  });

  it("learn from the newest transition alone with the published memory", () => {
    const seen: number[] = [];
    const spy: Backend = {
      ...plainBackend(),
      criticGradients(networks, batch, discount) {
        seen.push(...new Set(batch.rewards.subarray(0, batch.counts[0])));
        return plainBackend().criticGradients(networks, batch, discount);
      },
    };
    for (const [aliasesReplay, expected] of [
      [true, [1, 2, 3]],
      [false, [1, 1, 2, 1, 2, 3]],
    ] as const) {
      const { state, randoms } = groupOf(1, 0, { aliasesReplay });
      seen.length = 0;
      for (const reward of [1, 2, 3]) {
        remember(state, 0, { observation, action: 0, reward, nextObservation: observation });
        update(state, randoms, spy);
      }
      assert.deepEqual(seen, expected);
    }
  });

  it("report a reward that is no number once, keep their networks and can still act", () => {
    const { state, randoms } = groupOf(2, 0);
    const before = act(state, 1, observation);
    const tell = (agent: number, reward: number) =>
      remember(state, agent, { observation, action: 0, reward, nextObservation: observation });
    tell(0, 1);
    tell(1, NaN);
    assert.deepEqual(update(state, randoms, plainBackend()), [{ agent: 1, what: "critic loss", value: NaN }]);
    tell(1, 1);
    assert.deepEqual([...state.due], [0, 0]);
    assert.deepEqual(update(state, randoms, plainBackend()), []);
    assert.equal(act(state, 1, observation), before);
    assert.deepEqual([...state.criticMoments.steps], [1, 0]);
  });
});
