import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { summaryLabel } from "./page.js";
import { PLOTS } from "./plots.js";
import { plotRun, reportRun } from "./report.js";

/** A journal of three windows with one or more objects. */
function journal(
  fields: readonly string[],
  objects: Readonly<Record<string, (t: number, i: number) => unknown>>,
): string {
  const Metadata = Object.fromEntries(fields.map((name, index) => [name, { units: "", index }]));
  const header = JSON.stringify({ Metadata, StartTime: "2013-07-01 00:00:00 PDT" });
  const windows = [300, 600, 900].map(t => {
    const rows = Object.entries(objects).map(([name, value]) => [name, fields.map((_, i) => value(t, i))]);
    return JSON.stringify({ [t]: Object.fromEntries(rows) as unknown });
  });
  return [header, ...windows, ""].join("\n");
}

const spread = (name: string) => ["min", "max", "avg"].map(statistic => `${name}_${statistic}`);
const ramp = (t: number, i: number) => t + [0, 20, 10][i % 3];

/** Every class that a plot shows. */
const JOURNALS: Readonly<Record<string, string>> = {
  house: journal([...spread("air_temperature"), ...spread("hvac_load"), ...spread("total_load")], {
    A: ramp,
    B: t => 2 * t,
  }),
  substation: journal([...spread("real_power"), ...spread("real_power_losses"), "energy_balance"], { node: ramp }),
  bus: journal(["LMP_P"], { 7: t => t / 10000 }),
  auction: journal(["clearing_price"], { Market_1: t => (t === 600 ? null : t / 20000) }),
  gen: journal(["Pgen"], { 1: ramp, 2: ramp }),
  inverter: journal(spread("real_power"), { solar_inv_A: ramp, batt_inv_A: t => -t }),
  billing_meter: journal(spread("voltage12"), { A: () => 240, B: () => 238, School: () => 480 }),
  eplus: journal(spread("electric_demand_power"), { School: ramp }),
};

async function withRun(use: (folder: string) => void): Promise<void> {
  await withFolder(folder => {
    for (const [name, text] of Object.entries(JOURNALS))
      writeFileSync(join(folder, `${name}_small_metrics.jsonl`), text);
    const manifest = {
      case: "small <1>",
      seed: 3,
      state: "done",
      simulatedSeconds: 900,
      wallSeconds: 0.5,
      version: "0",
    };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "summary.json"), '{"energyImportedKwh": 12345.678, "settledRounds": 288}');
    use(folder);
  });
}

describe("report", () => {
  it("is one page with every plot, the summary with units, and nothing from the network", () =>
    withRun(folder => {
      reportRun(folder);
      const page = readText(folder, "report.html");
      for (const name of Object.keys(PLOTS)) assert.ok(page.includes(`id="${name}"`), name);
      assert.equal(page.match(/<svg /g)?.length, Object.keys(PLOTS).length);
      assert.ok(page.includes("energy imported, kWh</th><td>12\u202f345.7</td>"));
      assert.ok(page.includes("small &lt;1&gt;, seed 3") && !page.includes("<1>"));
      assert.ok(!/NaN|undefined|Infinity/.test(page));
      assert.deepEqual(page.match(/(?:href|src)=|url\(/g), null);
    }));

  it("shows a run without metrics, manifest or summary as what it is", () =>
    withFolder(folder => {
      reportRun(folder);
      assert.ok(readText(folder, "report.html").includes("This run recorded no metrics."));
    }));

  it("draws values where they belong: the ends of a line, a gap, only meters of one level", () =>
    withRun(folder => {
      const path = (name: string) =>
        [...readText(folder, `${name}.svg`).matchAll(/class="line"[^>]* d="([^"]*)"/g)].map(m => m[1]);
      plotRun(folder, "generator-dispatch");
      const [unit] = path("generator-dispatch");
      assert.match(unit, /^M\d+(\.\d)? \d+(\.\d)?(L[\d. ]+){2}$/);
      const [[, x1, y1], [, x3, y3]] = [/^M([\d.]+) ([\d.]+)/.exec(unit) ?? [], /L([\d.]+) ([\d.]+)$/.exec(unit) ?? []];
      assert.ok(Number(x1) < Number(x3) && Number(y1) > Number(y3), "later is right, more is up");
      plotRun(folder, "prices");
      assert.equal(path("prices")[1].match(/M/g)?.length, 2);
      plotRun(folder, "meter-voltage");
      assert.ok(!readText(folder, "meter-voltage.svg").includes(">480<"));
    }));

  it("names the plots that there are, and the data that is missing", () =>
    withFolder(folder => {
      assert.throws(() => plotRun(folder, "weather"), {
        code: "COSIM_OPTION_INVALID",
        message: /there are substation-power, /,
      });
      assert.throws(() => plotRun(folder, "prices"), { code: "COSIM_RUN_FOLDER", message: /has not recorded/ });
      assert.throws(() => reportRun(join(folder, "none")), { code: "COSIM_RUN_FOLDER" });
    }));

  it("reads units out of the keys of a summary", () => {
    assert.equal(summaryLabel("meanClearingPriceUsdPerKwh"), "mean clearing price, USD/kWh");
    assert.equal(summaryLabel("meanIndoorTempF"), "mean indoor temp, °F");
    assert.equal(summaryLabel("settledRounds"), "settled rounds");
  });
});
