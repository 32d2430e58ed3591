import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readText, withFolder } from "../../testing/case-runner.js";
import { summaryLabel } from "./page.js";
import { PLOTS } from "./plots/index.js";
import { listPlots, plotRun, reportRun } from "./report.js";
import { withSmallRun } from "./testing/small-run.js";

/** The drawn paths of a picture whose class fits. */
const paths = (svg: string, kind = "s") =>
  [...svg.matchAll(new RegExp(`<path class="${kind}\\d"[^>]* d="([^"]*)"/>`, "g"))]
    .map(match => match[1])
    .filter(path => !/h16$/.test(path));

/** Heights of the dashed lines of limits, by name. */
function limits(svg: string): Record<string, number> {
  const found = [...svg.matchAll(/stroke-dasharray="7 4" d="M[\d.]+ ([\d.]+)H[\d.]+"\/><text [^>]*>([^<]*)<\/text>/g)];
  return Object.fromEntries(found.map(([, at, name]) => [name, Number(at)]));
}

/** Heights of the grid's lines by the value that stands beside them. */
function grid(svg: string): Record<string, number> {
  const found = [...svg.matchAll(/stroke-opacity="0.14" d="M[\d.]+ ([\d.]+)H[\d.]+"\/><text [^>]*>([^<]*)<\/text>/g)];
  return Object.fromEntries(found.map(([, at, value]) => [value.replace("\u202f", ""), Number(at)]));
}

/** The height at which a value stands between two lines of the grid. */
function heightOf(svg: string, value: number): number {
  const lines = Object.entries(grid(svg)).map(([text, at]) => [Number(text), at] as const);
  const [[v1, y1], [v2, y2]] = [lines[0], lines[lines.length - 1]];
  return y1 + ((value - v1) / (v2 - v1)) * (y2 - y1);
}

async function svgOf(folder: string, name: string, choice: object = {}): Promise<string> {
  return readFileSync(await plotRun(folder, { name, ...choice }), "utf8");
}

/** Title, axis and number of lines, areas and other marks of every plot of the small run. */
const WANTED: Readonly<Record<string, readonly [title: string, axis: string, lines: number, areas: number]>> = {
  "substation-power": ["Power into the feeder", "kW", 1, 1],
  "vpp-power": ["Power under packetized control", "kW", 3, 0],
  "house-load": ["Houses together", "kW", 2, 0],
  "building-power": ["Building", "kW", 1, 1],
  "generator-dispatch": ["Dispatch of the generators", "MW", 2, 0],
  "house-temperature": ["Indoor air temperature", "°F", 2, 2],
  "degree-hours": ["Degree-hours outside the comfort band", "°F h", 2, 0],
  "hvac-carpet": ["Cooling of each house", "house", 0, 0],
  "hvac-on": ["Cooling that is on", "% of the houses", 1, 0],
  "prices": ["Prices", "USD/kWh", 2, 0],
  "price-statistics": ["Clearing price and its statistics", "USD/kWh", 2, 1],
  "cleared-volume": ["Volume of the market", "kW", 2, 0],
  "order-book": ["Order book of the round at 0.25 h", "USD/kWh", 2, 0],
  "surplus": ["Surplus of each round", "USD", 2, 0],
  "market-roles": ["Roles in the market", "bidders", 3, 0],
  "packet-requests": ["Packet requests", "packets in a window", 2, 0],
  "packet-ratios": ["Requests and acceptance", "share", 4, 0],
  "meter-voltage": ["Voltage at the houses' meters, with ANSI C84.1", "V", 1, 1],
  "bills": ["Bills of the houses", "USD", 0, 0],
  "transformer-overload": ["Transformers above their ratings", "% above the rating", 1, 0],
  "losses": ["Losses of the feeder", "kW", 1, 1],
  "energy-balance": ["Energy balance of each window", "Wh", 1, 0],
  "inverter-power": ["Inverters together", "kW to the feeder", 2, 0],
  "state-of-charge": ["State of charge of the batteries", "%", 1, 1],
  "ev-charging": ["Charging of electric vehicles", "kW", 1, 0],
  "ev-state-of-charge": ["State of charge of the vehicles", "%", 1, 1],
  "learning-reward": ["Reward of the agents", "reward of a round", 2, 0],
  "learning-gain": ["Gain of the agents", "USD of a round", 2, 0],
  "learning-critic-loss": ["Loss of the critics", "squared error", 2, 0],
  "learning-actor-loss": ["Loss of the actors", "negative value", 2, 0],
  "learning-exploration": ["Exploration", "standard deviation", 2, 0],
  "dispatch-stack": ["Dispatch by device", "kW", 0, 5],
  "node-prices": ["Prices at the nodes", "CNY/kWh", 2, 1],
  "node-bills": ["Bills of the nodes", "CNY", 0, 0],
  "network-flows": ["Flows and voltages at 00:00, the step of the largest flow", "root", 0, 0],
  "voltage-profile": ["Voltage along the network", "voltage, pu", 1, 1],
  "convergence": ["Convergence", "part of the objective", 3, 0],
  "residuals": ["Residuals", "residual, penalty", 3, 0],
};

