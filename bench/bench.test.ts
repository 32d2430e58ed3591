import assert from "node:assert/strict";
import { PATTERNS, type PatternName, type Report, type Size } from "./federations/index.js";
import { NO_PEERS, runSuites, SUITES, toDocument, toMarkdown, toText, type Machine } from "./index.js";
import type { Suite } from "./suite.js";
import { isFigure, measureRow, medianOf, Skipped, timesBetter, type Result, type Row } from "./measure.js";
import { requireCounts, requireFrames, timeBareFrames, timeFederation } from "./processes/index.js";
import { runInOneProcess } from "./processes/one-process.js";
import { runProcessEach } from "./processes/process-each.js";

const SIZES: Readonly<Record<PatternName, Size>> = {
  echo: { federates: 3, steps: 5, warmUp: 2 },
  ring: { federates: 3, steps: 4, warmUp: 1 },
  timing: { federates: 4, steps: 6, warmUp: 1 },
  vector: { federates: 2, steps: 4, warmUp: 1, doubles: 50 },
  coupled: { federates: 5, steps: 45, warmUp: 0, houses: 3 },
};
const NAMES = Object.keys(PATTERNS) as PatternName[];

const MACHINE: Machine = { cpu: "a cpu", cores: 2, memoryGb: 8, system: "an OS", versions: {}, date: "2020-01-01" };

const samples = (...values: number[]) => {
  const left = [...values];
  return () => Promise.resolve({ value: left.shift() ?? NaN });
};

const skips = () => Promise.reject(new Skipped("it is not installed"));

function rowOf(change: Partial<Row> = {}): Row {
  return { bench: "echo", labels: { leaves: 1 }, measure: "microsPerStep", goal: 2, ours: samples(3, 1, 2), ...change };
}

describe("bench: federations", () => {
  for (const pattern of NAMES) {
    it(`${pattern} counts what it must, in one process`, async () => {
      const order = { pattern, size: SIZES[pattern] };
      requireCounts(PATTERNS[pattern].federation(order.size), await runInOneProcess(order));
    });
  }

  it("coupled counts the same with one vector for each kind", async () => {
    const size = { ...SIZES.coupled, vectors: true };
    requireCounts(PATTERNS.coupled.federation(size), await runInOneProcess({ pattern: "coupled", size }));
  });

  it("coupled exchanges about 250 values every 15 s for 30 houses", () => {
    const { expected } = PATTERNS.coupled.federation({ federates: 5, steps: 20, warmUp: 0, houses: 30 });
    const every15 = (expected.houses.items + expected.prosumers.items) / 21;
    assert.equal(every15, 65 + 185);
  });

  it("finds a lost item, a lost activation and a lost federate", async () => {
    const size = SIZES.echo;
    const federation = PATTERNS.echo.federation(size);
    const reports = await runInOneProcess({ pattern: "echo", size });
    const spoil = (change: (report: Report) => Report[]) =>
      reports.flatMap(r => (r.federate === "leaf2" ? change(r) : [r]));
    const lost = (spoilt: readonly Report[]) => () => {
      requireCounts(federation, spoilt);
    };
    assert.throws(
      lost(spoil(r => [{ ...r, items: r.items - 1 }])),
      /leaf2 had 8 activations and 6 items instead of 8 and 7/,
    );
    assert.throws(lost(spoil(r => [{ ...r, activations: 9 }])), /lost count: leaf2 had 9 activations/);
    assert.throws(lost(spoil(() => [])), /leaf2 reported 0 times/);
  });

  it("sets the clock between the warm-up and the last step", async () => {
    const { micros, launchSeconds } = await timeFederation({ pattern: "echo", size: SIZES.echo }, "one process");
    assert.ok(micros > 0 && launchSeconds > 0);
  });
});

describe("bench: processes", () => {
  for (const placement of ["inside", "alone"] as const) {
    it(`counts what it must behind a broker ${placement}`, async () => {
      const order = { pattern: "coupled", size: SIZES.coupled } as const;
      const federation = PATTERNS.coupled.federation(order.size);
      const { reports, frames } = await runProcessEach(order, placement);
      requireCounts(federation, reports);
      requireFrames(federation, frames, placement === "inside" ? 1 : 0);
      assert.ok(frames.received > 0 && frames.sent > 0);
    });
  }

  it("finds frames beyond one each way for every activation", () => {
    const federation = PATTERNS.echo.federation({ federates: 1, steps: 10, warmUp: 0 });
    requireFrames(federation, { received: 19, sent: 19 }, 1);
    assert.throws(() => {
      requireFrames(federation, { received: 20, sent: 19 }, 1);
    }, /20 frames came in and 19 went out; 19 each way were due/);
  });

  for (const shape of ["star", "lap"] as const) {
    it(`gets every bare frame of a ${shape} back`, async () => {
      assert.ok((await timeBareFrames({ shape, others: 2, steps: 5, warmUp: 1, bytes: 10 })) > 0);
    });
  }
});

