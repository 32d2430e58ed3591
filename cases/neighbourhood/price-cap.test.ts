import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentEntry } from "../../federates/agents/agents-file.js";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { checkCase } from "../check.js";
import pet from "../pet/index.js";
import { readOptions } from "../options.js";
import type { CaseFile } from "../schema.js";

/** A small case in a folder of its own, its files written there. */
async function inFolder<T>(given: object, use: (shape: CaseFile, folder: string) => Promise<T>): Promise<T> {
  return await withFolder(async folder => {
    const { case: shape, files } = await pet.generate(readOptions(pet.options, { houses: 2, ...given }).values);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use(structuredClone(shape), folder);
  });
}

const capsOf = async (behaviour: string) => {
  const { files } = await pet.generate(readOptions(pet.options, { houses: 60, behaviour }).values);
  return (JSON.parse(String(files["agents.json"])) as { agents: AgentEntry[] }).agents.map(
    entry => entry.agent.priceCapUsdPerKwh,
  );
};

describe("the market's price cap", () => {
  it("is the most that corrected households bid; published ones have caps of their own from 1 to 3 USD/kWh", async () => {
    assert.deepEqual(new Set(await capsOf("corrected")), new Set([1]));
    const published = await capsOf("published");
    assert.ok(published.every(cap => cap >= 1 && cap <= 3) && new Set(published).size > 50);
  });

  it("is known to the agents, so that one who might bid above it is found before the run", async () => {
    await inFolder({}, async (shape, folder) => {
      Object.assign(shape.federates.prosumers.params as object, { priceCapUsdPerKwh: 0.5 });
      const { faults } = await checkCase({ folder, value: shape });
      assert.deepEqual(faults.map(({ path }) => path), Array(2).fill("federates.prosumers.params.agents")); // prettier-ignore
      assert.match(faults[0].problem, /priceCapUsdPerKwh is 1, above the market's cap of 0.5 USD\/kWh/);
    });
  });

  it("stops a run in which somebody bids above it, by the name of the house; a published market clips the bid", async () => {
    for (const behaviour of ["corrected", "published"]) {
      await inFolder({ behaviour, settle: "none" }, async (shape, folder) => {
        Object.assign(shape.federates.prosumers.params as object, { givenPrices: "prices.json" });
        writeFileSync(join(folder, "prices.json"), JSON.stringify(Array(200).fill([1.5, 0])));
        const held = run({ ...shape, until: "8h", record: "none" }, { folder, out: join(folder, "run") });
        if (behaviour === "published") await held;
        else
          await assert.rejects(held, /\w+: bids a price of 1.5 USD\/kWh. Bid from 0 to 1 USD\/kWh, the market's cap/);
      });
    }
  });
});