/** Plots over something else than time. */
const TIMELESS = [
  ...["bills", "order-book", "node-bills", "network-flows", "voltage-profile"],
  ...["convergence", "residuals"],
];

describe("report", () => {
  it("is one page with the figures first, every plot in its group, the summary, and nothing from the network", () =>
    withSmallRun(folder => {
      reportRun(folder);
      const page = readText(folder, "report.html");
      for (const name of Object.keys(PLOTS)) assert.ok(page.includes(`id="${name}"`), name);
      assert.equal(page.match(/<svg /g)?.length, Object.keys(PLOTS).length);
      const order = ["Peak<", "12\u202f350 <", "Voltage violations<", "<h2>Power<", "<h2>Market<", "<h2>Summary<"];
      const places = order.map(text => page.indexOf(text));
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      assert.ok(places[0] > 0);
      assert.ok(page.includes("energy imported, kWh</th><td>12\u202f345.7</td>"));
      assert.ok(page.includes("small &lt;1&gt;, seed 3") && !page.includes("<1>"));
      assert.ok(!/NaN|undefined|Infinity/.test(page));
      assert.deepEqual(page.match(/(?:href|src)=|url\(/g), null);
    }));

  it("shows a run without metrics, manifest or summary as what it is", () =>
    withFolder(folder => {
      reportRun(folder);
      assert.ok(readText(folder, "report.html").includes("This run recorded no metrics."));
    }));

  it("reads units out of the keys of a summary", () => {
    assert.equal(summaryLabel("meanClearingPriceUsdPerKwh"), "mean clearing price, USD/kWh");
    assert.equal(summaryLabel("meanIndoorTempF"), "mean indoor temp, °F");
    assert.equal(summaryLabel("rangeADurationS"), "range A duration, s");
    assert.equal(summaryLabel("degreeHoursAboveBandFh"), "degree hours above band, °F h");
    assert.equal(summaryLabel("settledRounds"), "settled rounds");
  });
});

describe("plots", () => {
  for (const [name, [title, axis, lines, areas]] of Object.entries(WANTED)) {
    it(`${name} has its title, its axis and its lines, and looks the same without a style sheet`, () =>
      withSmallRun(async folder => {
        const svg = await svgOf(folder, name);
        assert.ok(svg.includes(`font-weight="600">${title}</text>`), "title");
        assert.ok(new RegExp(`rotate\\(-90\\)"[^>]*>${axis}</text>`).test(svg), "axis");
        assert.equal(paths(svg).length, lines, "lines");
        assert.equal(paths(svg, "f").length, areas, "areas");
        for (const [path] of svg.matchAll(/<path [^>]*>/g)) assert.match(path, / (stroke|fill)="#/);
        assert.ok(!/<style|var\(|NaN|undefined/.test(svg));
        assert.equal(svg.includes(">00:10</text>"), !TIMELESS.includes(name), "clock");
      }));
  }

  it("are all checked here, and described in docs/reports.md", () => {
    assert.deepEqual(Object.keys(WANTED), Object.keys(PLOTS));
    const page = readFileSync("docs/reports.md", "utf8");
    for (const [name, { doc, group }] of Object.entries(PLOTS)) {
      assert.ok(page.includes(`| \`${name}\` | ${group} | ${doc} |`), name);
    }
  });

  it("draw values where they belong: later is right, more is up, no value is a gap", () =>
    withSmallRun(async folder => {
      const [unit] = paths(await svgOf(folder, "generator-dispatch"));
      const [[, x1, y1], [, x3, y3]] = [/^M([\d.]+) ([\d.]+)/.exec(unit) ?? [], /L([\d.]+) ([\d.]+)$/.exec(unit) ?? []];
      assert.ok(Number(x1) < Number(x3) && Number(y1) > Number(y3));
      assert.equal(paths(await svgOf(folder, "prices"))[1].match(/M/g)?.length, 2);
    }));

  it("draw the ranges of ANSI C84.1 at their voltages, and only the houses' meters", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "meter-voltage");
      const volts = { "range A 228 V": 228, "range A 252 V": 252, "range B 220.1 V": 220.1, "range B 253.9 V": 253.9 };
      assert.deepEqual(Object.keys(limits(svg)).sort(), Object.keys(volts).sort());
      for (const [name, value] of Object.entries(volts)) {
        assert.ok(Math.abs(limits(svg)[name] - heightOf(svg, value)) < 0.2, name);
      }
      assert.ok(!svg.includes(">480<"));
    }));

  it("draw a cap that is near at its power and only name one that is far", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "substation-power");
      assert.deepEqual(Object.keys(limits(svg)), ["market's limit 1000 kW"]);
      assert.ok(Math.abs(limits(svg)["market's limit 1000 kW"] - heightOf(svg, 1000)) < 0.2);
      assert.ok(svg.includes("not drawn: utility 5000 kW"));
    }));

  it("draw the dead band half below and half above the mean set-point", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "house-temperature");
      const band = paths(svg, "f")[1];
      const heights = [...band.matchAll(/[\d.]+ ([\d.]+)/g)].map(match => Number(match[1]));
      assert.ok(Math.abs(Math.min(...heights) - heightOf(svg, 76 + 1.5)) < 0.2);
      assert.ok(Math.abs(Math.max(...heights) - heightOf(svg, 76 - 1.5)) < 0.2);
    }));

  it("darken a carpet's cells by the share of the window, the first house at the top", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "hvac-carpet");
      const cells = [...svg.matchAll(/fill="(#\w+)" shape-rendering="crispEdges" d="M([\d.]+) ([\d.]+)/g)];
      const shades = [...svg.matchAll(/width="14" height="10" fill="(#\w+)"/g)].map(match => match[1]);
      assert.deepEqual(
        cells.map(([, shade]) => shades.indexOf(shade)),
        [2, 4, 6],
        "a quarter, a half, three quarters of nine shades",
      );
      assert.equal(new Set(cells.map(([, , , y]) => y)).size, 1, "house B never cools");
    }));

  it("show one house in place of all", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "house-temperature", { house: "A" });
      assert.ok(svg.includes("Indoor air temperature of A"));
      const [air] = paths(svg);
      assert.ok(Math.abs(Number(/^M[\d.]+ ([\d.]+)/.exec(air)?.[1]) - heightOf(svg, 75)) < 0.2);
    }));

  it("show bills highest first, without the school's, below zero downwards", () =>
    withSmallRun(async folder => {
      const bars = [...(await svgOf(folder, "bills")).matchAll(/<rect [^>]*class="f(\d)"[^>]*><title>([^<]*)</g)];
      assert.deepEqual(
        bars.map(([, colour, title]) => [colour, title]),
        [
          ["0", "A: 2"],
          ["1", "B: -1"],
        ],
      );
    }));

  it("show the order book of a round: where its sides meet, demand at any price above all others", () =>
    withSmallRun(async folder => {
      const svg = await svgOf(folder, "order-book");
      const [, x, y] = /<circle cx="([\d.]+)" cy="([\d.]+)"/.exec(svg) ?? [];
      assert.ok(Math.abs(Number(y) - heightOf(svg, 0.02)) < 0.2);
      assert.ok(svg.includes("8 kW at 0.02 USD/kWh") && svg.includes("the highest step stands for any price"));
      const [demand, supply] = paths(svg);
      const corners = [...demand.matchAll(/([\d.]+) ([\d.]+)/g)].map(match => match.slice(1).map(Number));
      assert.equal(corners.length, 6, "three steps");
      assert.ok(Math.abs(corners[3][0] - Number(x)) < 0.2, "what is cleared ends with the second step");
      assert.ok(Math.abs(corners[2][1] - heightOf(svg, 0.03)) < 0.2);
      assert.ok(!/Infinity|e\+/.test(supply));
      assert.ok((await svgOf(folder, "order-book", { roundSeconds: 600 })).includes("4 kW at 0.01 USD/kWh"));
      const early = plotRun(folder, { name: "order-book", roundSeconds: 100 });
      await assert.rejects(early, { code: "COSIM_OPTION_INVALID", message: /has no round until --round/ });
    }));

  it("say what there is, what a run lacks, and which houses it has", () =>
    withFolder(async folder => {
      await assert.rejects(plotRun(folder, { name: "weather" }), {
        code: "COSIM_OPTION_INVALID",
        message: /there are substation-power, /,
      });
      await assert.rejects(plotRun(folder, { name: "prices" }), {
        code: "COSIM_RUN_FOLDER",
        message: /has not recorded/,
      });
      await assert.rejects(plotRun(folder, { name: "prices", out: "x.pdf" }), {
        message: /neither an .svg nor a .png/,
      });
      assert.ok(listPlots(folder).every(plot => !plot.isRecorded && plot.doc.endsWith(".")));
      assert.throws(() => reportRun(join(folder, "none")), { code: "COSIM_RUN_FOLDER" });
      await withSmallRun(async run => {
        assert.ok(listPlots(run).every(plot => plot.isRecorded));
        await assert.rejects(plotRun(run, { name: "house-load", house: "C" }), {
          message: /no house "C"; there are F0_house_A, F0_house_B/,
        });
        await assert.rejects(plotRun(run, { name: "prices", house: "A" }), { message: /takes no --house/ });
      });
    }));
});
