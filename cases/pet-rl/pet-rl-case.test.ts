import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingPackages } from "../../federates/learning/load-backend.js";
import { LEARNING_MODES } from "../../federates/prosumers/learning-params.js";
import { run, type CaseFile } from "../../index.js";
import { readText } from "../../testing/case-runner.js";
import { checkCase } from "../check.js";
import { readOptions } from "../options.js";
import petRl from "./index.js";
import type { PetRlOptions } from "./options.js";

const SMALL: PetRlOptions = {
  ...{ houses: 4, days: 1, step: 15, backend: "plain", mode: "seller-buyer" },
  ...{ trainShare: 0.5, behaviour: "corrected", seed: 0, settle: undefined },
};

describe("the pet-rl case", function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-pet-rl-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function generate(options: Partial<PetRlOptions> = {}): Promise<CaseFile> {
    const { case: shape, files } = await petRl.generate({ ...SMALL, ...options });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return shape;
  }

  const learning = (shape: CaseFile) =>
    (shape.federates.prosumers.params as { learning: Record<string, unknown> }).learning;

  async function faultsOf(change: (learning: Record<string, unknown>) => void): Promise<string[]> {
    const shape = structuredClone(await generate());
    change(learning(shape));
    const { faults } = await checkCase({ folder, value: shape });
    return faults.map(({ path, problem }) => `${path}: ${problem}`);
  }

  it("names its backend whatever is installed: TensorFlow.js with wasm unless another is asked for", async () => {
    assert.equal(
      learning(await generate({ ...readOptions(petRl.options, {}).values, houses: 1 })).backend,
      "tfjs-wasm",
    );
    assert.equal(learning(await generate({ backend: "plain" })).backend, "plain");
  });

  it("refuses before the run what cannot be: a training beyond the run, a share above 1, a backend that is none", async () => {
    assert.deepEqual(await faultsOf(() => undefined), []);
    const late = await faultsOf(params => (params.trainSeconds = 86_401));
    assert.match(late.join(), /learning\.trainSeconds: The training of 86401 s is longer than the run of 86400 s/);
    assert.match(
      (await faultsOf(params => (params.trainShare = 1.5))).join(),
      /prosumers\.params\.learning\.trainShare/,
    );
    assert.match((await faultsOf(params => (params.backend = "torch"))).join(), /prosumers\.params\.learning\.backend/);
    assert.match((await faultsOf(params => (params.learningRate = -1))).join(), /learning\.learningRate/);
    assert.match((await faultsOf(params => (params.batch = 0))).join(), /prosumers\.params\.learning\.batch/);
  });

  it("says before the run which package a backend lacks, and asks for none where no network learns", async function () {
    if (missingPackages("tfjs-node").length === 0) this.skip();
    const faults = await faultsOf(params => (params.backend = "tfjs-node"));
    assert.match(faults.join(), /The backend "tfjs-node" needs @tensorflow\/tfjs-node, not installed here/);
    assert.deepEqual(await faultsOf(params => Object.assign(params, { backend: "tfjs-node", mode: "ramp" })), []);
  });

  it("balances its energy in every window and counts its agents in every mode", async () => {
    for (const mode of LEARNING_MODES) {
      const { summary } = await run(
        { ...(await generate({ mode })), until: "2h" },
        { folder, out: join(folder, mode) },
      );
      const { worstEnergyBalanceWh, energyImportedKwh, divergedAgents, marketRounds } = summary as Record<
        string,
        number
      >;
      assert.ok(Math.abs(worstEnergyBalanceWh) < 0.005 * ((1000 * energyImportedKwh) / 24), mode);
      assert.deepEqual([divergedAgents, marketRounds], [0, 24]);
    }
  });

  it("goes on where its agents diverge: they bid by their ramp, and the summary says how many", async () => {
    const shape = structuredClone(await generate());
    Object.assign(learning(shape), { learningRate: 1e38 });
    const { summary } = await run({ ...shape, until: "4h" }, { folder, out: join(folder, "run") });
    assert.ok(Number(summary.divergedAgents) >= 1);
    assert.equal(summary.marketRounds, 48);
    const log = readFileSync(join(folder, "run", "logs", "prosumers.log"), "utf8");
    assert.match(log, /F0_house_A\d\/buyer has diverged: its [a-z ]+ is/);
  });

  it("writes a curve for each agent", async () => {
    await run({ ...(await generate()), until: "4h" }, { folder, out: join(folder, "run") });
    const metrics = JSON.parse(readText(join(folder, "run"), "learning_pet-rl_metrics.json")) as Record<
      string,
      Record<string, number[]>
    >;
    const { index } = (metrics.Metadata as unknown as Record<string, { index: number }>).exploration;
    const agents = Object.keys(metrics["7200"]);
    assert.equal(agents.length, 8);
    assert.ok(agents.includes("F0_house_A3/seller") && agents.includes("F0_house_A3/buyer"));
    const curve = [3600, 7200, 14_400].map(time => metrics[String(time)]["F0_house_A3/buyer"][index]);
    assert.deepEqual(
      curve.map(value => Number(value.toFixed(4))),
      [0.2667, 0.1, 0],
    );
  });
});
