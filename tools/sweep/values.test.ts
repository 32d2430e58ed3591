import assert from "node:assert/strict";
import fc from "fast-check";
import { readAxis, readValues } from "./values.js";

const read = (text: string) => readValues("--set", text).join(" ");

describe("values of a sweep", () => {
  const table: [string, string][] = [
    ["1..4", "1 2 3 4"],
    ["10..30:10", "10 20 30"],
    ["10..35:10", "10 20 30"],
    ["0.1..0.5:0.1", "0.1 0.2 0.3 0.4 0.5"],
    ["-1..1:0.5", "-1 -0.5 0 0.5 1"],
    ["0..3e-3:1e-3", "0 0.001 0.002 0.003"],
    ["15s..60s:15s", "15s 30s 45s 60s"],
    ["1h..3h", "1h 2h 3h"],
    ["3..3", "3"],
    ["true,false", "true false"],
    ["published, corrected", "published corrected"],
    ["1,2,10..30:10", "1 2 10 20 30"],
    ["[1,2],[3,4]", "[1,2] [3,4]"],
    ['{"a":1,"b":[2,3]},"x,y"', '{"a":1,"b":[2,3]} "x,y"'],
    ["../data/a.csv,../data/b.csv", "../data/a.csv ../data/b.csv"],
  ];
  for (const [text, values] of table) {
    it(`${text} is ${values}`, () => {
      assert.equal(read(text), values);
    });
  }

  const refused: [string, RegExp][] = [
    ["1..2:0", /its step is not positive/],
    ["3..1", /ends before it begins/],
    ["1s..2m", /different units/],
    ["1..2:x", /write from\.\.to:step/],
    ["0..1:1e-6", /1000001 values, and 10000 are the most/],
    ["1,1", /1 stands there twice/],
    ["1,,2", /a value is empty/],
    ["", /a value is empty/],
  ];
  for (const [text, message] of refused) {
    it(`"${text}" is refused`, () => {
      assert.throws(() => readValues("--seeds", text), { code: "COSIM_OPTION_INVALID", message });
    });
  }

  it("stand behind a path", () => {
    assert.deepEqual(readAxis("--set", "federates.a.params.x=a=b,c"), {
      path: "federates.a.params.x",
      values: ["a=b", "c"],
    });
    for (const text of ["=1", "until"]) {
      assert.throws(() => readAxis("--set", text), { message: /write path=from\.\.to:step or path=a,b,c/ });
    }
  });

  it("of any range are its start and whole steps up to its end, as decimals without rounding dust", () =>
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 40 }), fc.nat(60), (a, step, n) => {
        const text = `${a / 100}..${(a + n * step) / 100}:${step / 100}`;
        const exact = Array.from({ length: n + 1 }, (_, i) => String((a + i * step) / 100));
        assert.deepEqual(readValues("--set", text), exact);
      }),
    ));
});
