import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readOptions } from "../cases/options.js";
import pet from "../cases/pet/index.js";
import { defineFederate, LocalHost, requireAssembly, type AnyFederate, type CaseShape } from "../runtime/index.js";
import { loadFederate } from "./registry.js";

const HOUSES = 2;

/** Publishes what it is told, once, before the start; keeps what it sees. */
const bench = defineFederate({
  params: z.strictObject({ cooling: z.number(), pvKw: z.number(), price: z.number(), names: z.array(z.string()) }),
  inputs: ({ names }) => ({
    air: { type: "vector", elements: names, unit: "degF" },
    pv: { type: "vector", elements: names, unit: "W" },
    available: { type: "vector", elements: names, unit: "kW" },
    school: { type: "number", unit: "W" },
  }),
  outputs: ({ names }) => ({
    cooling: { type: "vector", elements: names, starts: true },
    pvSetpoint: { type: "vector", elements: names, unit: "kW", starts: true },
    voltage: { type: "vector", elements: names, unit: "pu", starts: true },
    price: { type: "number", unit: "USD/kWh", starts: true },
  }),
  create: ({ cooling, pvKw, price, names }) => ({
    state: { air: [] as number[], pvKw: [] as number[], availableKw: [] as number[], schoolKw: [] as number[] },
    outputs: {
      cooling: new Float64Array(names.length).fill(cooling),
      pvSetpoint: new Float64Array(names.length).fill(pvKw),
      voltage: new Float64Array(names.length).fill(1),
      price,
    },
  }),
  step(state, { inputs }) {
    state.air.push(inputs.air[0]);
    state.pvKw.push(-inputs.pv[0] / 1000);
    state.availableKw.push(inputs.available[0]);
    state.schoolKw.push(inputs.school / 1000);
    return undefined;
  },
});

interface Seen {
  air: number[];
  pvKw: number[];
  availableKw: number[];
  schoolKw: number[];
}

describe("houses and building as federates", function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-premises-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function day(
    behaviour: "published" | "corrected",
    orders: { cooling: number; pvKw: number; price: number },
  ): Promise<Seen> {
    const generated = await pet.generate(
      readOptions(pet.options, { houses: HOUSES, days: 1, step: 15, behaviour, seed: 0 }).values,
    );
    for (const [file, text] of Object.entries(generated.files)) writeFileSync(join(folder, file), text);
    const { weather, houses, building } = generated.case.federates;
    const names = (houses.params as { houses: string[] }).houses;
    const feedback = ["cooling", "pvSetpoint", "voltage"].map(port => ({
      from: `bench.${port}`,
      to: `houses.${port}`,
      delay: "1s",
    }));
    const sky = ["temperature", "humidity", "solarDirect", "solarDiffuse"].map(
      port => `weather.${port} -> houses.${port}`,
    );
    const shape: CaseShape = {
      name: "premises",
      start: generated.case.start,
      until: "24h",
      behaviour,
      federates: { weather, houses, building, bench: { use: "bench", period: "15min", params: { ...orders, names } } },
      links: [
        ...sky,
        ...sky.filter(link => !link.includes("humidity")).map(link => link.replace("houses", "building")),
        ...feedback,
        { from: "bench.price", to: "building.price", delay: "1s" },
        "houses.airTemperature -> bench.air",
        "houses.pvPower -> bench.pv",
        "houses.pvAvailable -> bench.available",
        "building.power -> bench.school",
      ],
    };
    const load = (use: string, from: string) =>
      use === "bench" ? Promise.resolve(bench as unknown as AnyFederate) : loadFederate(use, from);
    const host = new LocalHost(await requireAssembly(shape, folder, load), {
      openFile: () => assert.fail("no file expected"),
      log: () => undefined,
    });
    await host.create();
    await host.advance();
    return host.members[3]?.state as Seen;
  }

  it("keep a house cool that cools all day and let one heat up that never does", async () => {
    const [cooled, free] = await Promise.all(
      [1, 0].map(cooling => day("corrected", { cooling, pvKw: 0, price: 0.02 })),
    );
    assert.ok(Math.max(...free.air) > 100, `free ${Math.max(...free.air)}`);
    assert.ok(Math.max(...cooled.air.slice(20)) < Math.max(...free.air) - 20);
  });

  it("feed what the array gives when corrected, and whatever they are told when published", async () => {
    const corrected = await day("corrected", { cooling: 0, pvKw: 5, price: 0.02 });
    corrected.pvKw.forEach((kw, i) => assert.ok(kw <= 0.9 * corrected.availableKw[i] + 1e-9));
    assert.equal(Math.abs(corrected.pvKw[4]), 0);
    const published = await day("published", { cooling: 0, pvKw: 5, price: 0.02 });
    assert.equal(published.pvKw[4], 5);
  });

  it("let the school save when power is dear", async () => {
    const energy = async (price: number) =>
      (await day("corrected", { cooling: 0, pvKw: 0, price })).schoolKw.reduce((sum, kw) => sum + kw / 4, 0);
    const [cheap, dear] = [await energy(0.02), await energy(0.3)];
    assert.ok(dear < 0.97 * cheap, `${dear} kWh against ${cheap} kWh`);
  });
});
