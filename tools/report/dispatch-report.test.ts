import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { listPlots, plotRun, reportRun } from "./report.js";
import { smallDispatch } from "./testing/small-dispatch.js";

async function withDispatch(
  days: number,
  use: (folder: string) => Promise<void> | void,
  changes: Record<string, string> = {},
) {
  await withFolder(async folder => {
    for (const [name, text] of Object.entries({ ...smallDispatch(days), ...changes }))
      writeFileSync(join(folder, name), text);
    await use(folder);
  });
}

const svgOf = async (folder: string, name: string) => readFileSync(await plotRun(folder, { name }), "utf8");

/** The value that stands at a height, between two lines of the grid; `read` turns the axis' texts into values. */
function valueAt(svg: string, height: number, read: (text: string) => number = Number): number {
  const rows = [...svg.matchAll(/stroke-opacity="0.14" d="M[\d.]+ ([\d.]+)H[\d.]+"\/><text [^>]*>([^<]*)<\/text>/g)];
  const [[y1, v1], [y2, v2]] = [rows[0], rows[rows.length - 1]].map(([, y, text]) => [Number(y), read(text)]);
  return v1 + ((height - y1) / (y2 - y1)) * (v2 - v1);
}

const isClose = (value: number, wanted: number, tolerance = 0.02) =>
  assert.ok(Math.abs(value - wanted) <= tolerance, `${value} is not ${wanted}`);

const NAMES = [
  ...["dispatch-stack", "node-prices", "node-bills", "network-flows", "voltage-profile"],
  ...["convergence", "residuals"],
];

describe("the report of a dispatch", () => {
  it("begins with cost, bounds, gap, method and why, and has a table of the days", () =>
    withDispatch(2, folder => {
      reportRun(folder);
      const page = readText(folder, "report.html");
      for (const text of [
        'Cost of 2 days<div class="value">210 <span class="unit">CNY<',
        "the optimum is between 209.98 and 210 CNY",
        "1.0e-4",
        "sweep, as flows cost &lt;something&gt;",
        "the wanted gap is certified",
        'Cooperation saves<div class="value">19.231 <span class="unit">%<',
        "of 260 CNY that the nodes would pay without each other",
        "<h2>Days, costs in CNY</h2>",
        '<tr><th scope="row">5</th><td>110</td><td>109.99</td><td>110</td><td>9.1e-5</td><td>3</td><td>sweep</td><td>gap</td></tr>',
      ]) {
        assert.ok(page.includes(text), text);
      }
      assert.ok(!/NaN|undefined|Infinity/.test(page));
    }));

  it("tells that bounds are not certified where answers were assumed", () => {
    const changed = smallDispatch(1)["horizons.csv"].replace(",0,linear", ",7,linear");
    return withDispatch(
      1,
      async folder => {
        reportRun(folder);
        assert.ok(readText(folder, "report.html").includes("not certified: 7 answers were assumed"));
        assert.ok((await svgOf(folder, "dispatch-stack")).includes("not certified: 7 answers were assumed"));
      },
      { "horizons.csv": changed },
    );
  });

  it("has the gap beside every picture", () =>
    withDispatch(1, async folder => {
      for (const name of NAMES) assert.ok((await svgOf(folder, name)).includes("gap 1.0e-4"), name);
    }));

  it("lacks the stack alone where the set-points are kept private", () =>
    withFolder(folder => {
      for (const [name, text] of Object.entries(smallDispatch(1))) {
        if (name !== "setpoints.csv") writeFileSync(join(folder, name), text);
      }
      const missing = listPlots(folder).filter(plot => !plot.isRecorded);
      assert.deepEqual(
        NAMES.filter(name => missing.some(plot => plot.name === name)),
        ["dispatch-stack"],
      );
    }));

  it("names the file, line and column of a table that is torn", () =>
    withDispatch(
      1,
      folder => {
        assert.throws(() => reportRun(folder), { code: "COSIM_RUN_FOLDER", message: /nodes\.csv, line 3/ });
      },
      { "nodes.csv": "node,parent\n0,-1\n1" },
    ));
});

