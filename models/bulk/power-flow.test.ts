import assert from "node:assert/strict";
import fc from "fast-check";
import type { BulkCase } from "./case.js";
import { ieee14, ieee14Solution } from "./ieee-14.fixture.js";
import { caseOperatingPoint, PowerFlowError } from "./power-flow.js";
import { PowerFlowSolver } from "./power-flow-solver.js";

const solveCase = (bulk: BulkCase) => new PowerFlowSolver(bulk).solve(caseOperatingPoint(bulk));

function twoBus(loadMw: number, loadMvar: number, shiftDeg = 0): BulkCase {
  const bus = { loadMw: 0, loadMvar: 0, shuntMw: 0, shuntMvar: 0, baseKv: 230, voltagePu: 1, angleDeg: 0 };
  const ends = { from: 1, to: 2, inService: true, ratingMva: 0, tapRatio: 0, shiftDeg };
  return {
    baseMva: 100,
    buses: [
      { ...bus, number: 1, kind: "swing" },
      { ...bus, number: 2, kind: "PQ", loadMw, loadMvar },
    ],
    generators: [{ ...ieee14.generators[0], bus: 1, voltagePu: 1 }],
    branches: [{ ...ends, resistancePu: 0.02, reactancePu: 0.1, chargingPu: 0 }],
  };
}

/** Receiving voltage of a line without charging, from V⁴ + (2(PR + QX) − 1)V² + (P² + Q²)(R² + X²) = 0. */
function receivingVoltagePu(p: number, q: number): number {
  const b = 2 * (p * 0.02 + q * 0.1) - 1;
  const c = (p * p + q * q) * (0.02 * 0.02 + 0.1 * 0.1);
  return Math.sqrt((-b + Math.sqrt(b * b - 4 * c)) / 2);
}

describe("AC power flow", () => {
  it("agrees with the published solution of the IEEE 14-bus case to its digits", () => {
    const flow = solveCase(ieee14);
    const volts = ieee14Solution.voltagePu.map((expected, i) => Math.abs(flow.voltagePu[i] - expected));
    const angles = ieee14Solution.angleDeg.map((deg, i) => Math.abs((flow.angleRad[i] * 180) / Math.PI - deg));
    console.log(`      voltages within ${Math.max(...volts).toFixed(5)} pu (digits 0.0005)`);
    console.log(
      `      angles within ${Math.max(...angles).toFixed(4)} deg (digits 0.005), loss ${flow.lossMw.toFixed(4)} MW`,
    );
    assert.ok(Math.max(...volts) <= 0.0005 && Math.max(...angles) <= 0.0051);
    assert.ok(Math.abs(flow.lossMw - ieee14Solution.lossMw) <= 0.0005);
    assert.ok(Math.abs(flow.outputMw[0] - ieee14Solution.swingMw) <= 0.0005);
  });

  it("agrees with the closed form of two buses, and a phase shift only turns the angle", () => {
    const load = fc.tuple(fc.double({ min: 0, max: 120, noNaN: true }), fc.double({ min: -20, max: 60, noNaN: true }));
    const check = fc.property(load, fc.integer({ min: -30, max: 30 }), ([mw, mvar], shiftDeg) => {
      const plain = solveCase(twoBus(mw, mvar));
      const turned = solveCase(twoBus(mw, mvar, shiftDeg));
      assert.ok(Math.abs(plain.voltagePu[1] - receivingVoltagePu(mw / 100, mvar / 100)) < 1e-8);
      assert.ok(Math.abs(turned.voltagePu[1] - plain.voltagePu[1]) < 1e-8);
      assert.ok(Math.abs(plain.angleRad[1] - turned.angleRad[1] - (shiftDeg * Math.PI) / 180) < 1e-8);
    });
    fc.assert(check, { numRuns: 300, seed: 5 });
  });

  it("conserves power: outputs, loads, shunts and losses balance at every bus", () => {
    const flow = solveCase(ieee14);
    const position = (number: number) => ieee14.buses.findIndex(bus => bus.number === number);
    const restMw = ieee14.buses.map(bus => -bus.loadMw);
    const restMvar = ieee14.buses.map(
      (bus, i) => -bus.loadMvar + bus.shuntMvar * flow.voltagePu[i] * flow.voltagePu[i],
    );
    ieee14.generators.forEach((unit, k) => {
      restMw[position(unit.bus)] += flow.outputMw[k];
      restMvar[position(unit.bus)] += flow.outputMvar[k];
    });
    ieee14.branches.forEach((branch, k) => {
      restMw[position(branch.from)] -= flow.fromMw[k];
      restMw[position(branch.to)] -= flow.toMw[k];
      restMvar[position(branch.from)] -= flow.fromMvar[k];
      restMvar[position(branch.to)] -= flow.toMvar[k];
    });
    assert.ok([...restMw, ...restMvar].every(rest => Math.abs(rest) < 1e-6));
  });

  it("reaches the same state from a warm start, in fewer iterations", () => {
    const cold = structuredClone(solveCase(ieee14));
    const point = caseOperatingPoint(ieee14);
    point.loadMw[3] += 0.5;
    const solver = new PowerFlowSolver(ieee14);
    const fresh = structuredClone(solver.solve(point));
    const warm = solver.solve(point, cold);
    assert.ok(warm.iterations < fresh.iterations);
    assert.ok(warm.voltagePu.every((volts, i) => Math.abs(volts - fresh.voltagePu[i]) < 1e-8));
  });

  it("shares reactive power by range, treats a PV bus without a unit as PQ, and splits the swing's balance", () => {
    const units = ieee14.generators;
    const both = { ...ieee14, generators: [...units, { ...units[0], outputMw: 30, minMvar: -50, maxMvar: 50 }] };
    const [one, two] = [solveCase(ieee14), solveCase(both)];
    assert.ok(Math.abs(two.outputMw[0] + 30 - one.outputMw[0]) < 1e-6 && two.outputMw[5] === 30);
    assert.ok(Math.abs(two.outputMvar[0] - 2 * two.outputMvar[5]) < 1e-6);
    const without = solveCase({ ...ieee14, generators: units.map((u, k) => ({ ...u, inService: k !== 4 })) });
    assert.ok(without.voltagePu[7] < 1.07 && without.outputMvar[4] === 0);
  });

  it("names the bus and the mismatch when there is no solution", () => {
    assert.throws(() => solveCase(twoBus(2000, 500)), (error: unknown) => {
      assert.ok(error instanceof PowerFlowError && error.bus === 2 && error.mismatchMva > 0);
      assert.match(error.message, /bus 2 is out of balance by .* MVA\. Reduce its load/);
      return true;
    }); // prettier-ignore
  });
});
