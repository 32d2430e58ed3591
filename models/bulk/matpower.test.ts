import assert from "node:assert/strict";
import { ModelError } from "../model-error.js";
import { ieee14 } from "./ieee-14.fixture.js";
import { readMatpower } from "./matpower.js";
import { nineBus } from "./nine-bus.js";
import { optimalPowerFlow } from "./optimal-power-flow.js";
import { matpowerText } from "./testing/matpower-text.js";

function faultsOf(text: string): readonly string[] {
  try {
    readMatpower(text, "grid.m");
  } catch (error) {
    assert.ok(error instanceof ModelError, String(error));
    return error.faults;
  }
  return [];
}

/** A case as a person writes it: rows on one line, commas, comments, short costs, no limit. */
const THREE_BUS = `function mpc = three
mpc.version = '2'; mpc.baseMVA = 100;
mpc.bus = [ 1 3 0 0 0 0 1 1 0 230 1 1.1 0.9; 2 1 80 20 0 0 1 1 0 230 1 1.1 0.9; % load
  3, 2, 0, 0, 0, 0, 1, 1.02, 0, 230, 1, 1.1, 0.9 ];
mpc.gen = [
  1 0 0 Inf -Inf 1 100 1 200 0
  3 0 0 50 -50 1.02 100 1 60 10
];
mpc.branch = [
  1 2 0.01 0.1 0 0 0 0 0 0 1
  2 3 0.01 0.1 0 0 0 0 0 0 1
];
mpc.gencost = [
  2 0 0 2 20 0
  2 0 0 3 0.1 10 5
];
`;

describe("a MATPOWER case", () => {
  it("is what it was before it was written", () => {
    assert.deepEqual(readMatpower(matpowerText(nineBus), "nine.m"), nineBus);
    assert.deepEqual(readMatpower(matpowerText(ieee14), "fourteen.m"), ieee14);
  });

  it("of a person's hand is read, and its dispatch is the one done by hand", () => {
    const bulk = readMatpower(THREE_BUS, "three.m");
    assert.deepEqual(
      bulk.generators.map(({ cost, maxMvar }) => [cost.c2, cost.c1, cost.c0, maxMvar]),
      [
        [0, 20, 0, 9999],
        [0.1, 10, 5, 50],
      ],
    );
    const { outputMw, priceUsdPerMwh } = optimalPowerFlow(bulk);
    assert.ok(Math.abs(outputMw[1] - 50) < 1e-4, "0.2 P + 10 = 20");
    assert.ok(Math.abs(outputMw[0] - 30) < 1e-4);
    assert.ok(Math.abs(priceUsdPerMwh[1] - 20) < 1e-4);
  });

  it("names line, value and cure of what is wrong", () => {
    const changed = (from: string, to: string) => faultsOf(THREE_BUS.replace(from, to)).join("\n");
    assert.match(changed("mpc.baseMVA = 100;", ""), /grid\.m, line 1: There is no mpc\.baseMVA/);
    assert.match(changed("mpc.branch", "mpc.lines"), /There is no mpc\.branch/);
    assert.match(changed("1 0 0 Inf", "1 x 0 Inf"), /line 6: "x" is no number/);
    assert.match(changed(" 1 200 0\n", " 1\n"), /line 6: The row of mpc\.gen has 8 columns instead of 10/);
    assert.match(changed("2 1 80", "2 4 80"), /line 3: The bus type 4 is not 1, 2 or 3/);
    assert.match(changed("2 0 0 2 20 0", "1 0 0 2 20 0"), /line 14: The cost of model 1/);
    assert.match(changed("  2 0 0 3 0.1 10 5\n", ""), /line 7: The generator has no row in mpc\.gencost/);
    assert.match(changed("2 3 0.01 0.1", "2 9 0.01 0.1"), /grid\.m: branch 2: bus 9 does not exist/);
    assert.equal(faultsOf("").length, 5);
  });
});
