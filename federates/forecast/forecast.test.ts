import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exampleDescription, exampleSetting } from "../../models/premises/testing/example-premises.js";
import { assemble, type AnyFederate, type CaseShape } from "../../runtime/index.js";
import { readText, runCase, withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../../tools/testing/gridloom.js";
import tracer from "../tracer/tracer.js";
import weather from "../weather.js";
import forecast from "./forecast.js";

const kinds = { weather, forecast, tracer } as unknown as Record<string, AnyFederate>;

const HEADER =
  "time [s],temperature [degF],humidity [1],solarDirect [W/ft2],solarDiffuse [W/ft2],pressure [mbar],windSpeed [mph]";

/** Two days of hourly weather, of which no two hours are alike. */
const HOURS = Array.from({ length: 49 }, (_, hour) => {
  const sun = Math.max(Math.sin(((hour - 6) / 12) * Math.PI), 0);
  return [3600 * hour, 70 + hour / 4, 0.3 + hour / 200, 60 * sun + (sun > 0 ? hour / 8 : 0), 10 * sun, 920, 5];
});
const PERFECT = { envelope: 0 };
const HORIZONS = ["1h", "2h", "6h"];

const vector = (unit: string, elements: readonly string[] = HORIZONS) => ({ type: "vector", unit, elements });

function shapeOf(folder: string, params: object, until = "24h"): CaseShape {
  writeFileSync(join(folder, "weather.csv"), [HEADER, ...HOURS.map(row => row.join(",")), ""].join("\n"));
  const inputs = {
    temperature: { type: "number", unit: "degF" },
    temperatures: vector("degF"),
    humidities: vector("1"),
    suns: vector("W/ft2"),
  };
  return {
    name: "sky",
    start: "2013-07-01T00:00:00-07:00",
    until,
    seed: 7,
    federates: {
      weather: { use: "weather", period: "1h", params: { file: "weather.csv" } },
      forecast: { use: "forecast", period: "1h", params: { file: "weather.csv", horizons: HORIZONS, ...params } },
      tracer: { use: "tracer", params: { inputs } },
    },
    links: [
      "weather.temperature -> tracer.temperature",
      "forecast.temperature -> tracer.temperatures",
      "forecast.humidity -> tracer.humidities",
      "forecast.solarDirect -> tracer.suns",
    ],
  };
}

interface Traced {
  readonly time: number;
  readonly input: string;
  readonly value: number | readonly number[];
}

async function traced(folder: string, params: object, until?: string): Promise<Traced[]> {
  await runCase(shapeOf(folder, params, until), { folder, kinds });
  return readText(folder, "trace.jsonl")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as Traced);
}

const valueAt = (lines: readonly Traced[], input: string, hour: number) =>
  lines.find(line => line.input === input && line.time === 3600 * hour)?.value;

describe("the forecast federate", () => {
  it("without error tells what the weather federate publishes later", () =>
    withFolder(async folder => {
      const lines = await traced(folder, { error: PERFECT });
      for (let hour = 0; hour + 6 <= 24; hour++) {
        const later = [1, 2, 6].map(lead => valueAt(lines, "temperature", hour + lead));
        assert.deepEqual(valueAt(lines, "temperatures", hour), later);
      }
    }));

  it("beyond the file's end expects the same hour of its last day", () =>
    withFolder(async folder => {
      const lines = await traced(folder, { error: PERFECT }, "48h");
      const temperatureF = (hour: number) => HOURS[hour][1];
      assert.deepEqual(valueAt(lines, "temperatures", 45), [46, 47, 27].map(temperatureF));
    }));

  it("errs within its envelope, differently every hour and for every quantity", () =>
    withFolder(async folder => {
      const lines = await traced(folder, {});
      const errors = Array.from({ length: 24 }, (_, hour) => {
        const of = (input: string, column: number) =>
          (valueAt(lines, input, hour) as readonly number[]).map((value, i) => {
            const lead = [1, 2, 6][i];
            return value - HOURS[hour + lead][column];
          });
        return { temperature: of("temperatures", 1), humidity: of("humidities", 2) };
      });
      assert.ok(
        errors.every(({ temperature }) => temperature.every(error => error !== 0 && Math.abs(error) < 0.08 * 85)),
      );
      assert.equal(new Set(errors.flatMap(({ temperature }) => temperature)).size, 72);
      const scaled = errors.map(({ temperature, humidity }) => temperature[0] / 80 - humidity[0] / 0.35);
      assert.ok(scaled.every(difference => Math.abs(difference) > 1e-6));
    }));

  it("names horizons that do not rise, premises of other houses and a weather that is not there", () =>
    withFolder(async folder => {
      const load = (use: string) => Promise.resolve(kinds[use]);
      const { site, schedules } = exampleSetting;
      const premises = [exampleDescription("home")];
      writeFileSync(join(folder, "premises.json"), JSON.stringify({ site, schedules, premises }));
      const faults = async (params: object) =>
        (await assemble(shapeOf(folder, params), folder, load)).faults.map(
          ({ path, problem }) => `${path}: ${problem}`,
        );
      const [twice] = await faults({ horizons: ["1h", "1h", "2h"] });
      assert.match(twice, /forecast\.params\.horizons: "1h" is not later than "1h" before it/);
      assert.match((await faults({ horizons: ["0s", "1h", "2h"] }))[0], /"0s" is not ahead/);
      const [others] = await faults({ premises: { file: "premises.json", houses: ["other"] } });
      assert.match(others, /params\.premises\.houses: The names differ from those of premises\.json, first at place 0/);
      const [noFile] = await faults({ premises: { file: "none.json", houses: ["home"] } });
      assert.match(noFile, /params\.premises\.file: .*none\.json/);
      assert.match((await faults({ file: "none.csv" }))[0], /params\.file: none\.csv/);
      assert.match((await faults({ error: { bias: 0.6 } }))[0], /bias/);
    }));

  it("draws the same numbers in one process and in three", () =>
    withFolder(folder => {
      const shape = { format: "gridloom-case/1", ...shapeOf(folder, {}) };
      writeFileSync(join(folder, "case.json"), JSON.stringify(shape));
      for (const hosts of ["1", "each"]) {
        const { code, stderr } = gridloom(folder, "launch", ".", "--out", `hosts-${hosts}`, "--hosts", hosts);
        assert.equal(code, 0, stderr);
      }
      const trace = (hosts: string) => readFileSync(join(folder, `hosts-${hosts}/trace.jsonl`), "utf8");
      assert.equal(trace("1"), trace("each"));
      assert.ok(trace("1").includes('"input":"suns"'));
    }));
});
