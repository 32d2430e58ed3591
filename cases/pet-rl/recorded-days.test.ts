import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../index.js";
import { needReference, readReferenceColumns } from "../../testing/reference.js";
import { readOptions } from "../options.js";
import petRl from "./index.js";

const DAY_S = 86_400;
const BOUND_PERCENT = 4;
/** What the recorded run took on each of its four days, kWh. */
const RECORDED_KWH = [5522, 5600, 5919, 4161];

type Metrics = Record<string, Record<string, number[]>>;

describe("four days of learned prices, published behaviour", function () {
  this.timeout(300_000);
  let folder: string;
  let out: string;
  let summary: Readonly<Record<string, unknown>>;

  before(async function () {
    needReference(this);
    folder = mkdtempSync(join(tmpdir(), "gridloom-pet-rl-days-"));
    const { values } = readOptions(petRl.options, { behaviour: "published", backend: "plain" });
    const { case: shape, files } = await petRl.generate(values);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    ({ folder: out, summary } = await run({ ...shape, record: "metrics" }, { folder, out: join(folder, "run") }));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (metrics: string) =>
    JSON.parse(readFileSync(join(out, `${metrics}_pet-rl_metrics.json`), "utf8")) as Metrics;
  /** A field of the only object of a class, by the end of its window (s). */
  const windows = (metrics: string, field: string): [number, number][] => {
    const { Metadata: metadata, ...rows } = read(metrics);
    const { index } = (metadata as unknown as Record<string, { index: number }>)[field];
    return Object.entries(rows).flatMap(([end, objects]): [number, number][] =>
      Number.isNaN(Number(end)) ? [] : [[Number(end), Object.values(objects)[0][index]]],
    );
  };

  it("imports the recorded energy of each day", () => {
    const recorded = readReferenceColumns("pemt/r3/substation.csv.gz");
    const kwhOfDays = (rows: Iterable<readonly [number, number]>) => {
      const days = [0, 0, 0, 0];
      for (const [end, kwh] of rows) days[Math.min(3, Math.floor((end - 1) / DAY_S))] += kwh;
      return days;
    };
    const ours = kwhOfDays(windows("substation", "real_energy").map(([end, wh]) => [end, wh / 1000] as const));
    const theirs = kwhOfDays(
      [...recorded.time_s].map((end, i) => [end, recorded.real_power_avg_W[i] / 12_000] as const),
    );
    ours.forEach((kwh, day) => {
      const percent = 100 * (kwh / RECORDED_KWH[day] - 1);
      assert.ok(Math.abs(theirs[day] - RECORDED_KWH[day]) < 1, "the recorded series has the published sum");
      console.log(
        `      day ${day + 1}: ${kwh.toFixed(0)} kWh, ${percent.toFixed(2)} % from ${RECORDED_KWH[day]} (bound ${BOUND_PERCENT} %)`,
      );
      assert.ok(Math.abs(percent) < BOUND_PERCENT);
    });
  });

  it("has the recorded run's prices and power: mean and extremes", () => {
    const bulk = readReferenceColumns("pemt/r3/bulk-metrics.csv.gz")["bus7_LMP_P_USD/kwh"];
    const power = readReferenceColumns("pemt/r3/substation.csv.gz").real_power_avg_W;
    const lmp = windows("bus", "LMP_P").map(([, price]) => price);
    const ours = windows("substation", "real_power_avg").map(([, watts]) => watts);
    const spread = (values: Iterable<number>) => {
      const list = [...values];
      return [Math.min(...list), list.reduce((sum, value) => sum + value, 0) / list.length, Math.max(...list)];
    };
    const compare = (name: string, [a, b]: readonly number[][], boundPercent: readonly number[]) => {
      const percents = a.map((value, k) => 100 * (value / b[k] - 1));
      const text = (values: readonly number[], digits: number) =>
        values.map(value => value.toFixed(digits)).join(" / ");
      console.log(
        `      ${name}, min / mean / max: ${text(a, 1)}, recorded ${text(b, 1)}; off by ${text(percents, 1)} % (bound ${boundPercent.join(" / ")})`,
      );
      percents.forEach((percent, k) => {
        assert.ok(Math.abs(percent) < boundPercent[k], `${name} ${k}`);
      });
    };
    const perMwh = (values: Iterable<number>) => [...values].map(value => 1000 * value);
    const kw = (values: Iterable<number>) => [...values].map(value => value / 1000);
    compare("LMP, USD/MWh", [spread(perMwh(lmp)), spread(perMwh(bulk))], [10, 10, 10]);
    compare("feeder, kW", [spread(kw(ours)), spread(kw(power))], [10, 4, 10]);
  });

  it("balances its energy and loses no agent", () => {
    const { worstEnergyBalanceWh, divergedAgents } = summary as Record<string, number>;
    const smallestWindowWh = Math.min(...windows("substation", "real_energy").map(([, wh]) => wh));
    assert.ok(Math.abs(worstEnergyBalanceWh) < 0.005 * smallestWindowWh);
    assert.equal(divergedAgents, 0);
  });
});
