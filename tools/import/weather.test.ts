import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { epwText, inventedHours, stampHours, tmy3Text, withCell } from "../../models/weather/testing/weather-texts.js";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../testing/gridloom.js";

const week = stampHours("06-30 20:00", 2013, inventedHours(24 * 7));
const july = ["--from", "07-01", "--days", "2"];

const skyCase = {
  format: "gridloom-case/1",
  name: "sky",
  start: "2013-07-01T00:00:00-08:00",
  until: "48h",
  federates: {
    weather: { use: "weather", period: "300s", params: { file: "weather.csv" } },
    tracer: { use: "tracer", params: { inputs: { sun: { type: "number", unit: "W/ft2" } } } },
  },
  links: ["weather.solarDirect -> tracer.sun"],
};

describe("gridloom import", () => {
  for (const [format, text] of [
    ["tmy3", tmy3Text(week)],
    ["epw", epwText(week)],
  ]) {
    it(`${format} writes the weather that a weather federate plays`, () =>
      withFolder(folder => {
        writeFileSync(join(folder, "lake.txt"), text);
        writeFileSync(join(folder, "case.json"), JSON.stringify(skyCase));
        const { code, stdout, stderr } = gridloom(folder, "import", format, "lake.txt", ...july);
        assert.equal(code, 0, stderr);
        assert.match(stdout, /Wrote .*weather\.csv: 2 days from 2013-07-01 00:00 on, 577 rows\./);
        assert.match(stdout, /latitude 36\.5, longitude -115\.25, UTC-8 h/);
        assert.equal(gridloom(folder, "launch", ".", "--out", "run").code, 0);
        const trace = readFileSync(join(folder, "run/trace.jsonl"), "utf8").trim().split("\n");
        const noon = trace
          .map(line => JSON.parse(line) as { time: number; value: number })
          .find(x => x.time === 43_200);
        const recorded = week.find(({ day, hour }) => day === 1 && hour === 12);
        assert.ok(Math.abs((noon?.value ?? 0) / 0.09290304 - (recorded?.direct ?? 0)) < 1e-2);
      }));
  }

  it("says where a file is at fault, writes nothing and ends with 2", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "lake.txt"), withCell(tmy3Text(week), 13, 13, "-9900"));
      const { code, stdout, stderr } = gridloom(folder, "import", "tmy3", "lake.txt", "--out", "x", ...july);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(
        stderr,
        /^COSIM_DATA_INVALID: lake\.txt, line 13, column Dry-bulb \(C\): "-9900" stands for a missing/,
      );
      assert.doesNotMatch(stderr, /\n\s+at /);
    }));

  const refused: readonly (readonly [what: string, args: readonly string[], expected: RegExp])[] = [
    [
      "a file that is not there",
      ["tmy3", "none.tm3"],
      /^COSIM_DATA_INVALID: none\.tm3 cannot be read: it does not exist/,
    ],
    ["a folder", ["epw", "."], /^COSIM_DATA_INVALID: \. cannot be read: it is a folder/],
    [
      "a day that is none",
      ["tmy3", "x", "--from", "02-30"],
      /^COSIM_OPTION_INVALID: --from is "02-30", which is no day/,
    ],
    ["29 February of a common year", ["tmy3", "x", "--from", "02-29"], /no day of 2013/],
    ["a text for a day", ["tmy3", "x", "--from", "July"], /^COSIM_OPTION_INVALID: --from is "July"/],
    ["no days", ["tmy3", "x", "--days", "0"], /^COSIM_OPTION_INVALID: --days/],
    [
      "an unknown format",
      ["grib", "x"],
      /^COSIM_OPTION_INVALID: "grib" is no format to import\. Formats are tmy3, epw/,
    ],
    ["a planned format", ["opendss", "x"], /^COSIM_NOT_BUILT: `gridloom import opendss` is not built yet/],
  ];
  for (const [what, args, expected] of refused) {
    it(`refuses ${what}`, () =>
      withFolder(folder => {
        const { code, stderr } = gridloom(folder, "import", ...args);
        assert.equal(code, 2);
        assert.match(stderr, expected);
      }));
  }
});
