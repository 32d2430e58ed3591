import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkCase } from "../../cases/check.js";
import { loadPreset, readOptions } from "../../cases/index.js";
import { withFolder } from "../../testing/case-runner.js";

type Files = Record<string, string>;

/** The problems of the six-bus case after a change of its files. */
async function problemsOf(change: (files: Files) => void, given: object = {}): Promise<string[]> {
  const { options, generate } = await loadPreset("six-bus");
  const { case: value, files } = await generate(readOptions(options, { groups: 2, ...given }).values as never);
  const changed = { ...files } as Files;
  change(changed);
  return await withFolder(async folder => {
    for (const [file, text] of Object.entries(changed)) writeFileSync(join(folder, file), text);
    return (await checkCase({ folder, value })).faults.map(({ problem }) => problem);
  });
}

const replace = (file: string, from: string | RegExp, to: string) => (files: Files) => {
  assert.match(files[file], from instanceof RegExp ? from : new RegExp(from));
  files[file] = files[file].replace(from, to);
};

const FAULTS: readonly [what: string, change: (files: Files) => void, expected: readonly RegExp[]][] = [
  [
    "a cycle",
    replace("network.csv", "1,2,", "6,2,"),
    [/^network\.csv, line 3, column from: .*2 -> 4 -> 5 -> 6 -> 2 form a cycle/],
  ],
  [
    "a second root",
    replace("network.csv", /2,4,.*\n/, ""),
    [/^network\.csv, line 5, column from: .*node 4 is fed by no line/],
  ],
  [
    "a node that is fed twice",
    replace("network.csv", "5,6,", "5,4,"),
    [/^network\.csv, line 7, column to: Node 4 is fed in line 5 already/],
  ],
  [
    "an unknown node and a negative impedance at once",
    files => {
      replace("network.csv", "2,3,", "2,33,")(files);
      replace("network.csv", "0.05796", "-0.05796")(files);
    },
    [
      /^network\.csv, line 4, column to: There is no node 33/,
      /^network\.csv, line 6, column resistance: -0\.05796 ohm is negative/,
    ],
  ],
  [
    "a device at no node",
    replace("devices.csv", "6,load", "9,load"),
    [/^devices\.csv, line 22, column node: There is no node "9"/],
  ],
  [
    "an unknown device",
    replace("devices.csv", "1,chp", "1,chpp"),
    [/^devices\.csv, line 4, column device: There is no device "chpp"; there are load, /],
  ],
  [
    "a number that is none",
    replace("devices.csv", "1000,1.5", "1O00,1.5"),
    [/^devices\.csv, line 4, column maximum: "1O00" is no number/],
  ],
  [
    "more at least than at most",
    files => {
      files["devices.csv"] = files["devices.csv"]
        .split("\n")
        .map((line, i) => (line === "" ? line : `${line},${i === 0 ? "minimum" : i === 3 ? "2000" : ""}`))
        .join("\n");
    },
    [/^devices\.csv, line 4, column minimum: minimum of the chp is 2000: must not exceed the maximum/],
  ],
  [
    "a series that is not there",
    replace("devices.csv", "1,load,,10", "1,load,,pv:1"),
    [/^pv\.csv, line 1: It cannot be read: it does not exist/],
  ],
  [
    "a profile of the wrong length",
    replace("price.csv", /\n95,.*\n/, "\n"),
    [/^problem\.json, .*grid\.buyPrice: The series has 95 rows; a day has 96/, /grid\.sellPrice/],
  ],
];

describe("the check of a dispatch case", () => {
  it("finds nothing against the preset", async () => {
    assert.deepEqual(await problemsOf(() => undefined), []);
  });

  for (const [what, change, expected] of FAULTS) {
    it(`names ${what}, with its place`, async () => {
      const problems = await problemsOf(change);
      assert.equal(problems.length, expected.length, problems.join("\n"));
      expected.forEach((pattern, i) => {
        assert.match(problems[i], pattern);
      });
    });
  }

  it("names an agent that heat is asked of and that has none to give", async () => {
    const demanding = (files: Files) => {
      const [header, ...rows] = files["devices.csv"].split("\n");
      const titled = [
        `${header},heat`,
        ...rows.map((row, i) => (row === "" ? row : `${row},${i === 0 ? "5000" : ""}`)),
      ];
      files["devices.csv"] = titled.join("\n");
    };
    const [problem = "", ...others] = await problemsOf(demanding);
    assert.deepEqual(others, []);
    assert.match(problem, /^devices\.csv, node 1, day 0: INFEASIBLE_AGENT: /);
    console.log(`      ${problem}`);
  });
});
