import assert from "node:assert/strict";
import { drawBands } from "./band-chart.js";
import { tableOf, toCsv, type SweepRow } from "./results.js";
import { seriesOf, varyingKeys } from "./series.js";

const row = (parameters: Record<string, string>, seed: number, peakKw?: number): SweepRow => ({
  run: `runs/${Object.values(parameters).join("-")}-${seed}`,
  parameters,
  seed,
  state: peakKw === undefined ? "missing" : "done",
  summary: peakKw === undefined ? {} : { peakKw, rounds: 12, note: 'a "quoted", text', bins: [1, 2] },
});

const path = "federates.houses.params.count";
const rows = [
  ...["10", "20"].flatMap(count =>
    ["true", "false"].flatMap(trades =>
      [1, 2, 3].map(seed => row({ [path]: count, trades }, seed, Number(count) + (trades === "true" ? 0 : 5) + seed)),
    ),
  ),
  row({ [path]: "30", trades: "true" }, 1, 31),
  row({ [path]: "30", trades: "false" }, 1),
];

describe("the results of a sweep", () => {
  it("along the first varied axis have a line for each combination of the others, with means and intervals over seeds", () => {
    const { positions, lines, along } = seriesOf(rows, "peakKw");
    assert.deepEqual([positions, along], [[10, 20, 30], { label: path, unit: "" }]);
    assert.deepEqual(
      lines.map(({ label }) => label),
      ["trades true", "trades false"],
    );
    const [first, second] = lines.map(({ intervals }) => intervals);
    assert.deepEqual(
      first.map(one => one?.mean),
      [12, 22, 31],
    );
    assert.deepEqual(
      second.map(one => one?.mean),
      [17, 27, undefined],
    );
    // Three values one apart: s = 1, t(0.975, 2) = 4.3027 (published), so 4.3027 / sqrt(3) = 2.4842.
    assert.ok(Math.abs((first[0]?.halfWidth ?? 0) - 2.4842) < 1e-4);
    assert.ok(Number.isNaN(first[2]?.halfWidth));
  });

  it("have numbers as positions only where all values are numbers of one unit", () => {
    const along = (...values: string[]) => {
      const { positions, along } = seriesOf(
        values.map(value => row({ x: value }, 1, 1)),
        "peakKw",
      );
      return [positions, along.unit];
    };
    assert.deepEqual(along("15s", "60s"), [[15, 60], "s"]);
    assert.deepEqual(along("1h", "60m"), [undefined, ""]);
    assert.deepEqual(along("published", "corrected"), [undefined, ""]);
    assert.deepEqual(seriesOf([row({}, 1, 1), row({}, 2, 3)], "peakKw").places, [""]);
  });

  it("are worth a plot where they are numbers that vary", () => {
    assert.deepEqual(varyingKeys(rows), ["peakKw"]);
    assert.deepEqual(varyingKeys([row({}, 1, 4), row({}, 2, 4)]), []);
  });

  it("are one table: parameters as what they are, empty cells for what is missing, quotes where CSV needs them", () => {
    const columns = tableOf(rows.slice(-2));
    assert.deepEqual(
      columns.map(({ name, unit, cells }) => [name, unit, ...cells]),
      [
        ["run", "", "runs/30-true-1", "runs/30-false-1"],
        [path, "", 30, 30],
        ["trades", "", true, false],
        ["seed", "", 1, 1],
        ["state", "", "done", "missing"],
        ["peakKw", "kW", 31, undefined],
        ["rounds", "", 12, undefined],
        ["note", "", 'a "quoted", text', undefined],
        ["bins", "", "[1,2]", undefined],
      ],
    );
    const [header, first, second] = toCsv(columns).split("\n");
    assert.equal(header, `run,${path},trades,seed,state,peakKw,rounds,note,bins`);
    assert.equal(first, 'runs/30-true-1,30,true,1,done,31,12,"a ""quoted"", text","[1,2]"');
    assert.equal(second, "runs/30-false-1,30,false,1,missing,,,,");
  });

  it("are drawn where they belong: a line through the means, a band around it, more is up", () => {
    const svg = drawBands(seriesOf(rows, "peakKw"));
    const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    assert.equal(dots.length, 5);
    const [[x1, y1], [x2, y2], [x3, y3]] = dots;
    assert.ok(x1 < x2 && Math.abs(x3 - x2 - (x2 - x1)) < 0.11, "10, 20 and 30 are equally far apart");
    assert.ok(Math.abs((y1 - y3) / (y1 - y2) - 19 / 10) < 0.01, "heights are proportional: 12, 22, 31");
    const bands = [...svg.matchAll(/d="(M[^"]+Z)"/g)].map(([, d]) =>
      [...d.matchAll(/([\d.]+) ([\d.]+)/g)].map(p => Number(p[2])),
    );
    assert.equal(bands.length, 2);
    const perKw = (y1 - y2) / 10;
    const [upper, , , lower] = bands[0];
    assert.ok(Math.abs((lower - upper) / perKw - 2 * 2.4842) < 0.05);
    assert.ok(!/NaN|undefined/.test(svg));
  });

  it("along words have bars instead of a line that would mean nothing", () => {
    const words = ["central", "edge"].flatMap(method => [1, 2].map(seed => row({ method }, seed, seed)));
    const svg = drawBands(seriesOf(words, "peakKw"));
    assert.equal(svg.match(/<circle /g)?.length, 2);
    assert.equal(svg.match(/h12M/g)?.length, 2);
    const [left, right] = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    const twice = ["1", "2"].flatMap(mask => words.map(one => ({ ...one, parameters: { ...one.parameters, mask } })));
    const both = drawBands(seriesOf(twice, "peakKw"));
    const places = [...both.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    assert.deepEqual(places, [left - 5, right - 5, left + 5, right + 5], "side by side where there are two lines");
    assert.ok(svg.includes(">central<") && svg.includes(">edge<"));
    assert.ok(!svg.includes('Z"'));
  });
});
