import assert from "node:assert/strict";
import type { Chart } from "./chart.js";
import type { Curves } from "./curves.js";
import { overlay } from "./comparison.js";
import type { Picture } from "./picture.js";

const chart = (...lines: [label: string, ...values: number[]][]): Chart => ({
  kind: "time",
  title: "Power",
  axis: "kW",
  startTime: "2013-07-01 00:00:00 PDT",
  bands: [{ label: "minimum to maximum", low: [0], high: [9], times: [300] }],
  lines: lines.map(([label, ...values]) => ({ label, values, times: values.map((_, i) => 300 * (i + 1)) })),
});

const linesOf = (picture: Chart | Curves | undefined) => (picture?.kind === "curves" ? picture.curves : picture?.lines);

const drawn = (first: Picture | undefined, second: Picture | undefined) =>
  linesOf(overlay(first, second, ["base", "twin"]))?.map(
    ({ label, values, colour, isDashed }) =>
      `${label}: ${values.join(" ")}, ${colour}${isDashed === true ? " dashed" : ""}`,
  );

const curves = (lowerAxis: string, ...values: number[]): Curves => ({
  kind: "curves",
  title: "Convergence",
  axis: "gap",
  lowerAxis,
  isLogarithmic: true,
  curves: [{ label: "gap", at: values.map((_, i) => i + 1), values }],
});

describe("the charts of two runs", () => {
  it("have two lines for one quantity, told apart by colour and dashes, and no bands", () => {
    const both = overlay(chart(["mean", 1, 2]), chart(["mean", 3, 4]), ["base", "twin"]);
    assert.deepEqual(both?.kind === "time" && both.bands, []);
    assert.deepEqual(drawn(chart(["mean", 1, 2]), chart(["mean", 3, 4])), [
      "mean, base: 1 2, 0",
      "mean, twin: 3 4, 1 dashed",
    ]);
  });

  it("have a colour for each quantity where there are several, also for one that only one run has", () => {
    assert.deepEqual(drawn(chart(["LMP", 1], ["clearing", 2]), chart(["LMP", 3])), [
      "LMP, base: 1, 0",
      "clearing, base: 2, 1",
      "LMP, twin: 3, 0 dashed",
    ]);
  });

  it("are one line with a note where both runs are the same", () => {
    const same = overlay(chart(["mean", 1]), chart(["mean", 1]), ["base", "twin"]);
    assert.deepEqual([same?.note, linesOf(same)?.map(({ label }) => label)], ["the same in both runs", ["mean"]]);
  });

  it("are curves over the same quantity too: the rounds of two methods, of other length", () => {
    const [sweep, admm] = [curves("round", 0.1), curves("round", 9, 8)];
    assert.deepEqual(drawn(sweep, admm), ["gap, base: 0.1, 0", "gap, twin: 9 8, 1 dashed"]);
    assert.equal(drawn(sweep, curves("kW", 1)), undefined);
  });

  it("are left out unless both runs have them over time", () => {
    const bars: Picture = { kind: "bars", title: "Bills", axis: "USD", bars: [] };
    assert.equal(drawn(chart(["mean", 1]), undefined), undefined);
    assert.equal(drawn(bars, bars), undefined);
  });
});
