import assert from "node:assert/strict";
import { CosimError } from "../../broker/wire/index.js";
import { BACKEND_NAMES, loadBackend } from "../../federates/learning/load-backend.js";
import { RandomStream } from "../../runtime/stream.js";
import type { Backend, Minibatch, Networks } from "./backend.js";
import { createDdpg, ddpgDefaults, type DdpgState, remember, update } from "./ddpg.js";
import { drawBatch, partOf } from "./minibatch.js";
import { plainBackend } from "./plain-backend.js";
import type { RandomSource } from "./random-source.js";
import {
  type Excerpt,
  recordedNoise,
  recordedTransition,
  type RecordedUpdates,
  recordedUpdates,
  spread,
} from "./recorded-updates.fixture.js";
import { loopMultiplier } from "./testing/loop-multiplier.js";
import { exactly, type Group, groupOf, lossesByDefinition, randomTransition } from "./testing/samples.js";

const DISCOUNT = 0.97;
const NAMES = ["actor", "critic", "targetActor", "targetCritic"] as const;

/** Largest difference of two vectors, relative to the largest number of the second. */
function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, scale] = [0, 0];
  for (let k = 0; k < expected.length; k++) {
    difference = Math.max(difference, Math.abs(found[k] - expected[k]));
    scale = Math.max(scale, Math.abs(expected[k]));
  }
  return Number.isNaN(difference) ? Infinity : difference / scale;
}

/** Largest distance of the networks of two groups. */
const networkDistance = (a: DdpgState, b: DdpgState) =>
  Math.max(...NAMES.map(name => distance(a.networks[name], b.networks[name])));

/** The recorded agents: their networks and memories, and streams that give the recorded noise. */
function recordedGroup(): Group {
  const randoms = recordedUpdates.map((_, agent): RandomSource => {
    let drawn = 0;
    return {
      uniform: () => 0,
      integer: (_low, high) => high,
      normal: () => recordedNoise(agent, drawn % 100, Math.floor(drawn++ / 100)),
    };
  });
  const state = createDdpg({ ...ddpgDefaults, actorEvery: 1 }, randoms);
  const seeds = { actor: 1, critic: 3, targetActor: 5, targetCritic: 7 };
  for (const name of NAMES) {
    const size = state.networks[name].length / randoms.length;
    recordedUpdates.forEach((_, agent) => {
      const network = partOf(state.networks[name], agent, size);
      network.forEach((_, k) => (network[k] = 0.5 * spread(k + 3001 * (agent + seeds[name]))));
    });
  }
  recordedUpdates.forEach((_, agent) => {
    for (let k = 0; k < 100; k++) remember(state, agent, recordedTransition(agent, k));
  });
  return { state, randoms };
}

function assertExcerpt(found: Float32Array, { picks, length }: Excerpt): number {
  const ours = picks.map((_, k) => found[3 + 230 * k]);
  const off = Math.max(distance(ours, picks), Math.abs(Math.hypot(...found) - length) / length);
  assert.ok(off < 1e-5, `off by ${off}`);
  return off;
}

/** The batch of a group whose agents' blocks are full, a third full and one sample. */
function unevenBatch({ state, randoms }: Group): Minibatch {
  const batch = drawBatch(state.settings, Int32Array.of(2, 0, 1), state.replays, randoms);
  const width = state.settings.observations;
  [state.settings.batch, 7, 1].forEach((count, block) => {
    const begin = block * batch.rows + count;
    const end = (block + 1) * batch.rows;
    batch.counts[block] = count;
    for (const column of [batch.actions, batch.rewards, batch.continues, batch.noise]) column.fill(0, begin, end);
    for (const seen of [batch.observations, batch.nextObservations]) seen.fill(0, begin * width, end * width);
  });
  return batch;
}

/** Far above the rounding of double precision and far below the distance to where a unit switches. */
const STEP = 1e-6;

/** Derivatives of an agent's loss by its parameters, by central differences in double precision. */
function slopesByDifference(parameters: Float64Array, loss: () => number): number[] {
  return [...parameters].map((here, place) => {
    const lossAt = (value: number) => {
      parameters[place] = value;
      return loss();
    };
    const slope = (lossAt(here + STEP) - lossAt(here - STEP)) / (2 * STEP);
    parameters[place] = here;
    return slope;
  });
}

