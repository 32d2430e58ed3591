import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { run } from "../../../index.js";
import { readOptions } from "../../options.js";
import pet from "../../pet/index.js";

const SECONDS = 1800;
const HOUSES = 30;

/** A hot evening: the houses begin 18 °F warmer than published, so that they cool and voltages fall. */
const HOTTER_F = 18;

interface Premises {
  readonly premises: readonly { readonly house: { airTemperatureF: number; massTemperatureF: number } }[];
}

/** Present values second by second: one list for each, of one number for each object. */
type Seconds = Readonly<Record<string, readonly Float64Array[]>>;

/** Half an hour of the PET case, with all inputs of the recorder written each second. */
async function hotEvening(folder: string): Promise<{ summary: Record<string, number>; seconds: Seconds }> {
  const options = { houses: HOUSES, days: 1, step: 15, behaviour: "corrected", seed: 0 } as const;
  const { case: shape, files } = await pet.generate(readOptions(pet.options, options).values);
  const premises = JSON.parse(String(files["premises.json"])) as Premises;
  for (const { house } of premises.premises) {
    house.airTemperatureF += HOTTER_F;
    house.massTemperatureF += HOTTER_F;
  }
  const { agents } = JSON.parse(String(files["agents.json"])) as { agents: { agent: { deadbandF: number } }[] };
  for (const [file, text] of Object.entries({ ...files, "premises.json": JSON.stringify(premises) })) {
    writeFileSync(join(folder, file), text);
  }
  const evening = structuredClone(shape);
  Object.assign(evening, { start: "2013-07-01T18:00:00-07:00", until: `${SECONDS}s` });
  Object.assign(evening.federates.recorder.params ?? {}, { series: { period: "1s", rows: 600 } });
  const { folder: out, summary } = await run(evening, { folder, out: join(folder, "run") });
  const deadband = Float64Array.from(agents, ({ agent }) => agent.deadbandF);
  const series = readSeries(readFileSync(join(out, "series.arrow")));
  return {
    summary: summary as Record<string, number>,
    seconds: { ...series, deadband: series.basepoint.map(() => deadband) },
  };
}

const VECTORS = ["airTemperature", "basepoint", "meterVoltagePu", "meterBill", "transformerOverload"];

function readSeries(bytes: Uint8Array): Record<string, Float64Array[]> {
  const table = tableFromIPC(bytes);
  const column = (name: string) =>
    Array.from({ length: table.numRows }, (_, row) =>
      Float64Array.from(table.getChild(name)?.get(row) as Iterable<number>),
    );
  return Object.fromEntries(VECTORS.map(name => [name, column(name)]));
}

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const jain = (values: readonly number[]) =>
  sum(values) ** 2 / (values.length * sum(values.map(value => value * value)));

/** Comfort is sampled: each value stands for the minute before it. */
const MINUTE = 60;

/** The key figures, counted second by second; a value at second t holds until t + 1. */
function bruteForce(seconds: Seconds): Record<string, number> {
  const { airTemperature, basepoint, deadband, meterVoltagePu, meterBill, transformerOverload } = seconds;
  const beyond = (sign: 1 | -1) =>
    Array.from(deadband[0], (width, house) =>
      sum(
        airTemperature.map((air, t) =>
          t === 0 || t % MINUTE > 0 ? 0 : Math.max(0, sign * (air[house] - basepoint[t][house]) - width / 2) / MINUTE,
        ),
      ),
    );
  const [above, below] = [beyond(1), beyond(-1)];
  const outside = above.map((value, house) => value + below[house]);
  const bills = [...meterBill[SECONDS]].slice(0, HOUSES);
  const overload = transformerOverload.slice(0, SECONDS).map(list => Math.max(...list));
  const range = (low: number, high: number) => {
    const isOut = meterVoltagePu.map(list => Array.from(list, value => value < low || value > high));
    const leaves = isOut.map((list, t) => list.filter((out, m) => out && (t === 0 || !isOut[t - 1][m])).length);
    return { count: sum(leaves), seconds: sum(isOut.slice(0, SECONDS).map(list => list.filter(Boolean).length)) };
  };
  const [a, b] = [range(0.95, 1.05), range(0.917, 1.058)];
  return {
    degreeHoursAboveBandFh: sum(above) / HOUSES,
    degreeHoursBelowBandFh: sum(below) / HOUSES,
    worstDegreeHoursOutsideBandFh: Math.max(...outside),
    comfortJainIndex: jain(outside),
    rangeAViolations: a.count,
    rangeADurationS: a.seconds,
    rangeBViolations: b.count,
    rangeBDurationS: b.seconds,
    maxTransformerOverloadPercent: Math.max(...transformerOverload.map(list => Math.max(...list))),
    transformerOverloadHours: overload.filter(value => value > 0).length / 3600,
    meanBillUsd: sum(bills) / HOUSES,
    minBillUsd: Math.min(...bills),
    maxBillUsd: Math.max(...bills),
    billJainIndex: jain(bills),
  };
}

describe("key figures of a hot evening", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-figures-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are those of a count second by second", async () => {
    const { summary, seconds } = await hotEvening(folder);
    const wanted = bruteForce(seconds);
    for (const [key, value] of Object.entries(wanted)) {
      assert.ok(Math.abs(summary[key] - value) <= 1e-8 * Math.max(1, value), `${key}: ${summary[key]}, not ${value}`);
    }
    console.log(
      `      ${Object.entries(wanted)
        .map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
        .join(", ")}`,
    );
    assert.ok(wanted.rangeAViolations > 0 && wanted.degreeHoursAboveBandFh > 0, "there is something to count");
  });
});
