import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, runCase, withFolder } from "../../testing/case-runner.js";
import type { AnyFederate, CaseShape } from "../../runtime/index.js";
import tracer from "../tracer/tracer.js";
import player from "./player.js";

const kinds: Record<string, AnyFederate> = {
  player: player as unknown as AnyFederate,
  tracer: tracer as unknown as AnyFederate,
};

function shape(params: object, until: string): CaseShape {
  return {
    name: "played",
    start: "2020-01-01T00:00:00Z",
    until,
    federates: {
      player: { use: "player", params: { file: "load.csv", outputs: { load: { unit: "kW" } }, ...params } },
      tracer: { use: "tracer", params: { inputs: { load: { type: "number", unit: "kW" } } } },
    },
    links: ["player.load -> tracer.load"],
  };
}

/** Times and values that the tracer saw. */
async function play(csv: string, params: object, until: string): Promise<number[][]> {
  return withFolder(async folder => {
    writeFileSync(join(folder, "load.csv"), csv);
    await runCase(shape(params, until), { folder, kinds });
    const lines = readText(folder, "trace.jsonl").trimEnd().split("\n");
    return lines.map(line => {
      const { time, value } = JSON.parse(line) as { time: number; value: number };
      return [time, value];
    });
  });
}

const day = "time [s],load [kW]\n0,1\n60,4\n90,2\n";

describe("player", () => {
  it("publishes each row at its time and holds it", async () => {
    assert.deepEqual(await play(day, {}, "2m"), [
      [0, 1],
      [60, 4],
      [90, 2],
    ]);
  });

  it("repeats a profile", async () => {
    const seen = await play(day, { repeat: "120s" }, "5m");
    assert.deepEqual(
      seen.map(([time]) => time),
      [0, 60, 90, 120, 180, 210, 240, 300],
    );
    assert.deepEqual(seen[6], [240, 1]);
  });

  it("goes along the lines between rows, across a repetition too", async () => {
    const seen = await play(day, { interpolation: "linear", period: "30s", repeat: "120s" }, "150s");
    assert.deepEqual(seen, [
      [0, 1],
      [30, 2.5],
      [60, 4],
      [90, 2],
      [120, 1],
      [150, 2.5],
    ]);
  });

  const faults: readonly (readonly [csv: string, params: object, until: string, expected: RegExp])[] = [
    ["time,lod\n0,1\n", {}, "0s", /load\.csv, line 1, column load: The column is missing; there are time, lod/],
    ["time,load [W]\n0,1\n", {}, "0s", /line 1, column load: It is in "W"; "kW" is expected/],
    ["time,load\n0,1\n60,NaN\n", {}, "1m", /line 3, column load: "NaN" is no number/],
    ["time,load\n0,1\n60,1\n30,1\n", {}, "1m", /line 4, column time: 30 comes after 60/],
    ["time,load\n60,1\n", {}, "1m", /line 2, column time: The first row is at 60 s/],
    [
      "time,load\n0,1\n60,1\n300,1\n",
      { maxGap: "60s" },
      "5m",
      /line 4, column time: A gap of 240 s is longer than 60 s/,
    ],
    ["time,load\n0,1\n60,1\n", {}, "1h", /line 3, column time: The file ends at 60 s, too early/],
    [
      "time,load\n0,1\n60,1\n",
      { interpolation: "linear", period: 10 },
      "61s",
      /The file ends at 60 s; the case goes on until 61 s/,
    ],
    ["time,load\n0,1\n60,1\n", { interpolation: "linear" }, "60s", /Interpolation needs a period/],
    ["time,load\n0,1\n60,1\n", { repeat: "60s" }, "1h", /The last row, at 60 s, is not before the repetition at 60 s/],
  ];
  for (const [csv, params, until, expected] of faults) {
    it(`refuses before the start: ${expected.source.slice(0, 60)}`, () =>
      withFolder(async folder => {
        writeFileSync(join(folder, "load.csv"), csv);
        await assert.rejects(runCase(shape(params, until), { folder, kinds }), {
          code: "COSIM_CASE_INVALID",
          message: expected,
        });
      }));
  }
});
