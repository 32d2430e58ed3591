import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type CaseFile } from "../../index.js";
import { needReference, readReferenceColumns, readReferenceRows } from "../../testing/reference.js";
import { readOptions } from "../options.js";
import pet from "./index.js";

const TWO_DAYS_S = 172_800;
const ROUNDS = 576;

type Metrics = Record<string, Record<string, number[]>>;

interface TwoDays {
  readonly summary: Readonly<Record<string, number>>;
  /** 300-s means of the locational marginal price, by end of window. */
  readonly lmp: ReadonlyMap<number, number>;
  readonly inverters: Metrics;
}

describe("the PET case in closed loop, 48 h, published behaviour", function () {
  this.timeout(180_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-pet-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function twoDays(
    name: string,
    behaviour: "published" | "corrected",
    change: (shape: CaseFile) => void,
  ): Promise<TwoDays> {
    const { case: shape, files } = await pet.generate(
      readOptions(pet.options, { houses: 30, days: 2, step: 15, behaviour, seed: 0 }).values,
    );
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const changed: CaseFile = { ...structuredClone(shape), record: "metrics" };
    change(changed);
    const { folder: out, summary } = await run(changed, { folder, out: join(folder, name) });
    const read = (metrics: string) =>
      JSON.parse(readFileSync(join(out, `${metrics}_pet_metrics.json`), "utf8")) as Metrics;
    const lmp = Object.entries(read("bus")).flatMap(([key, row]): [number, number][] =>
      Number.isNaN(Number(key)) ? [] : [[Number(key), row["7"][0]]],
    );
    return { summary: summary as Record<string, number>, lmp: new Map(lmp), inverters: read("inverter") };
  }

  /** Correlation of a run's prices with the first two recorded days of the run with learned bids. */
  function correlationWithRecorded({ lmp }: TwoDays): number {
    const recorded = readReferenceColumns("pemt/r3/bulk-metrics.csv.gz");
    const pairs = [...recorded.time_s].flatMap((time, i): [number, number][] => {
      const ours = lmp.get(time);
      return ours === undefined || time > TWO_DAYS_S ? [] : [[ours, recorded["bus7_LMP_P_USD/kwh"][i]]];
    });
    assert.equal(pairs.length, ROUNDS + 1);
    return correlation(pairs);
  }

  it("imports the energy and keeps the temperature of the recorded controlled run", async function () {
    needReference(this);
    const recordedKwh = 11_417;
    const recordedF = 79.71;
    const result = await twoDays("plain", "published", () => undefined);
    const { energyImportedKwh, meanIndoorTempF } = result.summary;
    const energy = energyImportedKwh / recordedKwh - 1;
    console.log(
      `      energy ${energyImportedKwh.toFixed(0)} kWh, ${(100 * energy).toFixed(2)} % from ${recordedKwh} (bound 3 %)`,
    );
    console.log(`      indoors ${meanIndoorTempF.toFixed(2)} °F, recorded ${recordedF} (bound 1 °F)`);
    console.log(
      `      LMP against two days recorded with learned bids: correlation ${correlationWithRecorded(result).toFixed(4)}` +
        " (0.98 is missed: those agents bid other prices; with their prices see below)",
    );
    assert.ok(Math.abs(energy) < 0.03);
    assert.ok(Math.abs(meanIndoorTempF - recordedF) < 1);
  });

  it("gives the recorded prices of the bulk system when the houses bid the recorded prices", async function () {
    needReference(this);
    writeFileSync(join(folder, "bid-prices.json"), JSON.stringify(recordedBidPrices()));
    const result = await twoDays("replay", "published", shape => {
      Object.assign(shape.federates.prosumers.params ?? {}, { variant: "pet-rl", givenPrices: "bid-prices.json" });
    });
    const found = correlationWithRecorded(result);
    const recorded = readReferenceColumns("pemt/r3/substation.csv.gz");
    const recordedKwh = recorded.real_power_avg_W.slice(0, ROUNDS).reduce((sum, watts) => sum + watts / 12_000, 0);
    const energy = result.summary.energyImportedKwh / recordedKwh - 1;
    console.log(`      correlation of the LMP ${found.toFixed(4)} (bound 0.98)`);
    console.log(
      `      energy ${result.summary.energyImportedKwh.toFixed(0)} kWh, ${(100 * energy).toFixed(2)} % from the recorded ${recordedKwh.toFixed(0)} (bound 3 %)`,
    );
    assert.ok(found > 0.98);
    assert.ok(Math.abs(energy) < 0.03);
  });

  it("creates no energy when corrected: no inverter gives more than its rating and its array", async () => {
    const { inverters, summary } = await twoDays("corrected", "corrected", () => undefined);
    const night = inverters["3600"];
    const solar = Object.keys(night).filter(name => name.startsWith("solar_inv_"));
    assert.equal(solar.length, 30);
    for (const name of solar) assert.equal(Math.abs(night[name][1]), 0);
    assert.ok(Math.abs(summary.worstEnergyBalanceWh) < 0.01, `balance ${summary.worstEnergyBalanceWh} Wh`);
  });
});

/** Prices that the recorded agents bid: a row for each round, a number for each house in order. */
function recordedBidPrices(): number[][] {
  const rows = Array.from({ length: ROUNDS }, () => new Array<number>(30).fill(0));
  for (const { time_s: time, house, bid_price_USD_per_kWh: price } of readReferenceRows("pemt/r3/house-bids.csv.gz")) {
    const round = Number(time) / 300 - 1;
    if (round < ROUNDS) rows[round][Number(house.replace("F0_house_A", ""))] = Number(price);
  }
  return rows;
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const moment = (f: (x: number, y: number) => number) => pairs.reduce((sum, [x, y]) => sum + f(x - a, y - b), 0);
  return moment((x, y) => x * y) / Math.sqrt(moment(x => x * x) * moment((_x, y) => y * y));
}
