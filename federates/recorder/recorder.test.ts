import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderEffects, readText, runCase, scripted, withFolder, type ScriptEntry } from "../../testing/case-runner.js";
import {
  decodeImage,
  encodeImage,
  type AnyFederate,
  type CaseShape,
  type OutputDeclarations,
} from "../../runtime/index.js";
import { assembleMetrics, recorder } from "./index.js";

const outputs: OutputDeclarations = {
  temperature: { type: "vector", unit: "degF", elements: ["A", "B"] },
  power: { type: "complex", unit: "VA" },
  clearing: { type: "json" },
  trades: { type: "message" },
};

const script: readonly ScriptEntry[] = Array.from({ length: 41 }, (_, k) => ({
  seconds: 30 * k,
  outputs: {
    temperature: Float64Array.of(70 + k, 80 - k / 3),
    power: { re: 1000 * k, im: -k },
    ...(k % 10 === 0 && k > 0 ? { clearing: { price: 0.01 * k, roles: ["buyer", "seller"] } } : {}),
  },
  messages: k % 7 === 3 ? [{ output: "trades", payload: { buyer: "A", energyWh: k } }] : [],
}));

const params = {
  zone: "PDT",
  names: { houses: ["A", "B"] },
  inputs: {
    temperature: { type: "vector", unit: "degF", elements: "houses" },
    power: { type: "complex", unit: "VA" },
    clearing: { type: "json", optional: true },
    trades: { type: "message" },
  },
  metrics: [
    {
      class: "house",
      elements: "houses",
      prefix: "F0_",
      extra: { scale: 1 },
      fields: [
        { name: "low", units: "degF", statistic: "min", input: "temperature" },
        { name: "mean", units: "degF", statistic: "avg", input: "temperature" },
        { name: "heat", units: "degF", statistic: "max", input: "temperature" },
        { name: "role", units: "", input: "clearing", path: "roles" },
        { name: "none", units: "", constant: 0 },
      ],
    },
    {
      class: "substation",
      elements: ["node"],
      fields: [
        { name: "energy", units: "Wh", statistic: "energy", input: "power", part: "re" },
        {
          name: "balance",
          units: "Wh",
          statistic: "energy",
          terms: [
            { input: "power", part: "re" },
            { input: "power", part: "im", weight: 1000 },
          ],
        },
      ],
    },
    { class: "capacitor", zone: "" },
  ],
  csv: [
    {
      file: "power.csv",
      period: "60s",
      object: "node",
      columns: [
        { name: "power", units: "VA", input: "power" },
        { name: "a", input: "temperature", element: "A" },
      ],
    },
  ],
  summary: [
    { key: "peakKw", statistic: "max", input: "power", part: "re", weight: 0.001 },
    { key: "meanTemperatureF", statistic: "avg", input: "temperature", over: "mean" },
    { key: "worstBalanceWh", class: "substation", field: "balance", over: "worst" },
    { key: "energyWh", class: "substation", field: "energy", over: "sum" },
  ],
  events: ["trades"],
  series: { period: "30s", rows: 7 },
};

const kinds: Record<string, AnyFederate> = {
  source: scripted(outputs, script),
  recorder: recorder as unknown as AnyFederate,
};

const shape = (more: object = {}): CaseShape => ({
  name: "small",
  start: "2013-07-01T00:00:00-07:00",
  until: "20m",
  seed: 3,
  federates: { source: { use: "source" }, recorder: { use: "recorder", params: { ...params, ...more } } },
  links: Object.keys(outputs).map(name => `source.${name} -> recorder.${name}`),
});

const filesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map(name => [name, readText(folder, name)]),
  );

interface Metrics {
  readonly Metadata: Record<string, { index: number; units: string }>;
  readonly StartTime: string;
  readonly [time: string]: unknown;
}

const metricsOf = (folder: string, name: string) =>
  JSON.parse(readText(folder, `${name}_small_metrics.json`)) as Metrics;

