import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentEntry } from "../../federates/agents/agents-file.js";
import type { PremisesFile } from "../../federates/houses.js";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import { feedersOf } from "../neighbourhood/feeders.js";
import { readOptions } from "../options.js";
import pet from "./index.js";

const generate = (given: object) => pet.generate(readOptions(pet.options, { ...given }).values);

type Summary = Readonly<Record<string, number>>;

async function summaryOf(given: object, until: string): Promise<Summary> {
  return withFolder(async folder => {
    const { case: shape, files } = await generate(given);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { summary } = await run({ ...shape, until, record: "none" }, { folder, out: join(folder, "run") });
    return summary as Summary;
  });
}

describe("the PET case with several feeders", function () {
  this.timeout(120_000);

  it("shares the same houses and agents out, as evenly as they can be, under names of their own", async () => {
    const one = (await generate({ houses: 37 })).files;
    const two = (await generate({ houses: 37, feeders: 2 })).files;
    const parse = <T>(text: unknown) => JSON.parse(text as string) as T;
    const [all, first, second] = [one["premises.json"], two["premises.json"], two["premises_F1.json"]].map(
      text => parse<PremisesFile>(text).premises,
    );
    assert.deepEqual([first.length, second.length], [19, 18]);
    assert.equal(second[0].name, "F1_house_A0");
    const houses = (list: typeof all) => list.map(({ name: _, ...house }) => house);
    assert.deepEqual(houses([...first, ...second.slice(0, 11)]), houses(all.slice(0, 30)));
    const [agents, some, others] = [one["agents.json"], two["agents.json"], two["agents_F1.json"]].map(
      text => parse<{ agents: AgentEntry[] }>(text).agents,
    );
    const known = (list: typeof agents) => list.map(({ agent }) => agent);
    assert.deepEqual(known([...some, ...others.slice(0, 11)]), known(agents.slice(0, 30)));
  });

  it("leaves no house over and no feeder without one", () => {
    for (const [houses, feeders] of [
      [1, 1],
      [7, 3],
      [95, 3],
      [1000, 2],
    ]) {
      const shared = feedersOf(houses, feeders);
      const names = shared.flatMap(({ places }) => places.map(place => place.house));
      assert.equal(new Set(names).size, houses);
      assert.deepEqual(
        shared.map(({ first }) => first),
        shared.map((_, f) => shared.slice(0, f).reduce((sum, { places }) => sum + places.length, 0)),
      );
      const sizes = shared.map(({ places }) => places.length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }
    assert.throws(() => feedersOf(2, 3), { code: "COSIM_OPTION_INVALID", message: /--feeders is 3.*only 2 houses/ });
  });

  it("uses the energy of one feeder, at a price that is the same at every bus while no line binds", async () => {
    const one = await summaryOf({}, "4h");
    const two = await summaryOf({ feeders: 2 }, "4h");
    const sum = (key: string) => two[key] + two[`${key}_F1`];
    const off = ["energyImportedKwh", "hvacEnergyKwh", "clearedKwh"].map(key => Math.abs(sum(key) / one[key] - 1));
    console.log(
      `      energy, cooling and trade of two feeders off those of one: ${off.map(x => `${(100 * x).toFixed(2)} %`).join(", ")} (bounds 0.5 %, 2 %, 2 %)`,
    );
    assert.ok(off[0] < 0.005 && off[1] < 0.02 && off[2] < 0.02);
    assert.ok(Math.abs(two.meanLmpUsdPerKwh - two.meanLmpUsdPerKwh_F1) < 1e-9);
    assert.ok(Math.abs(two.meanLmpUsdPerKwh / one.meanLmpUsdPerKwh - 1) < 1e-3);
    assert.ok(Math.abs(two.minVoltagePu - two.minVoltagePu_F1) > 1e-4);
    for (const key of ["worstEnergyBalanceWh", "worstEnergyBalanceWh_F1"]) assert.ok(Math.abs(two[key]) < 0.1);
  });

  it("weighs more in the bulk system with a larger scale", async () => {
    const heavy = await summaryOf({ feeders: 3, feederScale: 500 }, "1h");
    const light = await summaryOf({ feeders: 3, feederScale: 1 }, "1h");
    assert.ok(heavy.meanLmpUsdPerKwh > light.meanLmpUsdPerKwh + 0.0005);
    assert.ok(heavy.clearedKwh_F2 > 0);
  });

  it("gives the same bytes in one process and in one for each federate, forecasts included", () =>
    withFolder(folder => {
      const options = ["--feeders", "2", "--forecast", "uncertain", "--houses", "5"];
      assert.equal(gridloom(folder, "generate", "pet", "--out", "case", ...options).code, 0);
      const filesOf = (hosts: string) => {
        const { code, stderr } = gridloom(folder, "launch", "case", "--until", "40m", "--out", hosts, "--hosts", hosts);
        assert.equal(code, 0, stderr);
        const manifest = readFileSync(join(folder, hosts, "manifest.json"), "utf8");
        return (JSON.parse(manifest) as { files: object }).files;
      };
      const files = filesOf("1");
      assert.deepEqual(filesOf("each"), files);
      assert.ok(Object.keys(files).length > 15);
    }));
});
