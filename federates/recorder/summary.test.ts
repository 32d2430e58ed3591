import assert from "node:assert/strict";
import fc from "fast-check";
import { readText, runCase, scripted, withFolder } from "../../testing/case-runner.js";
import type { AnyFederate } from "../../runtime/index.js";
import { jainIndex, reduceAcross } from "./across.js";
import { recorder } from "./index.js";

const HOUSES = ["A", "B", "C"];
const MINUTES = 20;
const SETPOINT_F = 75;
const DEADBANDS_F = [2, 3, 4];
const RANGE: [number, number] = [70, 80];

/** Temperatures of the houses, minute by minute; each holds for its minute. */
type Minutes = readonly (readonly number[])[];

const FIELDS = [
  { name: "above", units: "degF h", statistic: "energyAbove", limit: 0, terms: distance(-0.5) },
  { name: "below", units: "degF h", statistic: "energyBelow", limit: 0, terms: distance(0.5) },
];

function distance(deadbands: number) {
  return [{ input: "temperature" }, { input: "setpoint", weight: -1 }, { input: "deadband", weight: deadbands }];
}

const comfort = (key: string, more: object) => ({
  key,
  class: "rooms",
  field: ["above", "below"],
  over: "sum",
  ...more,
});
const outside = (key: string, statistic: string, more: object) => ({
  key,
  input: "temperature",
  elements: "houses",
  statistic,
  limits: RANGE,
  ...more,
});

const SUMMARY = [
  comfort("meanFh", { across: "mean" }),
  comfort("worstFh", { across: "max" }),
  comfort("twoHousesFh", { objects: ["B", "C"], across: "sum" }),
  comfort("comfortJain", { across: "jain" }),
  comfort("houseBFh", { object: "B" }),
  outside("excursions", "countOutside", { across: "sum" }),
  outside("excursionHours", "durationOutside", { across: "max", scale: 1 / 3600 }),
  { key: "hottestF", input: "temperature", over: "max", statistic: "max" },
];

const vector = { type: "vector", unit: "degF", elements: HOUSES } as const;

async function summaryOf(minutes: Minutes): Promise<Record<string, number>> {
  const source = scripted(
    { temperature: vector, setpoint: vector, deadband: vector },
    minutes.map((row, k) => ({
      seconds: 60 * k,
      outputs: {
        temperature: Float64Array.from(row),
        ...(k === 0 && {
          setpoint: Float64Array.from(HOUSES, () => SETPOINT_F),
          deadband: Float64Array.from(DEADBANDS_F),
        }),
      },
    })),
  );
  const input = { type: "vector", unit: "degF", elements: "houses" };
  const params = {
    names: { houses: HOUSES },
    inputs: { temperature: input, setpoint: input, deadband: { ...input, series: false } },
    metrics: [{ class: "rooms", elements: "houses", fields: FIELDS }],
    summary: SUMMARY,
  };
  let text = "";
  await withFolder(async folder => {
    await runCase(
      {
        name: "small",
        start: "2013-07-01T00:00:00-07:00",
        until: `${MINUTES}m`,
        seed: 1,
        federates: { source: { use: "source" }, recorder: { use: "recorder", params } },
        links: ["temperature", "setpoint", "deadband"].map(name => `source.${name} -> recorder.${name}`),
      },
      { folder, kinds: { source, recorder } as Record<string, AnyFederate> },
    );
    text = readText(folder, "summary.json");
  });
  return JSON.parse(text) as Record<string, number>;
}

/** The same figures, counted minute by minute. */
function bruteForce(minutes: Minutes): Record<string, number> {
  const held = HOUSES.map((_, h) => minutes.map(row => row[h]));
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  const degreeHours = held.map((list, h) =>
    sum(list.slice(0, MINUTES).map(t => Math.max(0, Math.abs(t - SETPOINT_F) - DEADBANDS_F[h] / 2) / 60)),
  );
  const isOut = (t: number) => t < RANGE[0] || t > RANGE[1];
  const entries = (list: readonly number[]) => list.filter((t, k) => isOut(t) && (k === 0 || !isOut(list[k - 1])));
  const squares = sum(degreeHours.map(x => x * x));
  return {
    meanFh: sum(degreeHours) / 3,
    worstFh: Math.max(...degreeHours),
    twoHousesFh: degreeHours[1] + degreeHours[2],
    comfortJain: squares === 0 ? 1 : (sum(degreeHours) * sum(degreeHours)) / (3 * squares),
    houseBFh: degreeHours[1],
    excursions: sum(held.map(list => entries(list).length)),
    excursionHours: Math.max(...held.map(list => list.slice(0, MINUTES).filter(isOut).length / 60)),
    hottestF: Math.max(...held.flat()),
  };
}

describe("the summary", () => {
  it("counts what each object was beyond its limits, over all windows, like a count minute by minute", async () => {
    const row = fc.array(fc.integer({ min: 66, max: 84 }), { minLength: 3, maxLength: 3 });
    const minutes = fc.array(row, { minLength: MINUTES + 1, maxLength: MINUTES + 1 });
    await fc.assert(
      fc.asyncProperty(minutes, async rows => {
        const found = await summaryOf(rows);
        for (const [key, wanted] of Object.entries(bruteForce(rows))) {
          assert.ok(
            Math.abs(found[key] - wanted) <= 1e-9 * Math.max(1, wanted),
            `${key}: ${found[key]}, not ${wanted}`,
          );
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("Jain's fairness index", () => {
  it("is 1 for equals and for nothing, 1/n for one that has everything, k/n for k of n that share", () => {
    assert.equal(jainIndex([4, 4, 4]), 1);
    assert.equal(jainIndex([0, 0, 0]), 1);
    assert.equal(jainIndex([0, 7, 0, 0]), 0.25);
    assert.equal(jainIndex([3, 3, 0, 0, 0]), 0.4);
  });

  it("lies between 1/n and 1 and does not depend on the unit, also with bills below zero", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, list => {
        const index = jainIndex(list);
        assert.ok(index >= 1 / list.length - 1e-12 && index <= 1 + 1e-12);
        assert.ok(Math.abs(jainIndex(list.map(x => 8 * x)) - index) < 1e-12);
      }),
    );
    assert.equal(jainIndex([-2, 0]), jainIndex([0, 2]));
  });

  it("is one of the ways across objects", () => {
    assert.deepEqual(
      (["min", "mean", "max", "sum", "jain"] as const).map(across => reduceAcross([1, 3], across)),
      [1, 2, 3, 4, 0.8],
    );
  });
});
