import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingPackages } from "../../federates/learning/load-backend.js";
import { loadFederate } from "../../federates/registry.js";
import type { DdpgState } from "../../methods/index.js";
import { decodeImage, encodeImage, type AnyFederate, type LocalHost } from "../../runtime/index.js";
import { readText, runCase, withFolder } from "../../testing/case-runner.js";
import type { CaseFile } from "../schema.js";
import petRl from "./index.js";
import type { PetRlOptions } from "./options.js";

const HOUR = 3600e6;
const METRICS = "learning_pet-rl_metrics.json";

/** Two runs of four hours of training, in folders of their own: one never stopped, one that went on from a checkpoint. */
interface TwoRuns {
  readonly whole: LocalHost;
  readonly resumed: LocalHost;
  /** Learning metrics of both, after they have ended. */
  metrics(): Promise<readonly [string, string]>;
}

async function runTwice(folder: string, backend: PetRlOptions["backend"]): Promise<TwoRuns> {
  const options = {
    houses: 3,
    days: 1,
    step: 15,
    mode: "seller-buyer",
    trainShare: 1,
    seed: 0,
    settle: undefined,
  } as const;
  const { case: generated, files } = await petRl.generate({ ...options, backend, behaviour: "corrected" });
  const shape: CaseFile = { ...structuredClone(generated), until: "4h" };
  Object.assign(shape.federates.recorder.params ?? {}, { csv: [] });
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  for (const place of [one, two]) {
    mkdirSync(place);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  }
  const uses = [...new Set(Object.values(shape.federates).map(({ use }) => use))];
  const kinds: Record<string, AnyFederate> = Object.fromEntries(
    await Promise.all(uses.map(async use => [use, await loadFederate(use, folder)] as const)),
  );
  const whole = await runCase(shape, { folder: one, kinds, close: false });
  const paused = await runCase(shape, { folder: two, kinds, pauseAt: 2 * HOUR, close: false });
  const image = decodeImage(encodeImage(paused.save()));
  const resumed = await runCase(shape, { folder: two, kinds, image, close: false });
  return {
    whole,
    resumed,
    async metrics() {
      await Promise.all([whole.close(), resumed.close()]);
      return [readText(one, METRICS), readText(two, METRICS)];
    },
  };
}

const learned = (host: LocalHost) => (host.save().prosumers.state as { learners: { ddpg: DdpgState } }).learners.ddpg;

describe("training that goes on from a checkpoint", function () {
  this.timeout(120_000);

  it("has the bits of one that never stopped on the plain backend: networks, optimiser, memories, metrics", async () => {
    await withFolder(async folder => {
      const { whole, resumed, metrics } = await runTwice(folder, "plain");
      const { replays, actorMoments } = learned(resumed);
      assert.ok(replays.some(({ stored }) => stored > 5) && actorMoments.steps.some(steps => steps > 0));
      assert.deepEqual(encodeImage(resumed.save()), encodeImage(whole.save()));
      const [expected, ours] = await metrics();
      assert.equal(ours, expected);
    });
  });

  it("is within 1e-6 of it on TensorFlow.js", async function () {
    if (missingPackages("tfjs-wasm").length > 0) {
      console.log(`      skipped: no ${missingPackages("tfjs-wasm").join(" and ")}`);
      this.skip();
    }
    await withFolder(async folder => {
      const { whole, resumed } = await runTwice(folder, "tfjs-wasm");
      const [a, b] = [learned(whole).networks, learned(resumed).networks];
      for (const name of ["actor", "critic", "targetActor", "targetCritic"] as const) {
        const largest = a[name].reduce((worst, value, k) => Math.max(worst, Math.abs(value - b[name][k])), 0);
        console.log(`      ${name}: largest difference ${largest} (bound 1e-6)`);
        assert.ok(largest < 1e-6);
      }
    });
  });
});
