import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { checkCase } from "./check.js";
import { loadPreset, readOptions } from "./index.js";

interface Parts {
  [name: string]: Parts;
}

/** Faults of a preset's case of two houses, one of whose files is changed, or is not there. */
async function faultsOf(preset: string, file: string, change?: (content: Parts) => unknown): Promise<string[]> {
  const { options, generate } = await loadPreset(preset);
  const { case: value, files } = await generate(readOptions(options, { houses: 2 }).values as never);
  return await withFolder(async folder => {
    for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data);
    if (change === undefined) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), JSON.stringify(change(JSON.parse(files[file] as string) as Parts)));
    const { faults } = await checkCase({ value, folder });
    return faults.map(({ path, problem }) => `${path}: ${problem.replace(`${folder}/`, "")}`);
  });
}

describe("a case with a torn file", () => {
  const parameters = {
    "weather.csv": "federates.weather.params.file",
    "premises.json": "federates.houses.params.premises",
    "feeder.json": "federates.feeder.params.feeder",
    "bulk.json": "federates.bulk.params.system",
    "agents.json": "federates.prosumers.params.agents",
  };

  for (const [file, parameter] of Object.entries(parameters))
    it(`names ${file} where it is not there`, async () => {
      const [fault, ...more] = await faultsOf("pet", file);
      assert.match(fault, new RegExp(`^${parameter}: ${file}.* cannot be read: it does not exist\\.$`, "i"));
      assert.deepEqual(more, []);
    });

  it("names the parts that a file lacks", async () => {
    assert.deepEqual(await faultsOf("pet", "premises.json", () => null), [
      'federates.houses.params.premises: premises.json has no "site", "schedules", "premises".',
    ]);
    assert.deepEqual(await faultsOf("pet", "feeder.json", ({ premises, building }) => ({ premises, building })), [
      'federates.feeder.params.feeder: feeder.json has no "feeder".',
    ]);
    assert.deepEqual(await faultsOf("pet", "bulk.json", ({ bulk }) => ({ bulk })), [
      'federates.bulk.params.system: bulk.json has no "load", "outages", "dispatch", "swing".',
    ]);
  });

  it("has a fault for each value that the model refuses", async () => {
    const torn = (content: Parts) => {
      const [first, second] = content.premises as unknown as { house?: Parts; appliances?: unknown; pv: unknown }[];
      delete first.house;
      first.appliances = 3;
      second.pv = { ratedKw: -5, inverterKw: 5, inverterEfficiency: 0.9 };
      return content;
    };
    const path = "federates.houses.params.premises";
    assert.deepEqual(await faultsOf("pet", "premises.json", torn), [
      `${path}: F0_house_A0: house is missing. Describe its envelope and cooling.`,
      `${path}: F0_house_A0: appliances is no list. Give one, empty where there are none.`,
      `${path}: F0_house_A1: pv.ratedKw is -5. Give a number above 0.`,
    ]);
  });
});
