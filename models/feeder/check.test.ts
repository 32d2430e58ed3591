import assert from "node:assert/strict";
import { ModelError } from "../model-error.js";
import { findFeederFaults } from "./check.js";
import { compileFeeder } from "./compile.js";
import type { FeederDescription } from "./description.js";

/** Source - line - transformer - triplex service, with a load. */
const SOUND = {
  source: "head",
  nodes: [
    { name: "head", phases: "ABC", nominalV: 7200 },
    { name: "tap", phases: "AB", nominalV: 7200 },
    { name: "pole", phases: "12", nominalV: 120 },
  ],
  lineCodes: [
    {
      name: "two",
      resistanceOhmPerKm: [
        [0.3, 0.1],
        [0.1, 0.3],
      ],
      reactanceOhmPerKm: [
        [0.6, 0.2],
        [0.2, 0.6],
      ],
    },
  ],
  lines: [{ name: "lateral", from: "head", to: "tap", code: "two", lengthKm: 1 }],
  transformers: [
    {
      name: "pot",
      from: "tap",
      to: "pole",
      connection: "centre-tapped",
      phase: "B",
      ratedVa: 25e3,
      primaryV: 7200,
      secondaryV: 120,
      resistancePu: 0.01,
      reactancePu: 0.02,
    },
  ],
  loads: [{ name: "house", node: "pole", terminals: ["1", "12"], powers: { constantPowerW: [500, 3000] } }],
} as const satisfies FeederDescription;

const [LATERAL] = SOUND.lines;
const [POT] = SOUND.transformers;
const [HOUSE] = SOUND.loads;
const [HEAD, TAP, POLE] = SOUND.nodes;
const [TWO] = SOUND.lineCodes;

