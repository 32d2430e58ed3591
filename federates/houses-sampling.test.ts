import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readOptions } from "../cases/options.js";
import pem from "../cases/pem/index.js";
import { defineFederate, type AnyFederate, type CaseShape } from "../runtime/index.js";
import { runCase, scripted, withFolder } from "../testing/case-runner.js";
import houses from "./houses.js";

const COUNT = 3;
/** Until then no house comes to the next hour of its appliances; they would be held until the next step. */
const UNTIL_S = 500;

interface Seen {
  readonly seconds: number[];
  readonly air: number[][];
  readonly loadKw: number[];
}

/** Keeps what the houses show; their load at every look is that of the last step and what it has changed since. */
const observer = defineFederate({
  params: z.strictObject({ names: z.array(z.string()) }),
  inputs: ({ names }) => ({
    air: { type: "vector", elements: names, unit: "degF", wakes: "any" },
    load: { type: "vector", elements: names, unit: "kW" },
    change: { type: "number", unit: "W", initial: 0 },
  }),
  outputs: {},
  create: () => ({ state: { seconds: [], air: [], loadKw: [] } as Seen }),
  step(seen, { seconds, inputs }) {
    seen.seconds.push(seconds);
    seen.air.push([...inputs.air]);
    seen.loadKw.push(inputs.load.reduce((sum, kw) => sum + kw, inputs.change / 1000));
    return undefined;
  },
});

async function observe(params: { readonly stepSeconds: number; readonly sampleSeconds?: number }): Promise<Seen> {
  const { values } = readOptions(pem.options, { houses: COUNT });
  const { case: shape, files } = await pem.generate(values);
  const { houses: names, batteryBandsKw } = shape.federates.houses.params as Record<string, never>;
  const vector = { type: "vector", elements: names } as const;
  const bench = scripted(
    {
      ...{ temperature: { type: "number", unit: "degF" }, humidity: { type: "number", unit: "1" } },
      ...{ solarDirect: { type: "number", unit: "W/ft2" }, solarDiffuse: { type: "number", unit: "W/ft2" } },
      ...{ cooling: vector, voltage: { ...vector, unit: "pu" } },
    },
    [
      {
        seconds: 0,
        outputs: {
          ...{ temperature: 100, humidity: 0.2, solarDirect: 60, solarDiffuse: 10 },
          ...{ cooling: new Float64Array(COUNT), voltage: new Float64Array(COUNT).fill(0.98) },
        },
      },
      { seconds: 7, outputs: { cooling: Float64Array.of(1, 0, 1) } },
      { seconds: 38, outputs: { cooling: Float64Array.of(0, 1, 1) } },
      { seconds: 300, outputs: { cooling: Float64Array.of(0, 0, 1) } },
    ],
  );
  const ports = ["temperature", "humidity", "solarDirect", "solarDiffuse", "cooling", "voltage"];
  const test: CaseShape = {
    ...{ name: "houses", start: shape.start, until: `${UNTIL_S}s`, seed: 0 },
    federates: {
      bench: { use: "bench" },
      houses: {
        ...{ use: "houses", period: params.stepSeconds },
        params: { premises: "premises.json", houses: names, batteryBandsKw, ...params },
      },
      observer: { use: "observer", params: { names } },
    },
    links: [
      ...ports.map(port => `bench.${port} -> houses.${port}`),
      "houses.airTemperature -> observer.air",
      "houses.houseLoad -> observer.load",
      ...(params.sampleSeconds === undefined ? [] : ["houses.loadChange -> observer.change"]),
    ],
  };
  return await withFolder(async folder => {
    writeFileSync(join(folder, "premises.json"), files["premises.json"]);
    const kinds = { bench, houses: houses as unknown as AnyFederate, observer: observer as unknown as AnyFederate };
    const host = await runCase(test, { folder, kinds });
    return host.members[2]?.state as Seen;
  });
}

describe("houses that are looked at between their steps", () => {
  it("are as warm, and draw as much, as houses that step every second", async () => {
    const sampled = await observe({ stepSeconds: 15, sampleSeconds: 2 });
    const stepped = await observe({ stepSeconds: 1 });
    const at = new Map(stepped.seconds.map((seconds, k) => [seconds, k]));
    let [worstF, worstKw] = [0, 0];
    sampled.seconds.forEach((seconds, k) => {
      const same = at.get(seconds) ?? NaN;
      for (let i = 0; i < COUNT; i++) worstF = Math.max(worstF, Math.abs(sampled.air[k][i] - stepped.air[same][i]));
      worstKw = Math.max(worstKw, Math.abs(sampled.loadKw[k] - stepped.loadKw[same]));
    });
    console.log(`      ${worstF.toExponential(1)} °F and ${worstKw.toExponential(1)} kW apart (bounds 1e-3 and 1e-9)`);
    assert.ok(worstF < 1e-3);
    assert.ok(worstKw < 1e-9);
  });

  it("show themselves on both grids only, although cooling switches in between", async () => {
    const { seconds } = await observe({ stepSeconds: 15, sampleSeconds: 2 });
    const expected = Array.from({ length: UNTIL_S + 1 }, (_, k) => k).filter(k => k % 2 === 0 || k % 15 === 0);
    assert.deepEqual(seconds, expected);
  });
});
