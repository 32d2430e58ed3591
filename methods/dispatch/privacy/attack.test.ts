import assert from "node:assert/strict";
import { sixBus, sixtyBus, yingkou } from "../../../cases/dispatch/data/index.js";
import { RandomStream } from "../../../runtime/stream.js";
import { solveDense } from "../kernel/index.js";
import { dispatchProblem } from "../problems/index.js";
import type { QuadraticProgram } from "../program.js";
import { readMaskedProgram, type Reading } from "./attack.js";
import { bindingRows } from "./binding.js";
import { forEachEntry, limitRhs } from "./limit-rows.js";
import type { Mask } from "./mask.js";
import { masks } from "./masks.js";
import { NullSpaceForm } from "./null-space.js";
import { sampleProgram } from "./testing/sample-program.js";

const streamOf = (seed: number, name: string) => {
  const stream = new RandomStream(seed, name);
  return () => stream.next();
};

/** What a curious cloud read, and what is true. Rows are in the public order of limits. */
interface Spied {
  readonly reading: Reading;
  readonly slacks: Float64Array;
  /** Rows of the two limits of each variable that has two, and their distance. */
  readonly boxes: readonly { readonly row: number; readonly opposite: number; readonly width: number }[];
  readonly binding: number;
  readonly rows: number;
}

/** Has a program solved behind a mask by a cloud that reads what it gets, and finds out what the cloud's answer means. */
function spy(program: QuadraticProgram, mask: Mask, seed: number): Spied {
  const form = new NullSpaceForm(program);
  const open = form.program(program.linear, program.curvature);
  const change = mask.draw({ size: form.size, rows: form.rhs.length }, streamOf(seed, "mask"));
  const { program: seen, reveal } = change(open);
  const answer = solveDense(seen);
  const { x } = form.solution(reveal(answer), program.linear, program.curvature);
  const slacks = Float64Array.from(form.limits, limit => {
    let slack = limitRhs(program, limit);
    forEachEntry(program, limit, (column, value) => (slack -= value * x[column]));
    return slack;
  });
  return {
    reading: readMaskedProgram(seen, answer),
    slacks,
    boxes: boxesOf(program, form),
    binding: bindingRows(open, solveDense(open)).length,
    rows: seen.rhs.length,
  };
}

function boxesOf(program: QuadraticProgram, { limits }: NullSpaceForm) {
  return limits.flatMap(({ kind, index }, row) => {
    const opposite = limits.findIndex(other => other.kind === "upper" && other.index === index);
    return kind === "lower" && opposite >= 0
      ? [{ row, opposite, width: program.upper[index] - program.lower[index] }]
      : [];
  });
}

/** How many of the true boxes are among those that were read, with the width and the place between the limits. */
function widthsFound({ boxes, reading, slacks }: Spied): number {
  return boxes.filter(({ row, opposite, width }) => {
    const read = reading.boxes.find(box => box.row === row && box.opposite === opposite);
    if (read === undefined) return false;
    return Math.abs(read.width - width) <= 1e-9 * (1 + width) && Math.abs(read.share - slacks[row] / width) < 1e-6;
  }).length;
}

/** How many of the true distances to a limit appear among those that were read, in whatever order. */
function slacksFound({ slacks, reading }: Spied): number {
  const read = reading.slacks.toSorted();
  return slacks.filter(slack => slack > 1e-3 && read.some(value => Math.abs(value - slack) <= 1e-7 * slack)).length;
}

const samples = [1, 2, 3].map(seed => sampleProgram({ steps: 8, isQuadratic: seed !== 3 }, streamOf(seed, "program")));

describe("what a curious cloud reads", () => {
  for (const mask of [masks.rmme, masks.orthogonal]) {
    it(`${mask.name}: every distance to a limit, the width of every box and what happens in it`, () => {
      let worst = 0;
      let [found, all] = [0, 0];
      samples.forEach((program, i) => {
        const spied = spy(program, mask, i);
        spied.slacks.forEach((slack, row) => {
          worst = Math.max(worst, Math.abs(spied.reading.slacks[row] - slack));
        });
        found += widthsFound(spied);
        all += spied.boxes.length;
        assert.equal(spied.reading.binding.length, spied.binding);
      });
      console.log(`      ${found} of ${all} widths; slack error ${worst.toExponential(1)}, bound 1e-9`);
      assert.ok(worst < 1e-9, String(worst));
      assert.ok(all > 0);
      assert.equal(found, all);
    });
  }

  it("repaired: no width, no distance to a limit; but how many limits bind, and how many rows there are at most", () => {
    samples.forEach((program, i) => {
      const spied = spy(program, masks.repaired, i);
      assert.equal(spied.reading.boxes.length, 0, "no two rows are opposite");
      assert.equal(widthsFound(spied), 0);
      assert.equal(slacksFound(spied), 0);
      assert.ok(slacksFound(spy(program, masks.rmme, i)) > 20, "the same reading succeeds without the repair");
      const mixers = 1 + Math.ceil(new NullSpaceForm(program).size / 4);
      assert.equal(spied.reading.binding.length - mixers, spied.binding, "the number of limits that bind still shows");
      assert.ok(spied.rows > spied.slacks.length);
    });
  });

  const horizon = { steps: 24 } as const;
  const every = process.env.GRIDLOOM_FULL === "1" ? 1 : 6;
  for (const [name, spec] of [
    ["six-bus", sixBus(horizon)],
    ["sixty-bus", sixtyBus(horizon)],
    ["Yingkou", yingkou({ ...horizon, day: 0 })],
  ] as const) {
    it(`${name}: the widths of all boxes of every sixth published agent (GRIDLOOM_FULL=1: all), from the masked rows alone`, () => {
      let [found, all] = [0, 0];
      for (const { program } of dispatchProblem(spec).agents.filter(({ node }) => node % every === every - 1)) {
        const form = new NullSpaceForm(program);
        const boxes = boxesOf(program, form);
        if (boxes.length === 0) continue;
        const change = masks.rmme.draw({ size: form.size, rows: form.rhs.length }, streamOf(1, "mask"));
        const seen = change(form.program(program.linear, program.curvature)).program;
        const blind = {
          y: new Float64Array(seen.size),
          multiplier: new Float64Array(seen.rhs.length),
          objective: 0,
          iterations: 0,
        };
        const read = new Map(
          readMaskedProgram(seen, blind).boxes.map(box => [`${box.row} ${box.opposite}`, box.width]),
        );
        all += boxes.length;
        found += boxes.filter(
          ({ row, opposite, width }) => Math.abs((read.get(`${row} ${opposite}`) ?? NaN) - width) <= 1e-9 * (1 + width),
        ).length;
      }
      console.log(`      ${found} of ${all} widths`);
      assert.ok(all > 0);
      assert.equal(found, all);
    });
  }
});
