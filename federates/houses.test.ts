import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readOptions } from "../cases/options.js";
import pet from "../cases/pet/index.js";
import {
  assemble,
  defineFederate,
  LocalHost,
  requireAssembly,
  type AnyFederate,
  type CaseShape,
} from "../runtime/index.js";
import { loadFederate } from "./registry.js";

const HOUSES = 3;
const SETPOINT_F = 74;
const BAND_F = 2;

/** Holds a set-point and keeps what it sees. */
const resident = defineFederate({
  params: z.strictObject({ names: z.array(z.string()) }),
  inputs: ({ names }) => ({
    air: { type: "vector", elements: names, unit: "degF" },
    mode: { type: "vector", elements: names },
    pv: { type: "vector", elements: names, unit: "W" },
    available: { type: "vector", elements: names, unit: "kW" },
  }),
  outputs: ({ names }) => ({
    setpoint: { type: "vector", elements: names, unit: "degF", starts: true },
    cooling: { type: "vector", elements: names, starts: true },
    voltage: { type: "vector", elements: names, unit: "pu", starts: true },
  }),
  create: ({ names }) => ({
    state: { air: [] as number[][], mode: [] as number[][], fedShare: [] as number[] },
    outputs: {
      setpoint: new Float64Array(names.length).fill(SETPOINT_F),
      cooling: new Float64Array(names.length),
      voltage: new Float64Array(names.length).fill(1),
    },
  }),
  step(state, { inputs }) {
    state.air.push([...inputs.air]);
    state.mode.push([...inputs.mode]);
    if (inputs.available[0] > 0) state.fedShare.push(-inputs.pv[0] / (1000 * 0.9 * inputs.available[0]));
    return undefined;
  },
});

interface Seen {
  readonly air: readonly (readonly number[])[];
  readonly mode: readonly (readonly number[])[];
  readonly fedShare: readonly number[];
}

describe("houses with thermostats", function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-houses-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function shape(thermostat: unknown, orders: readonly string[]): Promise<CaseShape> {
    const generated = await pet.generate(
      readOptions(pet.options, { houses: HOUSES, days: 1, step: 15, behaviour: "corrected", seed: 0 }).values,
    );
    for (const [name, text] of Object.entries(generated.files)) writeFileSync(join(folder, name), text);
    const { houses, weather } = generated.case.federates;
    const { houses: names } = houses.params as { houses: string[] };
    const watched = [
      "airTemperature -> b.air",
      "systemMode -> b.mode",
      "pvPower -> b.pv",
      "pvAvailable -> b.available",
    ];
    return {
      ...{ name: "thermostats", start: "2013-07-01T00:00:00-07:00", until: "24h", behaviour: "corrected" },
      federates: {
        weather,
        houses: {
          ...houses,
          params: { ...(houses.params as object), ...(thermostat !== undefined && { thermostat }) },
        },
        b: { use: "resident", period: "15s", params: { names } },
      },
      links: [
        ...["temperature", "humidity", "solarDirect", "solarDiffuse"].map(port => `weather.${port} -> houses.${port}`),
        ...orders.map(link => ({ from: link.split(" -> ")[0], to: link.split(" -> ")[1], delay: "1s" })),
        { from: "b.voltage", to: "houses.voltage", delay: "1s" },
        ...watched.map(port => `houses.${port}`),
      ],
    };
  }

  const load = (use: string) =>
    use === "resident" ? Promise.resolve(resident as unknown as AnyFederate) : loadFederate(use, folder);

  async function live(cycleSeconds: number): Promise<Seen> {
    const given = await shape({ deadBandF: BAND_F, cycleSeconds }, ["b.setpoint -> houses.coolingSetpoint"]);
    const host = new LocalHost(await requireAssembly(given, folder, load), {
      openFile: () => assert.fail("no file expected"),
      log: () => undefined,
    });
    await host.create();
    await host.advance();
    return host.members[2]?.state as Seen;
  }

  async function faults(thermostat: unknown, orders: readonly string[]): Promise<string[]> {
    const { faults: found } = await assemble(await shape(thermostat, orders), folder, load);
    return found.map(({ path, problem }) => `${path}: ${problem}`);
  }

  it("hold every house in its band to within what the air moves in a step", async () => {
    const { air, mode } = await live(0);
    const settled = air.slice(1440);
    const moves = settled.slice(1).map((row, k) => Math.max(...row.map((airF, i) => Math.abs(airF - settled[k][i]))));
    const beyondF = Math.max(...settled.flatMap(row => row.map(airF => Math.abs(airF - SETPOINT_F) - BAND_F / 2)));
    console.log(
      `      beyond the band by ${beyondF.toFixed(3)} degF at most (bound: one step's move, ${Math.max(...moves).toFixed(3)})`,
    );
    assert.ok(beyondF <= Math.max(...moves));
    assert.deepEqual(new Set(mode.flat()), new Set([1, 4]));
  });

  it("let no unit switch within its cycle", async () => {
    const { mode } = await live(600);
    for (let i = 0; i < HOUSES; i++) {
      const switches = mode.flatMap((row, k) => (k > 0 && row[i] !== mode[k - 1][i] ? [15 * k] : []));
      assert.ok(switches.length > 4);
      assert.ok(switches.slice(1).every((seconds, k) => seconds - switches[k] >= 600));
    }
  });

  it("feed all that their arrays give when nobody tells their inverters otherwise", async () => {
    const { fedShare } = await live(0);
    assert.ok(fedShare.length > 1000);
    assert.ok(fedShare.every(share => Math.abs(share - 1) < 1e-12));
  });

  it("are commanded by a switch or by a set-point, never by both or by the wrong one", async () => {
    const thermostat = { deadBandF: BAND_F, cycleSeconds: 0 };
    const both = await faults(thermostat, ["b.setpoint -> houses.coolingSetpoint", "b.cooling -> houses.cooling"]);
    const wrong = await faults(undefined, ["b.setpoint -> houses.coolingSetpoint"]);
    assert.equal(both.length, 1);
    assert.match(both[0], /cooling/);
    assert.match(wrong.join("\n"), /coolingSetpoint/);
  });

  it("refuse a dead band of 0 with its value and bound before anything runs", async () => {
    const found = await faults({ deadBandF: 0, cycleSeconds: 120 }, ["b.setpoint -> houses.coolingSetpoint"]);
    assert.deepEqual(found, ["federates.houses.params.thermostat: deadBandF is 0 degF. Give a width above 0."]);
  });
});
