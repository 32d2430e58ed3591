import assert from "node:assert/strict";
import { assignmentFaults, override } from "./overrides.js";

const given = {
  until: "1h",
  federates: { houses: { use: "houses", params: { count: 30, names: ["a", "b"] } }, market: { use: "market" } },
  links: [{ from: "a.x", to: "b.y" }],
};

describe("overrides of a case", () => {
  it("replace values by path, read as JSON where they are JSON", () => {
    const set = [
      "until=2h",
      "federates.houses.params.count=40",
      "federates.houses.params.names[1]=c",
      "links[0].delay=5s",
    ];
    const changed = override(given, set) as typeof given;
    assert.equal(changed.until, "2h");
    assert.deepEqual(changed.federates.houses.params, { count: 40, names: ["a", "c"] });
    assert.deepEqual(changed.links, [{ from: "a.x", to: "b.y", delay: "5s" }]);
    assert.equal(given.until, "1h", "the original stays as it was");
  });

  it("let the last one win, keep texts with = in them, and make params where there are none", () => {
    const changed = override(given, ["seed=1", "seed=2", "title=a=b", "federates.market.params.kind=double"]);
    const expected = { ...given, seed: 2, title: "a=b" } as Record<string, unknown>;
    expected.federates = { ...given.federates, market: { use: "market", params: { kind: "double" } } };
    assert.deepEqual(changed, expected);
  });

  const refused: [string, RegExp][] = [
    ["until", /is no assignment\. Write path=value/],
    ["=3", /no assignment/],
    ["federates.house.params.count=3", /there is no "house"\. Did you mean "houses"\?/],
    ["links[7].delay=1s", /there is no "7"\. There is 0\./],
    ["links[1]=x", /there is no "1"/],
    ["until.x=3", /there is no "x"\. There is nothing\./],
    ["federates.__proto__.x=3", /there is no "__proto__"/],
    ["__proto__=3", /no assignment/],
  ];
  for (const [assignment, message] of refused) {
    it(`refuse ${assignment}`, () => {
      assert.throws(() => override(given, [assignment]), { code: "COSIM_OPTION_INVALID", message });
      const [fault, ...others] = assignmentFaults(given, ["seed=1", assignment]);
      assert.deepEqual([fault.path, others], ["[1]", []]);
      assert.match(`--set ${assignment}: ${fault.problem.replace(/^is ".*?"; /, "")} ${fault.cure}`, message);
    });
  }

  it("in a case itself are faults with their places, each seen with what stands before it", () => {
    const list = ["federates.market.params.a={}", "federates.market.params.a.b=1", "federates.x.y=1", "z"];
    assert.deepEqual(
      assignmentFaults(given, list).map(({ path, problem }) => `${path} ${problem}`),
      ['[2] is "federates.x.y=1"; there is no "x".', '[3] is "z"; it is no assignment.'],
    );
    assert.deepEqual(given.federates.market, { use: "market" }, "the original stays as it was");
  });
});
