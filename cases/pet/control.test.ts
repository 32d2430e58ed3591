import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type CaseFile } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import { checkCase } from "../check.js";
import { readOptions } from "../options.js";
import { override } from "../overrides.js";
import { twinOf } from "../twins.js";
import pet from "./index.js";

type Given = Readonly<Record<string, unknown>>;
type Row = readonly (number | string)[];
type Windows = readonly Readonly<Record<string, Row>>[];

interface Ran {
  readonly summary: Readonly<Record<string, number>>;
  /** Windows of a class in the order of time, and a reader of one of its fields. */
  table(metrics: string): { windows: Windows; read(window: number, object: string, field: string): number | string };
}

async function runPet<T>(given: Given, until: string, twin: string | undefined, look: (ran: Ran) => T): Promise<T> {
  return await withFolder(async folder => {
    const { values, faults } = readOptions(pet.options, given);
    assert.deepEqual(faults, []);
    const { case: shape, files } = await pet.generate(values);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const made = twin === undefined ? shape : (override(shape, twinOf(shape, twin)) as CaseFile);
    const { folder: out, summary } = await run(
      { ...made, until, record: "metrics" },
      { folder, out: join(folder, "out") },
    );
    return look({
      summary: summary as Record<string, number>,
      table(metrics) {
        const file = JSON.parse(readFileSync(join(out, `${metrics}_pet_metrics.json`), "utf8")) as Record<
          string,
          never
        >;
        const windows: Windows = Object.entries(file).flatMap(([key, row]) => (/^\d+$/.test(key) ? [row] : []));
        const places = file.Metadata as Readonly<Record<string, { index: number }>>;
        return { windows, read: (window, object, field) => windows[window][object][places[field].index] };
      },
    });
  });
}

/** How far beyond its band any house gets, once it has been inside since the last change of its set-point. */
function beyondBandF({ table }: Ran): number {
  const [house, comfort] = [table("house"), table("comfort")];
  let worst = -Infinity;
  for (const name of Object.keys(house.windows[0])) {
    let hasSettled = false;
    let lastSetpointF = NaN;
    house.windows.forEach((_, k) => {
      const value = (field: string) => Number(house.read(k, name, field));
      const setpointF = value("air_temperature_setpoint_cooling");
      const half = Number(comfort.read(k, name, "deadband")) / 2;
      const beyond =
        Math.max(value("air_temperature_max") - setpointF, setpointF - value("air_temperature_min")) - half;
      hasSettled = setpointF === lastSetpointF && (hasSettled || beyond <= 0);
      lastSetpointF = setpointF;
      if (hasSettled) worst = Math.max(worst, beyond);
    });
  }
  return worst;
}