const CASES: readonly (readonly [string, Partial<FeederDescription>, RegExp])[] = [
  ["a source that is no node", { source: "nowhere" }, /^feeder: source is nowhere, which is no node\. Add the node/],
  [
    "a branch to an unknown node",
    { lines: [{ ...LATERAL, to: "tape" }] },
    /^line lateral: to is tape, which is no node/,
  ],
  ["an unknown line code", { lines: [{ ...LATERAL, code: "too" }] }, /^line lateral: its code too is not defined/],
  ["a load at an unknown node", { loads: [{ ...HOUSE, node: "post" }] }, /^load house: node is post, which is no node/],
  ["a repeated name", { nodes: [HEAD, TAP, POLE, POLE] }, /^node pole: this name is used more than once/],
  [
    "a loop",
    { switches: [{ name: "tie", from: "tap", to: "head", closed: true }] },
    /^switch tie: it closes a loop between tap and head\. Open a switch/,
  ],
  [
    "an island behind an open switch",
    { lines: [], switches: [{ name: "tie", from: "head", to: "tap", closed: false }] },
    /^node tap: it is not connected to the source head \(switch tie is open\)/,
  ],
  [
    "a missing phase",
    {
      nodes: [HEAD, { ...TAP, phases: "A" }, POLE],
      lines: [{ ...LATERAL, code: "one" }],
      lineCodes: [scalarCode("one")],
    },
    /^transformer pot from tap \(A\) to pole \(12\): the primary side lacks its phase B\./,
  ],
  [
    "a phase that the feeding side lacks",
    { nodes: [{ ...HEAD, phases: "BC" }, TAP, POLE] },
    /^line lateral from head \(BC\) to tap \(AB\): phase A is missing on the feeding side/,
  ],
  [
    "phases that do not exist",
    { nodes: [HEAD, { ...TAP, phases: "ABN" as "AB" }, POLE] },
    /^node tap: phases is ABN\. Give one of A, B/,
  ],
  [
    "a code of another size",
    { lines: [{ ...LATERAL, code: "one" }], lineCodes: [scalarCode("one")] },
    /^line lateral: its code one has 1 rows, but it carries phases AB\. Use a code of 2 rows/,
  ],
  [
    "an asymmetric code",
    {
      lineCodes: [
        {
          ...TWO,
          reactanceOhmPerKm: [
            [0.6, 0.2],
            [0.3, 0.6],
          ],
        },
      ],
    },
    /^line code two: reactanceOhmPerKm is not a symmetric matrix/,
  ],
  [
    "a negative length",
    { lines: [{ ...LATERAL, lengthKm: -1 }] },
    /^line lateral: lengthKm is -1\. Give a number of at least 0/,
  ],
  [
    "a rating of zero",
    { transformers: [{ ...POT, ratedVa: 0 }] },
    /^transformer pot: ratedVa is 0\. Give a number above 0/,
  ],
  [
    "a line rating of zero",
    { lines: [{ ...LATERAL, ratingA: 0 }] },
    /^branch lateral: ratingA is 0\. Give a number above 0/,
  ],
  [
    "a nominal voltage that is no number",
    { nodes: [HEAD, TAP, { ...POLE, nominalV: NaN }] },
    /^node pole: nominalV is NaN/,
  ],
  [
    "a transformer turned round",
    { transformers: [{ ...POT, from: "pole", to: "tap" }] },
    /^transformer pot: its `to` end tap is the one nearer to the source\. Exchange from and to/,
  ],
  [
    "a three-phase bank at two phases",
    { transformers: [{ ...POT, connection: "wye-wye" }] },
    /^transformer pot from tap \(AB\) to pole \(12\): wye-wye needs phases ABC on both sides/,
  ],
  [
    "windings in other volts than the nodes",
    { transformers: [{ ...POT, primaryV: 12470 }] },
    /^transformer pot: it gives 69\.29 V where nominalV is 120\. Correct the node's voltage/,
  ],
  [
    "too few regulator ratios",
    { lines: [], regulators: [{ name: "booster", from: "head", to: "tap", ratios: [1.05] }] },
    /^regulator booster: ratios has 1 values\. Give one for each of the phases AB/,
  ],
  [
    "a terminal that the node lacks",
    { loads: [{ ...HOUSE, node: "tap" }] },
    /^load house: terminal 1 does not exist at tap \(AB\)/,
  ],
  [
    "a load to ground behind a delta-delta bank",
    {
      nodes: [HEAD, { name: "mill", phases: "ABC", nominalV: 277 }],
      lines: [],
      transformers: [{ ...POT, connection: "delta-delta", from: "head", to: "mill", primaryV: 12470, secondaryV: 480 }],
      loads: [{ name: "lamp", node: "mill", terminals: ["AB", "C"] }],
    },
    /^load lamp: terminal C needs a neutral, but mill is behind the delta-delta transformer pot\. Connect it between phases/,
  ],
  ["no terminals", { loads: [{ ...HOUSE, terminals: [], powers: {} }] }, /^load house: it has no terminals/],
  [
    "too many powers",
    { loads: [{ ...HOUSE, powers: { constantPowerW: [1, 2, 3] } }] },
    /^load house: constantPowerW has 3 values\. Give one for each of its 2 terminals/,
  ],
  [
    "a power that is no number",
    { loads: [{ ...HOUSE, powers: { constantImpedanceVar: [1, Infinity] } }] },
    /^load house: constantImpedanceVar\[1\] is Infinity\. Give a finite number/,
  ],
  [
    "a capacitor without its powers",
    { capacitors: [{ name: "bank", node: "tap", terminals: ["A", "B"], ratedVar: [100] }] },
    /^capacitor bank: ratedVar has 1 values\. Give one for each of its 2 terminals/,
  ],
];

function scalarCode(name: string) {
  return { name, resistanceOhmPerKm: [[0.3]], reactanceOhmPerKm: [[0.6]] };
}

describe("Faults of a feeder description", () => {
  it("has none when the description is sound", () => {
    assert.deepEqual(findFeederFaults(SOUND), []);
  });

  for (const [title, change, expected] of CASES) {
    it(`names ${title}`, () => {
      const faults = findFeederFaults({ ...SOUND, ...change });
      assert.ok(
        faults.some(fault => expected.test(fault)),
        faults.join("\n") || "no fault",
      );
    });
  }

  it("throws them all at once, with a code", () => {
    const broken = { ...SOUND, source: "nowhere", lines: [{ ...LATERAL, lengthKm: -1 }] };
    assert.throws(
      () => compileFeeder(broken),
      (error: unknown) => error instanceof ModelError && error.code === "MODEL_FEEDER" && error.faults.length === 5,
    );
  });
});
