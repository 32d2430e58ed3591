import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference, readReferenceColumns } from "../../testing/reference.js";
import { createGroup, observeGroup, readCell, readColumn, reopenGroup, settleGroup, type Group } from "./group.js";
import { plainField } from "./fields.js";
import type { FieldParams, Statistic } from "./params.js";

const LIMIT = 2;
const LIMITS: [number, number] = [1, 3];
const STATISTICS: readonly Statistic[] = [
  "min",
  "max",
  "avg",
  "median",
  "last",
  "energy",
  "durationAbove",
  "durationBelow",
  "countAbove",
  "countBelow",
  "energyAbove",
  "energyBelow",
  "durationOutside",
  "countOutside",
  "energyOutside",
];

/** A group of one second's ticks with all statistics of one vector. */
function groupOf(size: number, statistics: readonly Statistic[] = STATISTICS): Group {
  const objects = Array.from({ length: size }, (_, i) => `o${i}`);
  const fields = statistics.map((statistic): FieldParams => ({
    name: statistic,
    units: "",
    statistic,
    input: "x",
    limit: LIMIT,
    limits: LIMITS,
  }));
  return createGroup(fields.map(plainField), {
    objects,
    ports: { x: { type: "vector" } },
    sample: 0,
    ticksPerSecond: 1,
  });
}

/** Values of one object tick by tick: what holds on (t, t + 1], then what holds at the end itself. */
function bruteForce(ticks: readonly number[], end: number): Record<Statistic, number> {
  const sorted = [...ticks].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const all = [...ticks, end];
  const entries = (isBeyond: (x: number) => boolean) =>
    all.filter((x, i) => isBeyond(x) && (i === 0 || !isBeyond(all[i - 1]))).length;
  const sum = ticks.reduce((a, b) => a + b, 0);
  const hours = (excess: (x: number) => number) => ticks.reduce((a, x) => a + Math.max(0, excess(x)), 0) / 3600;
  const [low, high] = LIMITS;
  return {
    min: Math.min(...all),
    max: Math.max(...all),
    avg: sum / ticks.length,
    median: (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2,
    last: end,
    energy: sum / 3600,
    durationAbove: ticks.filter(x => x > LIMIT).length,
    durationBelow: ticks.filter(x => x < LIMIT).length,
    countAbove: entries(x => x > LIMIT),
    countBelow: entries(x => x < LIMIT),
    energyAbove: hours(x => x - LIMIT),
    energyBelow: hours(x => LIMIT - x),
    durationOutside: ticks.filter(x => x < low || x > high).length,
    countOutside: entries(x => x < low || x > high),
    energyOutside: hours(x => Math.max(x - high, low - x)),
  };
}

/** Changes of a few objects over 3 windows of 12 ticks: at each tick the values, or nothing new. */
const scenario = fc.record({
  statistics: fc.subarray([...STATISTICS], { minLength: 1 }),
  size: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(fc.option(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 })), {
    minLength: 37,
    maxLength: 37,
  }),
  idle: fc.array(fc.boolean(), { minLength: 37, maxLength: 37 }),
});

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));

