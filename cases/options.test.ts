import assert from "node:assert/strict";
import fc from "fast-check";
import { describeRange, flagOf, readOption, readOptions, type Option } from "./options.js";

const table = {
  houses: { kind: "integer", default: 30, minimum: 1, maximum: 100, unit: "houses", doc: "How many." },
  share: { kind: "number", minimum: 0, doc: "A share." },
  mode: { kind: "choice", choices: ["fast", "exact"], default: "exact", doc: "How." },
  marketPeriod: { kind: "duration", default: "5m", doc: "Time between clearings." },
  quiet: { kind: "flag", doc: "Says nothing." },
  set: { kind: "list", doc: "Changes." },
} as const satisfies Record<string, Option>;

describe("options", () => {
  it("have a name on the command line and a range for people", () => {
    assert.equal(flagOf("marketPeriod"), "market-period");
    assert.equal(describeRange(table.houses), "default 30 houses, 1 to 100");
    assert.equal(describeRange(table.share), "at least 0");
    assert.equal(describeRange(table.mode), "default exact, fast | exact");
    assert.equal(describeRange(table.quiet), "");
  });

  it("take texts as the command line gives them and values as code gives them", () => {
    assert.equal(readOption("houses", table.houses, "12"), 12);
    assert.equal(readOption("houses", table.houses, 12), 12);
    assert.equal(readOption("share", table.share, "0.25"), 0.25);
    assert.equal(readOption("mode", table.mode, "fast"), "fast");
    assert.equal(readOption("marketPeriod", table.marketPeriod, "15 min"), "15 min");
  });

  const refused: [keyof typeof table, unknown, RegExp][] = [
    ["houses", "many", /^--houses is "many", which is no number \(default 30 houses, 1 to 100\)\. How many\.$/],
    ["houses", "1.5", /no whole number/],
    ["houses", "", /no number/],
    ["houses", "0", /out of range/],
    ["houses", 101, /out of range/],
    ["share", "-1", /out of range \(at least 0\)/],
    ["share", "Infinity", /no number/],
    ["mode", "slow", /none of its choices \(default exact, fast \| exact\)/],
    ["marketPeriod", "5 parsecs", /^--market-period is "5 parsecs", which is no duration/],
    ["marketPeriod", "-5m", /negative/],
    ["quiet", "yes", /takes no value/],
    ["set", "a=b", /no list/],
  ];
  for (const [name, value, message] of refused) {
    it(`refuse ${name} = ${JSON.stringify(value)}`, () => {
      assert.throws(() => readOption(name, table[name], value), { code: "COSIM_OPTION_INVALID", message });
    });
  }

  it("fill in defaults; what has none is undefined, false or empty", () => {
    const { values, faults } = readOptions(table, { houses: "7" });
    assert.deepEqual(faults, []);
    const expected = { houses: 7, share: undefined, mode: "exact", marketPeriod: "5m", quiet: false, set: [] };
    assert.deepEqual(values, expected);
  });

  it("report unknown names and every value that does not fit, all at once", () => {
    const { faults } = readOptions(table, { houses: 0, mode: "slow", colour: "red" });
    assert.deepEqual(
      faults.map(fault => fault.path),
      ["colour", "houses", "mode"],
    );
    assert.match(faults[0].cure, /Options are houses, share, mode, marketPeriod, quiet, set\./);
  });

  it("give back every number in range exactly", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), value => {
        assert.equal(readOption("share", table.share, String(value)), value);
      }),
    );
  });
});
