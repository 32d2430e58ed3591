import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { readOptions } from "../options.js";
import type { CaseFile } from "../schema.js";
import pet from "./index.js";

interface Traced {
  readonly time: number;
  readonly input: string;
  readonly value: unknown;
}

const HOUSES = 6;

/** The first hours of the case with a forecast, without the recorder: what houses have of the sun, what they expect, what they bid. */
async function morning(forecast: string): Promise<readonly Traced[]> {
  return withFolder(async folder => {
    const { case: shape, files } = await pet.generate(readOptions(pet.options, { houses: HOUSES, forecast }).values);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const federates = Object.fromEntries(Object.entries(shape.federates).filter(([name]) => name !== "recorder"));
    const elements = (federates.houses.params as { houses: string[] }).houses;
    const kilowatts = { type: "vector", unit: "kW", elements };
    const inputs = {
      ...{ available: kilowatts, cooling: kilowatts, bids: { type: "json" } },
      ...(forecast !== "none" && { expected: kilowatts, expectedCooling: kilowatts }),
    };
    const links = shape.links.filter(link => !JSON.stringify(link).includes("recorder"));
    const watched: CaseFile = {
      ...shape,
      until: "12h",
      federates: { ...federates, tracer: { use: "tracer", params: { inputs } } },
      links: [
        ...links,
        "houses.pvAvailable -> tracer.available",
        "houses.hvacPower -> tracer.cooling",
        "prosumers.bids -> tracer.bids",
        ...(forecast === "none"
          ? []
          : ["forecast.pvAvailable -> tracer.expected", "forecast.hvacPower -> tracer.expectedCooling"]),
      ],
    };
    const { folder: out } = await run(watched, { folder, out: join(folder, "run") });
    const lines = readFileSync(join(out, "trace.jsonl"), "utf8").trim().split("\n");
    return lines.map(line => JSON.parse(line) as Traced);
  });
}

const vectorsOf = (lines: readonly Traced[], input: string) =>
  new Map(lines.filter(line => line.input === input).map(({ time, value }) => [time, value as readonly number[]]));

/** What all houses offer to sell, kW; the tracer writes a bid only where it differs from the one before. */
function offeredKw(lines: readonly Traced[], time: number): number {
  const bids = lines.findLast(line => line.input === "bids" && line.time <= time)?.value;
  const { role, quantityKw } = bids as { role: string[]; quantityKw: number[] };
  return quantityKw.reduce((sum, kw, i) => sum + (role[i] === "seller" ? kw : 0), 0);
}

/** Second of a period at which a forecast is issued, and from then to the middle of the next. */
const [ISSUED, AHEAD] = [285, 165];

describe("the PET case with forecasts", function () {
  this.timeout(60_000);

  it("perfect: is the power that the arrays have in the middle of the coming period", async () => {
    const lines = await morning("perfect");
    const available = vectorsOf(lines, "available");
    const expected = [...vectorsOf(lines, "expected")].filter(([time]) => available.has(time + AHEAD));
    assert.ok(expected.length > 40, `${expected.length} periods with sun`);
    for (const [time, values] of expected) {
      assert.equal(time % 300, ISSUED);
      values.forEach((kw, i) => {
        assert.ok(Math.abs(kw - available.get(time + AHEAD)![i]) < 1e-12);
      });
    }
  });

  it("perfect: is what cooling draws then, but for the voltage, which nobody foretells", async () => {
    const lines = await morning("perfect");
    const drawn = vectorsOf(lines, "cooling");
    const expected = [...vectorsOf(lines, "expectedCooling")].filter(([time]) => drawn.has(time + AHEAD));
    const off = expected.flatMap(([time, values]) =>
      values.map((kw, i) => Math.abs(kw / drawn.get(time + AHEAD)![i] - 1)),
    );
    const voltage = 0.025;
    console.log(
      `      cooling power of ${expected.length} periods off by ${(100 * Math.max(...off)).toFixed(2)} % at most (bound ${100 * voltage} %)`,
    );
    assert.ok(expected.length > 50 && off.every(part => part < voltage));
  });

  it("lets houses offer otherwise than by the present sun, and with error expects something else", async () => {
    const [none, perfect, uncertain] = await Promise.all(["none", "perfect", "uncertain"].map(morning));
    const rounds = Array.from({ length: 36 }, (_, k) => 9 * 3600 + 300 * k + 298);
    const offers = [none, perfect].map(lines => rounds.map(time => offeredKw(lines, time)));
    const [present, ahead] = offers.map(list => list.reduce((sum, kw) => sum + kw, 0));
    const differing = rounds.filter((_, k) => offers[0][k] !== offers[1][k]).length;
    console.log(
      `      offered in 36 rounds from 9:00 to 12:00: ${present} kW by the present sun, ${ahead} by a perfect forecast; ${differing} rounds differ`,
    );
    assert.ok(differing > 0 && ahead > 0);
    const [exact, erring] = [perfect, uncertain].map(lines => vectorsOf(lines, "expected"));
    const errors = [...erring].map(([time, values]) => values[0] / (exact.get(time)?.[0] ?? NaN) - 1);
    const late = errors.filter(Number.isFinite).slice(-24);
    assert.ok(late.length === 24 && late.every(error => error !== 0 && Math.abs(error) < 0.05));
  });
});
