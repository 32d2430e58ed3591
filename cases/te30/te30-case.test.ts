import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type CaseFile } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { readOptions } from "../options.js";
import { override } from "../overrides.js";
import { checkCase } from "../check.js";
import { twinOf } from "../twins.js";
import te30 from "./index.js";

type Row = readonly number[];
type Windows = ReadonlyMap<number, Readonly<Record<string, Row>>>;

interface Told {
  readonly clearingPriceUsdPerKwh: number;
  readonly lmpUsdPerKwh: number;
}

interface Ran {
  readonly summary: Readonly<Record<string, number>>;
  readonly rounds: readonly Told[];
  /** Values of one field of a class, by end of window and object. */
  field(metrics: string, name: string): (time: number, object: string) => number;
  readonly times: readonly number[];
}

function generate(given: Readonly<Record<string, unknown>> = {}) {
  const { values, faults } = readOptions(te30.options, given);
  assert.deepEqual(faults, []);
  return te30.generate(values);
}

async function ran(folder: string, name: string, shape: CaseFile): Promise<Ran> {
  const { folder: out, summary } = await run({ ...shape, record: "metrics" }, { folder, out: join(folder, name) });
  const read = (metrics: string) => {
    const file = JSON.parse(readFileSync(join(out, `${metrics}_te30_metrics.json`), "utf8")) as Record<string, never>;
    const windows: Windows = new Map(
      Object.entries(file).flatMap(([key, row]) => (/^\d+$/.test(key) ? [[Number(key), row] as const] : [])),
    );
    return { windows, places: file.Metadata as Readonly<Record<string, { index: number }>> };
  };
  const rounds = readFileSync(join(out, "events.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as Told & { event: string })
    .filter(({ event }) => event === "round");
  const tables = Object.fromEntries(["substation", "house", "comfort", "auction"].map(name => [name, read(name)]));
  return {
    summary: summary as Record<string, number>,
    rounds,
    times: [...tables.substation.windows.keys()],
    field(metrics, name) {
      const { windows, places } = tables[metrics];
      return (time, object) => windows.get(time)?.[object][places[name].index] ?? NaN;
    },
  };
}

/** Largest energy balance of a window over the energy that came in. */
function worstBalance({ field, times }: Ran): number {
  const [balance, energy] = [field("substation", "energy_balance"), field("substation", "real_energy")];
  return Math.max(...times.map(time => Math.abs(balance(time, "network_node") / energy(time, "network_node"))));
}

describe("the te30 pair, 48 h", function () {
  this.timeout(120_000);
  let market: Ran;
  let noMarket: Ran;
  let houses: readonly string[];

  before(() =>
    withFolder(async folder => {
      const { case: shape, files } = await generate();
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      market = await ran(folder, "market", shape);
      noMarket = await ran(folder, "noMarket", override(shape, twinOf(shape, "noMarket")) as CaseFile);
      ({ houses } = shape.federates.houses.params as { houses: string[] });
    }),
  );

  it("balances its energy in every window", () => {
    for (const [name, one] of Object.entries({ market, noMarket })) {
      assert.equal(one.times.length, 576);
      console.log(`      ${name}: worst window ${(100 * worstBalance(one)).toExponential(1)} % (bound 0.5 %)`);
      assert.ok(worstBalance(one) < 0.005);
    }
  });

  it("moves set-points up when power is dear and down when it is cheap", () => {
    const told = market.field("house", "air_temperature_setpoint_cooling");
    const wanted = market.field("comfort", "setpoint_avg");
    const price = market.field("auction", "clearing_price");
    const byPrice = [...market.times].sort((a, b) => price(a, "Market_1") - price(b, "Market_1"));
    const meanOffset = (times: readonly number[]) =>
      times.reduce((sum, t) => sum + houses.reduce((all, h) => all + told(t, h) - wanted(t, h), 0), 0) /
      (times.length * houses.length);
    const [cheap, dear] = [meanOffset(byPrice.slice(0, 115)), meanOffset(byPrice.slice(-115))];
    console.log(`      offset in the cheapest fifth ${cheap.toFixed(2)} degF, in the dearest ${dear.toFixed(2)} degF`);
    assert.ok(cheap < -0.5 && dear > 0.5);
  });

  it("leaves set-points to the schedules where there is no market", () => {
    const told = noMarket.field("house", "air_temperature_setpoint_cooling");
    const wanted = noMarket.field("comfort", "setpoint_avg");
    for (const house of houses) {
      const differ = noMarket.times.filter(time => Math.abs(told(time, house) - wanted(time, house)) > 1e-6);
      assert.ok(differ.length <= 18, `${house}: ${differ.length} windows; a day has four changes, each in one or two`);
    }
  });

  it("uses less cooling when power is dear than its twin without a market, and has the lower peak and price", () => {
    const [ours, theirs] = [market.field("house", "hvac_load_avg"), noMarket.field("house", "hvac_load_avg")];
    const price = noMarket.field("auction", "clearing_price");
    const dear = [...noMarket.times].sort((a, b) => price(b, "Market_1") - price(a, "Market_1")).slice(0, 115);
    const cooling = (field: typeof ours) =>
      dear.reduce((sum, t) => sum + houses.reduce((all, h) => all + field(t, h), 0), 0) / dear.length;
    console.log(
      `      cooling in the dearest fifth: ${cooling(ours).toFixed(1)} kW, without market ${cooling(theirs).toFixed(1)} kW`,
    );
    const show = (key: string) =>
      `${key} ${market.summary[key].toFixed(4)}, without market ${noMarket.summary[key].toFixed(4)}`;
    for (const key of [
      "peakKw",
      "energyImportedKwh",
      "maxClearingPriceUsdPerKwh",
      "meanIndoorTempF",
      "degreeHoursAboveBandFh",
    ])
      console.log(`      ${show(key)}`);
    assert.ok(cooling(ours) < cooling(theirs));
    assert.ok(market.summary.peakKw < noMarket.summary.peakKw);
    assert.ok(market.summary.maxClearingPriceUsdPerKwh < noMarket.summary.maxClearingPriceUsdPerKwh);
    assert.ok(market.summary.degreeHoursAboveBandFh > noMarket.summary.degreeHoursAboveBandFh);
  });

  it("charges the utility's marginal price where there is no market", () => {
    assert.equal(noMarket.rounds.length, 576);
    for (const { clearingPriceUsdPerKwh, lmpUsdPerKwh } of noMarket.rounds)
      assert.ok(Math.abs(clearingPriceUsdPerKwh - lmpUsdPerKwh) <= 0.5e-9);
    assert.equal(noMarket.summary.clearedKwh, 0);
    assert.ok(market.summary.clearedKwh > 0.9 * market.summary.energyImportedKwh);
  });

  it("lets the same sun in both: inverters feed all that their arrays give", () => {
    assert.equal(market.summary.pvEnergyKwh, noMarket.summary.pvEnergyKwh);
    assert.ok(market.summary.pvEnergyKwh > 1500);
  });
});

describe("the te30 case", function () {
  this.timeout(60_000);

  it("is free of faults, and so are its twins", () =>
    withFolder(async folder => {
      const { case: shape, files } = await generate({ days: 1 });
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      assert.deepEqual((await checkCase({ value: shape, folder })).faults, []);
      for (const twin of ["noMarket", "responseOnly"])
        assert.deepEqual((await checkCase({ value: override(shape, twinOf(shape, twin)), folder })).faults, []);
      const faulty = async (...set: string[]) =>
        (await checkCase({ value: override(shape, set), folder })).faults.map(
          ({ path, problem }) => `${path}: ${problem}`,
        );
      assert.deepEqual(await faulty("federates.thermostats.params.participation=1.2"), [
        "federates.thermostats.params.participation: It is 1.2, but a share lies within 0 and 1.",
      ]);
      assert.match(
        (await faulty("federates.thermostats.params.demandResponse=lmp")).join(),
        /agents that bid must obey/,
      );
      assert.match((await faulty("federates.houses.params.thermostat.deadBandF=0")).join(), /deadBandF is 0 degF/);
    }));

  it("deals houses to phases evenly and refuses a phase without houses", async () => {
    const phases = async (given: Readonly<Record<string, unknown>>) => {
      const { case: shape } = await generate(given);
      const { houses } = shape.federates.houses.params as { houses: string[] };
      return ["A", "B", "C"].map(phase => houses.filter(house => house.startsWith(`F0_house_${phase}`)).length);
    };
    assert.deepEqual(await phases({}), [10, 10, 10]);
    assert.deepEqual(await phases({ houses: 8 }), [3, 3, 2]);
    assert.deepEqual(await phases({ houses: 5, phases: "AC" }), [3, 0, 2]);
    assert.throws(() => generate({ houses: 2 }), /--phases ABC names 3 phases, but --houses 2/);
  });

  it("refuses options out of their bounds, each with its value", () => {
    const given = { participation: 1.5, deadBand: 0, cycleSeconds: -1, houses: 0 };
    const { faults } = readOptions(te30.options, given);
    assert.equal(faults.length, 4);
    for (const value of ["1.5", "0", "-1"]) assert.ok(faults.some(({ problem }) => problem.includes(`is ${value},`)));
  });
});