describe("recorder", () => {
  it("writes metrics in the shape of the field: metadata, start time, windows, null for a class without objects", () =>
    withFolder(async folder => {
      await runCase(shape(), { folder, kinds });
      const house = metricsOf(folder, "house");
      assert.deepEqual(
        Object.keys(house).sort(),
        ["1200", "300", "600", "900", "Metadata", "StartTime", "scale"].sort(),
      );
      assert.equal(house.StartTime, "2013-07-01 00:00:00 PDT");
      assert.deepEqual(house.Metadata.heat, { units: "degF", index: 2 });
      assert.deepEqual(house["300"], { F0_A: [70, 74.5, 80, "buyer", 0], F0_B: [76.66666667, 78.5, 80, "seller", 0] });
      const empty = metricsOf(folder, "capacitor");
      assert.equal(empty["300"], null);
      assert.equal(empty.StartTime, "2013-07-01 00:00:00");
      const substation = metricsOf(folder, "substation");
      assert.deepEqual(substation["600"], { node: [1208.333333, 0] });
    }));

  it("counts a value published at a window's end in both windows it touches, for no time in the first", () =>
    withFolder(async folder => {
      await runCase(shape(), { folder, kinds });
      const house = metricsOf(folder, "house") as unknown as Record<string, Record<string, number[]>>;
      assert.equal(house["300"].F0_A[2], 80);
      assert.equal(house["600"].F0_A[0], 80);
      assert.equal(house["300"].F0_A[1], (70 + 71 + 72 + 73 + 74 + 75 + 76 + 77 + 78 + 79) / 10);
    }));

  it("writes the summary, side files and events with simulated time first", () =>
    withFolder(async folder => {
      await runCase(shape(), { folder, kinds });
      assert.deepEqual(
        JSON.parse(readText(folder, "summary.json")),
        {
          peakKw: 40,
          meanTemperatureF: 81.5,
          worstBalanceWh: 0,
          energyWh: 6500,
        } satisfies Record<string, number>,
        "6.5 kWh = 30 s x 1 kW x (0 + 1 + ... + 39)",
      );
      const csv = readText(folder, "power.csv").split("\n");
      assert.equal(
        csv.slice(0, 8).every(line => line.startsWith("# ")),
        true,
      );
      assert.equal(csv[8], "timestamp,power,a");
      assert.equal(csv[9], "2013-07-01 00:00:00 PDT,+0+0j,+70");
      assert.equal(csv[10], "2013-07-01 00:01:00 PDT,+2000-2j,+72");
      assert.equal(csv.length, 9 + 21 + 1);
      const [first] = readText(folder, "events.jsonl").split("\n");
      assert.equal(first, '{"time":90,"event":"trades","source":"source","buyer":"A","energyWh":3}');
    }));

  it("goes on from a checkpoint with the bytes of a run that never stopped", () =>
    withFolder(async folder => {
      const [whole, split] = [join(folder, "whole"), join(folder, "split")];
      [whole, split].forEach(path => mkdirSync(path));
      await runCase(shape(), { folder: whole, kinds });
      for (const pauseAt of [0, 290e6, 300e6, 910e6]) {
        const first = await runCase(shape(), { folder: split, kinds, pauseAt, close: false });
        const image = decodeImage(encodeImage(first.save()));
        await first.advance();
        await first.close();
        await runCase(shape(), { folder: split, kinds, image });
        assert.deepEqual(filesOf(split), filesOf(whole), `stopped at ${pauseAt}`);
        for (const name of readdirSync(split)) writeFileSync(join(split, name), "");
      }
    }));

  it("leaves journals that make complete files after a kill, without a line that was cut", () =>
    withFolder(async folder => {
      await runCase(shape(), { folder, kinds, pauseAt: 700e6, close: false });
      const killed = join(folder, "killed");
      mkdirSync(killed);
      copyFileSync(join(folder, "house_small_metrics.jsonl"), join(killed, "house_small_metrics.jsonl"));
      folderEffects(killed).openFile("house_small_metrics.jsonl").append('{"900":{"F0_A":[1,2');
      assert.deepEqual(assembleMetrics(killed), ["house_small_metrics.json"]);
      assert.deepEqual(Object.keys(metricsOf(killed, "house")), ["300", "600", "scale", "Metadata", "StartTime"]);
    }));

  it("is the prefix of a longer run", () =>
    withFolder(async folder => {
      const [short, long] = [join(folder, "short"), join(folder, "long")];
      [short, long].forEach(path => mkdirSync(path));
      await runCase({ ...shape(), until: "10m" }, { folder: short, kinds });
      await runCase(shape(), { folder: long, kinds });
      for (const name of readdirSync(short).filter(file => /jsonl$|csv$/.test(file))) {
        assert.ok(readText(long, name).startsWith(readText(short, name)), name);
      }
    }));

  it("keeps nothing but the summary with record none, and no series with record metrics", () =>
    withFolder(async folder => {
      const [none, metrics] = [join(folder, "none"), join(folder, "metrics")];
      [none, metrics].forEach(path => mkdirSync(path));
      await runCase(shape({ record: "none" }), { folder: none, kinds });
      assert.equal(JSON.parse(readText(none, "summary.json")).peakKw, 40);
      assert.deepEqual(readdirSync(none).sort(), ["events.jsonl", "summary.json"]);
      await runCase(shape({ record: "metrics" }), { folder: metrics, kinds });
      assert.ok(!readdirSync(metrics).includes("series.arrow"));
    }));

  it("reports every fault of its parameters before the start", () =>
    withFolder(async folder => {
      const bad = {
        metrics: [
          { class: "houze", elements: ["A"] },
          { class: "bus", elements: ["7"], period: "290s", bind: { lmp: 0 } },
          { class: "x", elements: "villas", fields: [{ name: "a", units: "" }] },
          {
            class: "y",
            elements: ["A"],
            fields: [{ name: "a", units: "", statistic: "countAbove", input: "nothing" }],
          },
        ],
        summary: [
          { key: "k", class: "house", field: "f", over: "sum" },
          { key: "l", class: "house", field: "f", over: "sum", objects: "sheds" },
          { key: "m", class: "house", field: "f", over: "sum", object: "A", across: "jain" },
          { key: "n", input: "temperature", statistic: "countOutside", limits: [2, 1], elements: "houses" },
        ],
        events: ["trade"],
      };
      await assert.rejects(runCase(shape({ ...bad }), { folder, kinds }), (error: Error) => {
        const wanted = [
          '"houze" is no class',
          '"bus" takes in no lmp',
          "Samples do not fit",
          'no list of names "villas"',
          "countAbove needs a `limit`",
          'no list of names "sheds"',
          "Several objects need a way",
          "One object and several are asked for",
          "countOutside needs `limits`, the lower one first",
          "Objects of their own need a way",
          'no input "nothing"',
          'records no field "f"',
          'no input "trade"',
        ];
        for (const text of wanted) assert.ok(error.message.includes(text), `${text}\n${error.message}`);
        return true;
      });
    }));
});