function gradientDistance(networks: Networks, batch: Minibatch, backend: Backend, whose: "actor" | "critic"): number {
  const { parameters } = whose === "actor" ? networks.actorShape : networks.criticShape;
  const found =
    whose === "actor" ? backend.actorGradients(networks, batch) : backend.criticGradients(networks, batch, DISCOUNT);
  const exact = exactly(networks);
  const off = [...batch.agents].map((agent, block) => {
    const loss = () => lossesByDefinition[whose](exact, batch, block, DISCOUNT);
    const own = exact[whose].subarray(agent * parameters, (agent + 1) * parameters);
    const slopes = slopesByDifference(own, loss);
    const gradient = partOf(found.gradients, block, parameters);
    return Math.max(distance([found.losses[block]], [loss()]), distance(gradient, slopes));
  });
  return Math.max(...off);
}

for (const name of [...BACKEND_NAMES, "loops" as const]) {
  describe(`the learning backend ${name}`, () => {
    let backend: Backend;

    before(async function () {
      try {
        backend = name === "loops" ? plainBackend(loopMultiplier) : await loadBackend(name);
      } catch (error) {
        if (!(error instanceof CosimError) || error.code !== "COSIM_BACKEND_MISSING") throw error;
        console.log(`      skipped: ${error.message}`);
        this.skip();
      }
    });

    it("makes the recorded updates", () => {
      const { state, randoms } = recordedGroup();
      state.due.fill(0);
      const networks = { ...state.networks };
      const first = backend.criticGradients(networks, recordedBatch(), DISCOUNT);
      const off = [0];
      const compare = (recorded: RecordedUpdates, agent: number, update: number) => {
        off.push(Math.abs(state.criticLosses[agent] - recorded.criticLosses[update]) / recorded.criticLosses[update]);
      };
      for (let k = 0; k < 3; k++) {
        state.due.fill(1);
        assert.deepEqual(update(state, randoms, backend), []);
        recordedUpdates.forEach((recorded, agent) => compare(recorded, agent, k));
      }
      recordedUpdates.forEach((recorded, agent) => {
        off.push(assertExcerpt(partOf(first.gradients, agent, 1411), recorded.criticGradient));
        for (const each of NAMES) {
          const size = state.networks[each].length / recordedUpdates.length;
          off.push(assertExcerpt(partOf(state.networks[each], agent, size), recorded[each]));
        }
      });
      assert.ok(Math.max(...off) < 1e-5);
      console.log(`      three recorded updates: off by at most ${Math.max(...off).toExponential(1)} (bound 1e-5)`);
    });

    it("has the gradients of finite differences", () => {
      const group = groupOf(3, 40, { observations: 5, hidden: [9, 6], batch: 20 });
      const { networks } = group.state;
      const off = (["critic", "actor"] as const).map(whose =>
        gradientDistance(networks, unevenBatch(group), backend, whose),
      );
      assert.ok(Math.max(...off) < 1e-5, `off by ${Math.max(...off)}`);
      console.log(`      gradients against differences: ${Math.max(...off).toExponential(1)} (bound 1e-5)`);
    });

    it("learns as the definition does, whoever learns together", () => {
      const learn = (by: Backend) => {
        const { state, randoms } = groupOf(5, 30);
        const news = new RandomStream(3, "news");
        for (let k = 0; k < 14; k++) {
          for (let agent = 0; agent < 5; agent++) {
            if ((k + agent) % 3 > 0) remember(state, agent, randomTransition(13, news));
          }
          assert.deepEqual(update(state, randoms, by), []);
        }
        return state;
      };
      const off = networkDistance(learn(backend), learn(plainBackend(loopMultiplier)));
      assert.ok(off < 1e-5, `off by ${off}`);
      console.log(`      14 updates against the definition: ${off.toExponential(1)} (bound 1e-5)`);
    });

    it("reports who diverges and leaves the others alone", () => {
      const learn = (poisoned: boolean) => {
        const { state, randoms } = groupOf(3, 30);
        if (poisoned) partOf(state.networks.critic, 1, 1411)[40] = NaN;
        state.due.fill(2);
        return { state, divergences: update(state, randoms, backend) };
      };
      const { state, divergences } = learn(true);
      assert.deepEqual(divergences, [{ agent: 1, what: "critic loss", value: NaN }]);
      assert.deepEqual([...state.diverged], [0, 1, 0]);
      const { state: healthy } = learn(false);
      for (const agent of [0, 2]) {
        const [found, expected] = [state, healthy].map(each => partOf(each.networks.critic, agent, 1411));
        assert.ok(distance(found, expected) < 1e-6);
      }
    });
  });
}

function recordedBatch(): Minibatch {
  const { state, randoms } = recordedGroup();
  return drawBatch(state.settings, Int32Array.of(0, 1), state.replays, randoms);
}