describe("window statistics", () => {
  it("equal those of a tick by tick count, however often the recorder is woken in between", () => {
    const plain: readonly Statistic[] = ["min", "max", "avg", "last", "energy"];
    fc.assert(
      fc.property(
        fc.oneof(
          scenario,
          scenario.map(one => ({ ...one, statistics: plain })),
        ),
        ({ statistics, size, steps, idle }) => {
          const group = groupOf(size, statistics);
          let now = Float64Array.from({ length: size }, (_, i) => steps[0]?.[i] ?? 1);
          let held: number[][] = Array.from({ length: size }, () => []);
          for (let t = 0; t <= 36; t++) {
            const isNew = t > 0 && steps[t] !== null;
            if (isNew) now = Float64Array.from(steps[t] ?? [], x => x).subarray(0, size);
            const atEnd = t > 0 && t % 12 === 0;
            if (isNew || idle[t] || t === 0 || atEnd) observeGroup(group, { x: now }, t, -1);
            if (atEnd) {
              settleGroup(group, t);
              for (let i = 0; i < size; i++) {
                const wanted = bruteForce(held[i], now[i]);
                statistics.forEach((name, column) => {
                  const found = readCell(readColumn(group, column, t), i) as number;
                  assert.ok(
                    close(found, wanted[name]),
                    `${name} of object ${i} at ${t}: ${found}, not ${wanted[name]}`,
                  );
                });
              }
              reopenGroup(group, t);
              held = held.map(() => []);
            }
            held.forEach((list, i) => list.push(now[i]));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("have no value before the first one comes, and then count from there", () => {
    const group = groupOf(1);
    observeGroup(group, {}, 0, -1);
    settleGroup(group, 10);
    assert.equal(readCell(readColumn(group, STATISTICS.indexOf("avg"), 10), 0), undefined);
    reopenGroup(group, 10);
    observeGroup(group, { x: Float64Array.of(4) }, 15, -1);
    settleGroup(group, 20);
    assert.equal(readCell(readColumn(group, STATISTICS.indexOf("avg"), 20), 0), 4);
    assert.equal(readCell(readColumn(group, STATISTICS.indexOf("durationAbove"), 20), 0), 5);
  });

  it("of samples repeat the recorded five-minute means of a bulk system from its recorded 15-second rows", function () {
    needReference(this);
    const rows = readReferenceColumns("pemt/r2/bulk.csv.gz");
    const windows = readReferenceColumns("pemt/r2/bulk-metrics.csv.gz");
    const pairs = [
      { from: "LMP_P7_USD_per_MWh", to: "bus7_LMP_P_USD/kwh", weight: 0.001, statistic: "avg", digits: 0.5e-6 },
      { from: "P7_rpf_MW", plus: "responsive_opf_MW", to: "bus7_PD_MW", weight: 1, statistic: "avg", digits: 1e-3 },
      { from: "V7_pu", to: "bus7_Vmax_pu", weight: 1, statistic: "max", digits: 0.5e-3 },
      { from: "V7_pu", to: "bus7_Vmin_pu", weight: 1, statistic: "min", digits: 0.5e-3 },
      { from: "Pgen1_MW", to: "gen1_Pgen_MW", weight: 1, statistic: "avg", digits: 0.5e-2 },
    ] as const;
    const asFields = pairs.map(({ from, to, weight, statistic, ...more }) => {
      const terms = [from, ...("plus" in more ? [more.plus] : [])].map(input => ({ input, weight }));
      return { name: to, units: "", statistic, terms };
    });
    const inputs = asFields.flatMap(({ terms }) => terms.map(({ input }) => input));
    const ports = Object.fromEntries(inputs.map(name => [name, { type: "number" as const }]));
    const group = createGroup(asFields, { objects: ["run"], ports, sample: 15, ticksPerSecond: 1 });
    const worst = pairs.map(() => 0);
    let start = -300;
    let checked = 0;
    for (let row = 0; row < rows.time_s.length; row++) {
      const t = rows.time_s[row];
      observeGroup(group, Object.fromEntries(inputs.map(name => [name, rows[name][row]])), t, start);
      if (t % 300 !== 0) continue;
      settleGroup(group, t);
      const window = windows.time_s.indexOf(t);
      if (window >= 0) {
        checked++;
        pairs.forEach(({ to }, column) => {
          worst[column] = Math.max(
            worst[column],
            Math.abs((readCell(readColumn(group, column, t), 0) as number) - windows[to][window]),
          );
        });
      }
      reopenGroup(group, t);
      start = t;
    }
    console.log(
      `      ${checked} windows, worst ${pairs.map(({ to }, i) => `${to} ${worst[i].toExponential(1)}`).join(", ")}`,
    );
    assert.ok(checked > 500);
    pairs.forEach(({ to, digits }, i) =>
      assert.ok(worst[i] <= digits * 1.001, `${to}: ${worst[i]} over the printed digits`),
    );
  });
});
