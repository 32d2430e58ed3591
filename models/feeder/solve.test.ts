import assert from "node:assert/strict";
import { ModelError } from "../model-error.js";
import { compileFeeder } from "./compile.js";
import type { FeederDescription, LoadDescription } from "./description.js";
import { indexByName } from "./feeder.js";
import { nominalLoads } from "./loads.js";
import { createMeasures, measureFeeder } from "./measures.js";
import { solveFeeder } from "./solve.js";

const SOURCE = Float64Array.of(100, 0);

/** 100 V behind 1 ohm: a load of P watt draws I with (100 - I) I = P. */
function oneOhm(load: Partial<LoadDescription>): FeederDescription {
  return {
    source: "head",
    nodes: [
      { name: "head", phases: "A", nominalV: 100 },
      { name: "end", phases: "A", nominalV: 100 },
    ],
    lineCodes: [{ name: "ohm", resistanceOhmPerKm: [[1]], reactanceOhmPerKm: [[0]] }],
    lines: [{ name: "wire", from: "end", to: "head", code: "ohm", lengthKm: 1, ratingA: 20 }],
    loads: [{ name: "load", node: "end", terminals: ["A"], ...load }],
  };
}

function codeOf(action: () => unknown): { code: string; fault: string } {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof ModelError);
    return { code: error.code, fault: error.faults.join("\n") };
  }
  assert.fail("nothing was thrown");
}

describe("Solving a feeder", () => {
  it("draws constant power, constant current and constant impedance as their names say", () => {
    for (const [part, amperes] of [
      ["constantPowerW", 50 - Math.sqrt(50 * 50 - 900)],
      ["constantCurrentW", 9],
      ["constantImpedanceW", 100 / (1 + 100 * (100 / 900))],
    ] as const) {
      const description = oneOhm({ powers: { [part]: [900] } });
      const feeder = compileFeeder(description);
      solveFeeder(feeder, SOURCE, nominalLoads(description), { tolerancePu: 1e-12 });
      assert.ok(Math.abs(feeder.current[0] - amperes) < 1e-8, `${part}: ${feeder.current[0]} A, expected ${amperes}`);
    }
  });

  it("measures power, losses and loading", () => {
    const description = oneOhm({ powers: { constantCurrentW: [1000] } });
    const feeder = compileFeeder(description);
    solveFeeder(feeder, SOURCE, nominalLoads(description), { tolerancePu: 1e-12 });
    const measures = createMeasures(feeder);
    measureFeeder(feeder, measures);
    const end = indexByName(feeder.nodeNames).get("end") ?? -1;
    assert.equal(feeder.branchNames[end], "wire");
    assert.ok(Math.abs(measures.sourceVa[0] - 1000) < 1e-9);
    assert.ok(Math.abs(measures.nodeVa[2 * end] - 900) < 1e-9);
    assert.ok(Math.abs(measures.branchLossVa[2 * end] - 100) < 1e-9);
    assert.ok(Math.abs(measures.loadingPercent[end] - 50) < 1e-9);
    assert.ok(Number.isNaN(measures.loadingPercent[0]), "the source has no rating");
  });

  it("takes fewer sweeps from the last solution than from the no-load voltages", () => {
    const description = oneOhm({ powers: { constantPowerW: [900] } });
    const feeder = compileFeeder(description);
    const cold = solveFeeder(feeder, SOURCE, nominalLoads(description));
    assert.equal(solveFeeder(feeder, SOURCE, nominalLoads(description)), 1);
    assert.ok(cold > 3, `${cold}`);
  });

  it("stops at the first sweep that changes no voltage by more than the tolerance", () => {
    const description = oneOhm({ powers: { constantPowerW: [900] } });
    for (const tolerancePu of [1e-3, 1e-6, 1e-9]) {
      let [sweeps, volts, before] = [0, 100, Infinity];
      while (Math.abs(volts - before) > 100 * tolerancePu) {
        before = volts;
        volts = 100 - 900 / volts;
        sweeps++;
      }
      const feeder = compileFeeder(description);
      assert.equal(solveFeeder(feeder, SOURCE, nominalLoads(description), { tolerancePu }), sweeps);
    }
  });

  it("names node and mismatch when the load is more than the line can carry, and recovers", () => {
    const description = oneOhm({ powers: { constantPowerW: [3000] } });
    const feeder = compileFeeder(description);
    const loads = nominalLoads(description);
    const { code, fault } = codeOf(() => solveFeeder(feeder, SOURCE, loads));
    assert.equal(code, "MODEL_FEEDER_DIVERGED");
    assert.match(fault, /^node end: its voltage still changes by [\d.]+ of nominal .* reduce it/);
    loads.constantPowerW[0] = 900;
    solveFeeder(feeder, SOURCE, loads, { tolerancePu: 1e-12 });
    assert.ok(Math.abs(feeder.current[0] - 10) < 1e-8);
  });

  it("names an input of the wrong length and a power or voltage that is no number", () => {
    const description = oneOhm({ powers: { constantPowerW: [900] } });
    const feeder = compileFeeder(description);
    const loads = nominalLoads(description);
    const short = { ...loads, constantCurrentVar: new Float64Array(0) };
    assert.match(
      codeOf(() => solveFeeder(feeder, SOURCE, short)).fault,
      /^constantCurrentVar has 0 numbers; give one for each of the 1/,
    );
    assert.match(codeOf(() => solveFeeder(feeder, new Float64Array(6), loads)).fault, /^sourceVoltages has 6 numbers/);
    assert.match(
      codeOf(() => solveFeeder(feeder, Float64Array.of(NaN, 0), loads)).fault,
      /^sourceVoltages\[0\] is NaN/,
    );
    loads.constantPowerW[0] = NaN;
    const { code, fault } = codeOf(() => solveFeeder(feeder, SOURCE, loads));
    assert.equal(code, "MODEL_FEEDER_INPUT");
    assert.match(fault, /^load load: constantPowerW\[0\] is NaN; give a finite power/);
  });
});