describe("control of the PET case", function () {
  this.timeout(120_000);

  it("by set-point keeps every house in its dead band, but for what the air moves in a step", async () => {
    const beyond = (step: number) =>
      runPet({ control: "setpoint", cycleSeconds: 0, step }, "8h", undefined, beyondBandF);
    const [coarse, fine] = [await beyond(15), await beyond(5)];
    console.log(
      `      beyond the band: ${coarse.toFixed(3)} degF at 15 s (bound 0.5), ${fine.toFixed(3)} at 5 s (bound 0.17)`,
    );
    assert.ok(coarse < 0.5 && fine < 0.5 / 3);
  });

  it("by set-point with demand response lets set-points rise with the price", async () => {
    const given = { control: "setpoint", demandResponse: "clearing-price" };
    const [cheap, dear] = await runPet(given, "24h", undefined, ({ table }) => {
      const [house, comfort, auction] = [table("house"), table("comfort"), table("auction")];
      const price = (k: number) => Number(auction.read(k, "Market_1", "clearing_price"));
      const order = auction.windows.map((_, k) => k).sort((a, b) => price(a) - price(b));
      const names = Object.keys(house.windows[0]);
      const meanOffset = (windows: readonly number[]) =>
        windows.reduce((sum, k) => {
          const moved = (name: string) =>
            Number(house.read(k, name, "air_temperature_setpoint_cooling")) -
            Number(comfort.read(k, name, "setpoint_avg"));
          return sum + names.reduce((all, name) => all + moved(name), 0);
        }, 0) /
        (windows.length * names.length);
      return [meanOffset(order.slice(0, 57)), meanOffset(order.slice(-57))];
    });
    console.log(`      offset in the cheapest fifth ${cheap.toFixed(2)} degF, in the dearest ${dear.toFixed(2)} degF`);
    assert.ok(dear > cheap + 0.5 && dear > 0);
  });

  it("without a market: no bid, the utility's price, all the sun; energy is balanced", async () => {
    const [market, none] = [
      await runPet({}, "24h", undefined, ({ summary }) => summary),
      await runPet({}, "24h", "noMarket", ({ summary }) => summary),
    ];
    const show = (key: string) => `${key} ${market[key].toFixed(4)}, without market ${none[key].toFixed(4)}`;
    for (const key of ["energyImportedKwh", "peakKw", "pvEnergyKwh", "meanIndoorTempF", "meanClearingPriceUsdPerKwh"])
      console.log(`      ${show(key)}`);
    assert.equal(none.clearedKwh, 0);
    assert.ok(Math.abs(none.meanClearingPriceUsdPerKwh / none.meanLmpUsdPerKwh - 1) < 0.01);
    assert.ok(none.pvEnergyKwh > market.pvEnergyKwh);
    for (const { worstEnergyBalanceWh } of [market, none]) assert.ok(Math.abs(worstEnergyBalanceWh) < 0.01);
  });

  it("lets no more take part than were asked for, and all of those when everybody needs cooling", async () => {
    const counts = await runPet({ participation: 0.4 }, "3h", undefined, ({ table }) => {
      const { windows, read } = table("house_bids");
      return windows
        .slice(1)
        .map((bids, k) => Object.keys(bids).filter(name => read(k + 1, name, "role") !== "none-participant").length);
    });
    assert.ok(counts.every(count => count <= 12) && counts.some(count => count === 12), `${counts.join()}`);
  });

  it("adds nothing to the case when left alone, and is free of faults in every combination, as are its twins", () =>
    withFolder(async folder => {
      const make = async (given: Given) => {
        const { case: shape, files } = await pet.generate(readOptions(pet.options, { houses: 4, ...given }).values);
        for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
        return shape;
      };
      const { prosumers, houses } = (await make({})).federates;
      const expected = ["agents", "houses", "marketSeconds", "bidSeconds", "priceCapUsdPerKwh", "inverterEfficiency"];
      assert.deepEqual(Object.keys(prosumers.params ?? {}), expected);
      assert.ok(!Object.hasOwn(houses.params ?? {}, "thermostat"));
      const combinations = ["switch", "setpoint"].flatMap(control =>
        ["off", "clearing-price", "lmp"].map(demandResponse => ({ control, demandResponse, participation: 0.5 })),
      );
      for (const given of [...combinations, { ...combinations[5], feeders: 2, deadBand: 1.5 }]) {
        const shape = await make(given);
        for (const value of [shape, override(shape, twinOf(shape, "noMarket"))])
          assert.deepEqual((await checkCase({ value, folder })).faults, []);
      }
    }));

  it("gives the same bytes in one process and in a process for each federate", () =>
    withFolder(folder => {
      const options = ["--control", "setpoint", "--demand-response", "lmp", "--participation", "0.5", "--houses", "6"];
      assert.equal(gridloom(folder, "generate", "pet", "--out", "case", ...options).code, 0);
      const [one, each] = ["1", "each"].map(hosts => {
        const { code, stderr } = gridloom(folder, "launch", "case", "--out", hosts, "--hosts", hosts, "--until", "20m");
        assert.equal(code, 0, stderr);
        return (JSON.parse(readFileSync(join(folder, hosts, "manifest.json"), "utf8")) as { files: object }).files;
      });
      assert.ok(Object.keys(one).length > 10);
      assert.deepEqual(each, one);
    }));

  it("refuses what contradicts itself or lies beyond its bounds", async () => {
    const made = (given: Given) => pet.generate(readOptions(pet.options, given).values);
    assert.throws(() => made({ cycleSeconds: 60 }), /--cycle-seconds is 60, but with --control switch/);
    const { faults } = readOptions(pet.options, { participation: 1.1, deadBand: 0, cycleSeconds: -5 });
    assert.deepEqual(
      faults.map(({ problem }) => /^--[\w-]+ is [^,]+/.exec(problem)?.[0]),
      ["--participation is 1.1", "--dead-band is 0", "--cycle-seconds is -5"],
    );
    await withFolder(async folder => {
      const { case: shape, files } = await made({ houses: 2, control: "setpoint" });
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      const value = override(shape, ["federates.houses.params.thermostat.deadBandF[1]=0"]);
      const found = (await checkCase({ value, folder })).faults.map(({ path, problem }) => `${path}: ${problem}`);
      assert.deepEqual(found, [
        "federates.houses.params.thermostat: deadBandF of F0_house_A1 is 0 degF. Give a width above 0.",
      ]);
    });
  });
});
