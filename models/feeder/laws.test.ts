import assert from "node:assert/strict";
import fc from "fast-check";
import { compileFeeder } from "./compile.js";
import type { FeederDescription } from "./description.js";
import type { Feeder } from "./feeder.js";
import { loadPowerVa } from "./load-power.js";
import { nominalLoads } from "./loads.js";
import { createMeasures, measureFeeder } from "./measures.js";
import { solveFeeder } from "./solve.js";
import { sweepForward } from "./sweep.js";
import { solveDense } from "./testing/dense-solver.js";
import { randomFeeder, randomSource } from "./testing/random-feeder.js";

const RUNS = 150;

function solved(description: FeederDescription, source: Float64Array, tolerancePu: number): Feeder {
  const feeder = compileFeeder(description);
  solveFeeder(feeder, source, nominalLoads(description), { tolerancePu });
  return feeder;
}

/** Largest distance of the voltages from those without any current, over the nominal voltage. */
function voltageDrop(feeder: Feeder): number {
  const idle = structuredClone(feeder);
  idle.current.fill(0);
  sweepForward(idle);
  const drops = [...feeder.nominalV].flatMap((nominalV, n) => {
    const at = 2 * feeder.firstConductor[n];
    return Math.hypot(feeder.voltage[at] - idle.voltage[at], feeder.voltage[at + 1] - idle.voltage[at + 1]) / nominalV;
  });
  return Math.max(...drops);
}

describe("Laws of the power flow on random radial feeders", () => {
  it("gives the voltages of a dense nodal solution", () => {
    let worst = 0;
    let compared = 0;
    let largestDrop = 0;
    fc.assert(
      fc.property(randomFeeder, randomSource, (description, source) => {
        const feeder = solved(description, source, 1e-11);
        const dense = solveDense(description, source);
        largestDrop = Math.max(largestDrop, voltageDrop(feeder));
        feeder.nodeNames.forEach((name, n) => {
          [...feeder.nodePhases[n]].forEach((phase, k) => {
            const at = 2 * (feeder.firstConductor[n] + k);
            const [re, im] = dense.get(`${name}.${phase}`) ?? [NaN, NaN];
            const gap = Math.hypot(feeder.voltage[at] - re, feeder.voltage[at + 1] - im) / feeder.nominalV[n];
            assert.ok(gap < 1e-8, `${name}.${phase}: ${gap} pu`);
            worst = Math.max(worst, gap);
            compared++;
          });
        });
      }),
      { numRuns: RUNS },
    );
    console.log(
      `      ${compared} voltages against a dense solution: worst gap ${worst.toExponential(1)} pu ` +
        `(voltage drops up to ${largestDrop.toFixed(2)} pu)`,
    );
  });

  it("balances: source = loads + losses + shunts", () => {
    let worst = 0;
    fc.assert(
      fc.property(randomFeeder, randomSource, (description, source) => {
        const feeder = solved(description, source, 1e-9);
        const measures = createMeasures(feeder);
        measureFeeder(feeder, measures);
        const drawn = loadPowerVa(feeder, nominalLoads(description));
        const { sourceVa, lossVa, shuntVa } = measures;
        const scale = Math.hypot(...sourceVa) + Math.hypot(...lossVa) + Math.hypot(...shuntVa) + 1e-3;
        for (const [part, load] of [drawn.re, drawn.im].entries()) {
          const gap = Math.abs(sourceVa[part] - load - lossVa[part] - shuntVa[part]) / scale;
          assert.ok(gap < 1e-6, `${gap} of ${scale} VA`);
          worst = Math.max(worst, gap);
        }
      }),
      { numRuns: RUNS },
    );
    console.log(`      power balance: worst gap ${worst.toExponential(1)} of the source's power`);
  });

  it("goes on identically from a clone taken between any two solves", () => {
    fc.assert(
      fc.property(randomFeeder, fc.array(randomSource, { minLength: 2, maxLength: 4 }), (description, sources) => {
        const loads = nominalLoads(description);
        const straight = compileFeeder(description);
        let cloned = structuredClone(straight);
        for (const source of sources) {
          const iterations = solveFeeder(straight, source, loads);
          assert.equal(solveFeeder(cloned, source, loads), iterations);
          cloned = structuredClone(cloned);
          assert.deepEqual(cloned, straight);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("reaches the same voltages from a warm and from a fresh start", () => {
    fc.assert(
      fc.property(randomFeeder, randomSource, randomSource, (description, first, second) => {
        const warm = solved(description, first, 1e-11);
        solveFeeder(warm, second, nominalLoads(description), { tolerancePu: 1e-11 });
        const fresh = solved(description, second, 1e-11);
        warm.voltage.forEach((value, k) => assert.ok(Math.abs(value - fresh.voltage[k]) < 1e-6, `${value}`));
      }),
      { numRuns: 40 },
    );
  });

  it("a delta-delta bank with an unbalanced delta load gives the line-to-line voltages of its windings", () => {
    const description: FeederDescription = {
      source: "hv",
      nodes: [
        { name: "hv", phases: "ABC", nominalV: 2400 },
        { name: "lv", phases: "ABC", nominalV: 277 },
      ],
      transformers: [
        {
          name: "bank",
          from: "hv",
          to: "lv",
          connection: "delta-delta",
          ratedVa: 150e3,
          primaryV: 4160,
          secondaryV: 480,
          resistancePu: 0.0127,
          reactancePu: 0.0272,
        },
      ],
      loads: [
        {
          name: "mill",
          node: "lv",
          terminals: ["AB", "BC", "CA"],
          powers: { constantPowerW: [60e3, 10e3, 25e3], constantImpedanceVar: [20e3, 5e3, -4e3] },
        },
      ],
    };
    const source = Float64Array.from(
      [0, -120, 120].flatMap(deg => [Math.cos, Math.sin].map(f => 2400 * f((deg * Math.PI) / 180))),
    );
    const { voltage } = solved(description, source, 1e-12);
    const dense = solveDense(description, source, 1e-9);
    const gaps = [0, 1, 2].map(k => {
      const next = (k + 1) % 3;
      const [a, b] = [dense.get(`lv.${"ABC"[k]}`), dense.get(`lv.${"ABC"[next]}`)];
      assert.ok(a && b);
      const re = voltage[6 + 2 * k] - voltage[6 + 2 * next] - (a[0] - b[0]);
      const im = voltage[7 + 2 * k] - voltage[7 + 2 * next] - (a[1] - b[1]);
      return Math.hypot(re, im) / 480;
    });
    console.log(`      delta-delta: worst gap ${Math.max(...gaps).toExponential(1)} pu`);
    assert.ok(Math.max(...gaps) < 1e-8);
  });
});
