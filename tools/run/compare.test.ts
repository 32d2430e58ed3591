import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { comparisonTable, fileTable } from "../cli/comparison-table.js";
import { compareRuns, type Comparison } from "./compare.js";

/** Compares two runs of which only manifest and summary are there. */
async function compare(
  first: object,
  second: object,
  files: readonly [object, object] = [{}, {}],
): Promise<Comparison> {
  return await withFolder(folder => {
    const folders = [first, second].map((summary, i) => {
      const run = join(folder, String(i));
      mkdirSync(run);
      const manifest = { state: "done", process: { host: "h", pid: 1 }, files: files[i] };
      writeFileSync(join(run, "manifest.json"), JSON.stringify(manifest));
      writeFileSync(join(run, "summary.json"), JSON.stringify(summary));
      return run;
    });
    return compareRuns(folders[0], folders[1]);
  });
}

describe("the comparison of two runs", () => {
  it("has the difference of each value, absolute in its unit and relative to the first run", async () => {
    const { summary } = await compare(
      { peakKw: 200, balanceWh: -4, trades: 0, note: "a", onlyFirst: 1, lost: null },
      { peakKw: 150, balanceWh: -3, trades: 5, note: "b", onlySecond: 2, lost: 3 },
    );
    const byKey = Object.fromEntries(summary.map(pair => [pair.key, pair]));
    const facts = (key: string) => [byKey[key].unit, byKey[key].difference, byKey[key].relativeDifference];
    assert.deepEqual(facts("peakKw"), ["kW", -50, -0.25]);
    assert.deepEqual(facts("balanceWh"), ["Wh", 1, 0.25]);
    assert.deepEqual(facts("trades"), ["", 5, undefined]);
    for (const key of ["note", "onlyFirst", "onlySecond", "lost"]) {
      assert.deepEqual(facts(key), ["", undefined, undefined], key);
    }
  });

  it("begins with energy, peak, bills, comfort, losses, voltage and prices", async () => {
    const keys =
      "trades meanLmpUsdPerKwh minVoltagePu rangeAViolations meanFeederLossesKw maxIndoorTempF degreeHoursAboveBandFh meanBillUsd peakKw energyImportedKwh";
    const { summary } = await compare(Object.fromEntries(keys.split(" ").map(key => [key, 1])), {});
    assert.deepEqual(
      summary.map(({ topic, key }) => `${topic} ${key}`),
      [
        "energy energyImportedKwh",
        "peak peakKw",
        "bills meanBillUsd",
        "comfort maxIndoorTempF",
        "comfort degreeHoursAboveBandFh",
        "losses meanFeederLossesKw",
        "voltage minVoltagePu",
        "voltage rangeAViolations",
        "prices meanLmpUsdPerKwh",
        "other trades",
      ],
    );
  });

  it("reads as a table: signs, units, and nothing where nothing differs", async () => {
    const { summary } = await compare({ peakKw: 200, pvKwh: 5, rounds: 288 }, { peakKw: 201, pvKwh: 5, trades: 3 });
    const lines = comparisonTable(summary, ["base", "twin"]).split("\n");
    assert.deepEqual(
      lines.map(line => line.split(/ {2,}/)),
      [
        ["", "base", "twin", "difference", "unit"],
        ["pvKwh", "5", "5", "kWh"],
        ["peakKw", "200", "201", "+1", "+0.500 %", "kW"],
        ["rounds", "288", "-"],
        ["trades", "-", "3"],
      ],
    );
  });

  it("says of every result file whether it is the same, wall times and ledgers' keys apart", async () => {
    const both = await compare({}, {}, [
      { "a.csv": "1", "b.csv": "2", "c.csv": "3", "trace.json": "4", "ledger/log": "5" },
      { "a.csv": "1", "b.csv": "0", "d.csv": "3", "trace.json": "0", "ledger/log": "0" },
    ]);
    assert.equal(
      fileTable(both),
      [
        "a.csv  same",
        "b.csv  differs",
        "c.csv  only in the first",
        "d.csv  only in the second",
        "The result files are not identical.",
      ].join("\n"),
    );
    assert.equal(
      fileTable(await compare({}, {}, [{ "a.csv": "1" }, { "a.csv": "1" }])),
      "a.csv  same\nAll result files are identical.",
    );
  });
});