describe("pictures of a dispatch", () => {
  it("pile what is given above 0 and what is taken below it; both together are the load", () =>
    withDispatch(1, async folder => {
      const svg = await svgOf(folder, "dispatch-stack");
      const cells = [...svg.matchAll(/<path class="f(\d)"[^>]*d="([^"]*)"/g)].flatMap(([, colour, path]) =>
        [...path.matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)H/g)].map(([, x, from, to]) => ({
          colour,
          x: Number(x),
          from: valueAt(svg, Number(from)),
          to: valueAt(svg, Number(to)),
        })),
      );
      const first = Math.min(...cells.map(cell => cell.x));
      const sums = [...new Set(cells.map(cell => cell.x))].map(x =>
        cells.filter(cell => cell.x === x).reduce((sum, { from, to }) => sum + to - from, 0),
      );
      assert.equal(sums.length, 3);
      for (const sum of sums) isClose(sum, 3, 0.05);
      const sizes = cells
        .filter(cell => cell.x === first)
        .map(({ colour, from, to }) => [colour, Math.round(to - from)]);
      assert.deepEqual(sizes, [
        ["0", 2],
        ["1", 1],
        ["3", 1],
        ["2", -1],
      ]);
    }));

  it("draw prices of energy, each for its whole step: the root's and those of all nodes", () =>
    withDispatch(1, async folder => {
      const svg = await svgOf(folder, "node-prices");
      const [root] = [...svg.matchAll(/<path class="s0"[^>]*d="([^"]*)"/g)]
        .map(([, path]) => path)
        .filter(path => !path.endsWith("h16"));
      const heights = [...root.matchAll(/[\d.]+ ([\d.]+)/g)].map(([, y]) => valueAt(svg, Number(y)));
      [12, 12, 24, 24, 36, 36].forEach((price, k) => isClose(heights[k], price, 0.2));
    }));

  it("make lines as wide as their flows, dash those at their limit, ring and shade nodes by their voltage", () =>
    withDispatch(1, async folder => {
      const svg = await svgOf(folder, "network-flows");
      const lines = [
        ...svg.matchAll(
          /stroke-width="([\d.]+)" stroke-linejoin="round"( stroke-dasharray="5 2")?[^>]*><title>([^<]*)/g,
        ),
      ];
      assert.deepEqual(
        lines.map(([, width, dashes, title]) => [Number(width), dashes !== undefined, title]),
        [
          [4.5, false, "0 to 1: 2"],
          [9, true, "1 to 2: 4"],
        ],
      );
      const shades = [...svg.matchAll(/width="14" height="10" fill="(#\w+)"/g)].map(([, shade]) => shade);
      const nodes = [...svg.matchAll(/<circle [^>]*stroke-(width|opacity)="[\d.]+" fill="(#\w+)"><title>node (\d)/g)];
      assert.deepEqual(
        nodes.map(([, edge, shade, node]) => [node, edge, shades.indexOf(shade)]),
        [
          ["0", "opacity", 8],
          ["1", "opacity", 6],
          ["2", "width", 0],
        ],
      );
      assert.ok(svg.includes("ringed: at its limit") && svg.includes("dashed: at its limit"));
      assert.ok(!svg.includes("towards the root"));
    }));

  it("draw the voltage by the way from the root, between the limits", () =>
    withDispatch(1, async folder => {
      const svg = await svgOf(folder, "voltage-profile");
      const path = /<path class="s0" [^>]*stroke-linejoin="round" d="([^"]*)"/.exec(svg)?.[1] ?? "";
      const volts = [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => valueAt(svg, Number(y)));
      [1, 0.99, 0.99, 0.95].forEach((voltage, k) => isClose(volts[k], voltage, 0.001));
      assert.ok(svg.includes("at least 0.95") && svg.includes("at most 1.05") && svg.includes("lowest 0.9500"));
    }));

  it("draw the bounds of each round by their distance from the optimum, in powers of ten", () =>
    withDispatch(1, async folder => {
      const svg = await svgOf(folder, "convergence");
      const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="2.6" class="f(\d)"/g)].map(
        ([, x, y, colour]) => ({
          x: Number(x),
          exponent: valueAt(svg, Number(y), text => Math.log10(Number(text))),
          colour,
        }),
      );
      const of = (colour: string) => dots.filter(dot => dot.colour === colour).map(dot => dot.exponent);
      const wanted = { 0: [0.1, 1e-4], 1: [1.01 / 100, 1e-4], 2: [0.1, 1e-4] };
      for (const [colour, values] of Object.entries(wanted)) {
        assert.equal(of(colour).length, 2, "the first round has no bounds");
        values.forEach((value, k) => isClose(of(colour)[k], Math.log10(value)));
      }
    }));

  it("compare no bills where a node cannot serve itself, or nobody asked", () =>
    withDispatch(
      1,
      async folder => {
        const svg = await svgOf(folder, "node-bills");
        assert.ok(svg.includes("together 100 CNY") && !svg.includes("cooperation saves"));
        const bars = [...svg.matchAll(/<rect [^>]*class="f\d"[^>]*><title>([^<]*)</g)].map(([, title]) => title);
        assert.deepEqual(bars, ["1: -10", "1: 5", "2: 110"]);
      },
      { "bills.csv": smallDispatch(1)["bills.csv"].replace("110,110,120", "110,110,") },
    ));

  it("put what each node would pay alone beside its bill, and tell what cooperation saves", () =>
    withDispatch(2, async folder => {
      const svg = await svgOf(folder, "node-bills");
      const bars = [...svg.matchAll(/<rect [^>]*class="f(\d)"[^>]*><title>([^<]*)</g)].map(
        ([, colour, title]) => `${title}, ${colour}`,
      );
      assert.deepEqual(bars, ["1: -20, 1", "1: 10, 6", "2: 230, 0", "2: 250, 6"]);
      assert.ok(svg.includes("Bills of the nodes over 2 days"));
      assert.ok(svg.includes("cooperation saves 19.231 %"));
    }));
});
