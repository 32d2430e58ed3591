import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import {
  assemble,
  defineFederate,
  LocalHost,
  requireAssembly,
  type AnyFederate,
  type CaseShape,
} from "../runtime/index.js";
import { loadFederate } from "./registry.js";

const HEADER =
  "time [s],temperature [degF],humidity [1],solarDirect [W/ft2],solarDiffuse [W/ft2],pressure [mbar],windSpeed [mph]";

const reader = defineFederate({
  params: z.strictObject({}),
  inputs: { temperature: { type: "number", unit: "degF" } },
  outputs: {},
  create: () => ({ state: { seen: [] as number[] } }),
  step(state, { inputs }) {
    state.seen.push(inputs.temperature);
    return undefined;
  },
});

describe("weather", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-weather-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (use: string, from: string) =>
    use === "reader" ? Promise.resolve(reader as unknown as AnyFederate) : loadFederate(use, from);

  function shapeOf(rows: readonly string[], until: string): CaseShape {
    writeFileSync(join(folder, "weather.csv"), [HEADER, ...rows, ""].join("\n"));
    return {
      name: "sky",
      start: "2013-07-01T00:00:00-07:00",
      until,
      federates: {
        weather: { use: "weather", period: "300s", offset: "297s", params: { file: "weather.csv", lead: "3s" } },
        reader: { use: "reader", period: "100s" },
      },
      links: ["weather.temperature -> reader.temperature"],
    };
  }

  it("publishes every record 3 s before its time, and the first one before the start", async () => {
    const shape = shapeOf(["0,70,0.5,0,0,920,5", "300,71,0.5,0,0,920,5", "600,72,0.5,0,0,920,5"], "600s");
    const host = new LocalHost(await requireAssembly(shape, folder, load), {
      openFile: () => assert.fail("no file expected"),
      log: () => undefined,
    });
    await host.create();
    await host.advance();
    assert.deepEqual((host.members[1]?.state as { seen: number[] }).seen, [70, 70, 70, 71, 71, 71, 72]);
  });

  it("refuses an end beyond the file, naming file, line and time", async () => {
    const { faults } = await assemble(shapeOf(["0,70,0.5,0,0,920,5", "300,71,0.5,0,0,920,5"], "24h"), folder, load);
    assert.equal(faults.length, 1);
    assert.match(faults[0].problem, /weather\.csv, line 3.*86400 s/);
  });

  it("refuses humidity in percent and a record that goes back in time", async () => {
    const { faults } = await assemble(shapeOf(["0,70,50,0,0,920,5", "0,71,0.5,0,0,920,5"], "0s"), folder, load);
    assert.match(faults.map(fault => fault.problem).join("\n"), /line 2, column humidity/);
    assert.match(faults.map(fault => fault.problem).join("\n"), /line 3, column time/);
  });
});
