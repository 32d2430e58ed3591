import assert from "node:assert/strict";
import type { SetupContext } from "../../runtime/index.js";
import substation from "./substation.js";

const SETTINGS = {
  ...{ houses: ["a", "b"], periodSeconds: 300, priceCapUsdPerKwh: 1, utilityKw: 100, initialPriceUsdPerKwh: 0.02 },
};
const setup = {} as SetupContext;
const faultsOf = (change: object) =>
  (substation.check?.(substation.params.parse({ ...SETTINGS, ...change }), setup) ?? []).map(({ path }) => path);

describe("the substation's parameters", () => {
  it("are free of faults as they stand, one price for all, statistics of a day", () => {
    assert.deepEqual(faultsOf({}), []);
    const { rule, statistics } = substation.params.parse(SETTINGS);
    assert.deepEqual([rule, statistics.windowSeconds], ["uniform", 86_400]);
  });

  it("have faults where they contradict each other, all told at once", () => {
    const change = { houses: ["a", "utility", "a"], initialPriceUsdPerKwh: 2, statistics: { windowSeconds: 60 } };
    assert.deepEqual(
      faultsOf(change),
      ["houses", "houses", "initialPriceUsdPerKwh", "statistics.windowSeconds"].map(p => `params.${p}`),
    );
  });

  it("refuse rules and limits that are none", () => {
    for (const change of [{ rule: "lottery" }, { transformerKw: -1 }, { utilityKw: NaN }, { book: { everyRounds: 0 } }])
      assert.throws(() => substation.params.parse({ ...SETTINGS, ...change }), { name: "ZodError" });
  });
});