describe("bench: rows", () => {
  it("gives the median, the smallest and the largest", async () => {
    const { ours } = await measureRow(rowOf(), 3);
    assert.deepEqual(ours, { median: 2, min: 1, max: 3, repetitions: 3, also: {} });
    assert.equal(medianOf([4, 1, 3, 2]), 2.5);
  });

  it("lets ours and the peers take turns", async () => {
    const turns: string[] = [];
    const run = (name: string) => () => {
      turns.push(name);
      return Promise.resolve({ value: 1 });
    };
    await measureRow(rowOf({ ours: run("ours"), peers: { helics: run("helics") } }), 2);
    assert.deepEqual(turns, ["ours", "helics", "ours", "helics"]);
  });

  it("says why a peer is skipped, and goes on", async () => {
    const { ours, peers } = await measureRow(rowOf({ peers: { helics: skips } }), 3);
    assert.ok(isFigure(ours));
    assert.deepEqual(peers.helics, { skipped: "it is not installed" });
  });

  it("does not hide a failure of our own", async () => {
    const ours = () => Promise.reject(new Error("lost count"));
    await assert.rejects(measureRow(rowOf({ ours }), 1), /lost count/);
  });

  it("knows which of two figures is better", () => {
    const figure = (median: number) => ({ median, min: median, max: median, repetitions: 1, also: {} });
    assert.equal(timesBetter("microsPerStep", figure(2), figure(8)), 4);
    assert.equal(timesBetter("grantsPerSecond", figure(2), figure(8)), 0.25);
  });
});

describe("bench: reports", () => {
  let result: Result;
  before(async () => {
    result = await measureRow(rowOf({ peers: { helics: samples(8, 8, 8), mosaik: skips } }), 3);
  });

  it("makes the document with the fixed keys, and leaves nothing out", () => {
    const document = toDocument(MACHINE, [result]);
    const figures = { min: 1, max: 3, repetitions: 3 };
    assert.deepEqual(document.echo, [{ leaves: 1, microsPerStep: 2, ...figures, goal: 2 }]);
    assert.deepEqual(document.peers.helics.echo, [{ leaves: 1, microsPerStep: 8, min: 8, max: 8, repetitions: 3 }]);
    assert.deepEqual(document.peers.mosaik.echo, [{ leaves: 1, skipped: "it is not installed" }]);
  });

  it("shows figure, goal and ratio in text and in the kept document", () => {
    const chapter = { suite: { name: "echo", doc: "Round trips." }, results: [result] };
    const row = [
      "1 leaf",
      "2 (1 to 3) µs a step",
      "< 2 reached",
      "8 (ours 4 times better)",
      "skipped: it is not installed",
    ];
    for (const cell of row) {
      assert.ok(toText(chapter).includes(cell), cell);
      assert.ok(toMarkdown(MACHINE, [chapter]).includes(cell), cell);
    }
  });

  it("has a suite for every key, and labels that tell its rows apart", () => {
    const settings = { quick: false, repetitions: 1, peers: NO_PEERS };
    const rows = SUITES.flatMap(suite => suite.rows(settings));
    const keys = [
      "echo",
      "ring",
      "timing",
      "vector",
      "coupled",
      "start",
      "case",
      "models",
      "clearing",
      "settle",
      "dispatch",
      "learn",
    ];
    assert.deepEqual([...new Set(rows.map(row => row.bench))], keys);
    assert.equal(new Set(rows.map(row => JSON.stringify([row.bench, row.labels]))).size, rows.length);
  });

  it("skips what cannot run with its reason", async () => {
    const row: Row = { bench: "learn", labels: {}, measure: "wallSeconds", ours: skips };
    const suite: Suite = { name: "missing", doc: "Nothing.", rows: () => [row] };
    const chapters = await runSuites([suite], { quick: true, repetitions: 1, peers: NO_PEERS }, () => undefined);
    assert.deepEqual(chapters[0].results[0].ours, { skipped: "it is not installed" });
  });
});
