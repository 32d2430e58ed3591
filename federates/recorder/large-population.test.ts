import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { readText, runCase, scripted, withFolder, type ScriptEntry } from "../../testing/case-runner.js";
import type { AnyFederate, CaseShape, OutputDeclarations } from "../../runtime/index.js";
import { recorder } from "./index.js";

const fields = (["min", "avg", "max", "last", "energy"] as const).map(statistic => ({
  name: statistic,
  units: "kW",
  statistic,
  input: "load",
}));

function rig(size: number, params: object): { shape: CaseShape; kinds: Record<string, AnyFederate> } {
  const names = Array.from({ length: size }, (_, i) => `H${i}`);
  const outputs: OutputDeclarations = {
    load: { type: "vector", unit: "kW", elements: names },
    price: { type: "number" },
  };
  const script = Array.from({ length: 21 }, (_, k): ScriptEntry => {
    const load = Float64Array.from(names, (_name, i) => ((i * 37 + k * 101) % 997) / 100 - 2);
    return { seconds: 15 * k, outputs: { load, price: k } };
  });
  const inputs = { load: { type: "vector", unit: "kW", elements: "houses" }, price: { type: "number" } };
  const all = {
    names: { houses: names },
    inputs,
    metrics: [{ class: "load", elements: "houses", fields, singles: ["H7", "H1*9"] }],
  };
  const shape: CaseShape = {
    name: "large",
    start: "2020-01-01T00:00:00Z",
    until: "5m",
    federates: { source: { use: "source" }, recorder: { use: "recorder", params: { ...all, ...params } } },
    links: ["source.load -> recorder.load", "source.price -> recorder.price"],
  };
  return { shape, kinds: { source: scripted(outputs, script), recorder: recorder as unknown as AnyFederate } };
}

async function windowOf(size: number, params: object): Promise<Record<string, number[]>> {
  return withFolder(async folder => {
    const { shape, kinds } = rig(size, { series: { enabled: false }, ...params });
    await runCase(shape, { folder, kinds });
    return JSON.parse(readText(folder, "load_large_metrics.json"))["300"] as Record<string, number[]>;
  });
}

const closeTo = (found: number, wanted: number) =>
  assert.ok(Math.abs(found - wanted) <= 1e-8 * Math.max(1, Math.abs(wanted)), `${found} is not ${wanted}`);

describe("a large population", () => {
  it("is aggregated above 1,000 objects: statistics of the single objects, which a pattern still shows", async () => {
    assert.equal(Object.keys(await windowOf(1000, {})).length, 1000);
    const [found, singles] = [await windowOf(1201, {}), await windowOf(1201, { record: "all" })];
    assert.deepEqual(Object.keys(found).slice(0, 4), ["min", "mean", "max", "sum"]);
    const shown = Object.keys(singles).filter(name => /^(H7|H1.*9)$/.test(name));
    assert.deepEqual(Object.keys(found).slice(4), shown);
    for (const name of shown) assert.deepEqual(found[name], singles[name]);
    fields.forEach((_, column) => {
      const values = Object.values(singles).map(row => row[column]);
      const sum = values.reduce((a, b) => a + b, 0);
      assert.equal(found.min[column], Math.min(...values));
      assert.equal(found.max[column], Math.max(...values));
      closeTo(found.mean[column], sum / values.length);
      closeTo(found.sum[column], sum);
    });
  });

  it("gives a series that Arrow reads with equal values, elements or aggregates", () =>
    withFolder(async parent => {
      for (const [size, width] of [
        [3, 3],
        [1001, 4],
      ]) {
        const folder = mkdtempSync(join(parent, "run-"));
        const { shape, kinds } = rig(size, { series: { period: "15s", rows: 8 }, metrics: [] });
        await runCase(shape, { folder, kinds });
        const table = tableFromIPC(readFileSync(join(folder, "series.arrow")));
        assert.equal(table.numRows, 21);
        assert.equal(table.batches.length, 3);
        assert.deepEqual(
          [...(table.getChild("time")?.toArray() as Float64Array)],
          Array.from({ length: 21 }, (_, k) => 15 * k),
        );
        assert.deepEqual(
          [...(table.getChild("price")?.toArray() as Float64Array)],
          Array.from({ length: 21 }, (_, k) => k),
        );
        const row = [...(table.getChild("load")?.get(5) as Iterable<number>)];
        const load = Array.from({ length: size }, (_, i) => ((i * 37 + 5 * 101) % 997) / 100 - 2);
        const sum = load.reduce((a, b) => a + b, 0);
        assert.deepEqual(row, width === 3 ? load : [Math.min(...load), sum / size, Math.max(...load), sum]);
        const field = table.schema.fields.find(({ name }) => name === "load");
        assert.equal(field?.metadata.get("unit"), "kW");
        assert.equal((JSON.parse(field?.metadata.get("elements") ?? "[]") as string[]).length, width);
      }
    }));

  it("gives a series that is read up to its last batch when the run was killed", () =>
    withFolder(async folder => {
      const { shape, kinds } = rig(3, { series: { period: "15s", rows: 8 }, metrics: [] });
      await runCase(shape, { folder, kinds, close: false });
      assert.equal(tableFromIPC(readFileSync(join(folder, "series.arrow"))).numRows, 16);
    }));
});
