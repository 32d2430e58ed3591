import assert from "node:assert/strict";
import fc from "fast-check";
import type { BulkCase, Generator } from "./case.js";
import { dispatchableLoad, scaleDemandBid, withOutages } from "./dispatchable-load.js";
import { nineBus } from "./nine-bus.js";
import { InfeasibleDispatchError, optimalPowerFlow } from "./optimal-power-flow.js";

const unit = (bus: number, c1: number, part: Partial<Generator> = {}): Generator => ({
  ...{ bus, inService: true, outputMw: 0, outputMvar: 0, minMw: 0, maxMw: 300, minMvar: -300, maxMvar: 300 },
  ...{ voltagePu: 1, cost: { c2: 0, c1, c0: 0 }, ...part },
});

/** Three buses in a ring of equal lines; cheap unit at 1, dear unit at 2, load at 3. */
function ring(loadMw: number, ratingMva: number, generators = [unit(1, 10), unit(2, 30)]): BulkCase {
  const bus = { loadMw: 0, loadMvar: 0, shuntMw: 0, shuntMvar: 0, baseKv: 230, voltagePu: 1, angleDeg: 0 };
  const branch = { inService: true, resistancePu: 0, reactancePu: 0.1, chargingPu: 0, tapRatio: 0, shiftDeg: 0 };
  return {
    baseMva: 100,
    buses: [
      { ...bus, number: 1, kind: "swing" },
      { ...bus, number: 2, kind: "PV" },
      { ...bus, number: 3, kind: "PQ", loadMw },
    ],
    generators,
    branches: [
      { ...branch, from: 1, to: 2, ratingMva: 0 },
      { ...branch, from: 2, to: 3, ratingMva: 0 },
      { ...branch, from: 1, to: 3, ratingMva },
    ],
  };
}

const near = (actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-5) => {
  expected.forEach((value, i) => {
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `entry ${i}: ${actual[i]} instead of ${value}`);
  });
};

/** Least-cost outputs of quadratic units without a grid, by bisection on the price. */
function meritOrder(units: readonly Generator[], loadMw: number): { outputMw: number[]; price: number } {
  const outputs = (price: number) =>
    units.map(({ cost, minMw, maxMw }) => Math.min(maxMw, Math.max(minMw, (price - cost.c1) / (2 * cost.c2))));
  let [low, high] = [-1e4, 1e4];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (outputs(middle).reduce((sum, mw) => sum + mw, 0) < loadMw) low = middle;
    else high = middle;
  }
  return { outputMw: outputs(high), price: high };
}

describe("DC optimal power flow", () => {
  it("prices a congested ring as by hand: 10, 30 and 50 $/MWh", () => {
    const found = optimalPowerFlow(ring(150, 80));
    near(found.outputMw, [90, 60]);
    near(found.flowMw, [10, 70, 80]);
    near(found.priceUsdPerMwh, [10, 30, 50]);
    near(found.congestionUsdPerMwh, [0, 0, 60]);
    near([found.costUsdPerH], [90 * 10 + 60 * 30], 1e-3);
    const free = optimalPowerFlow(ring(150, 0));
    near(free.outputMw, [150, 0]);
    near(free.priceUsdPerMwh, [10, 10, 10]);
  });

  it("carries taps and phase shifts: a shift moves flow around the ring as by hand", () => {
    const bulk = ring(90, 0, [unit(1, 10)]);
    const shifted = bulk.branches.map((branch, k) => (k === 2 ? { ...branch, shiftDeg: 3 } : branch));
    const turned = optimalPowerFlow({ ...bulk, branches: shifted });
    const aroundMw = (((3 * Math.PI) / 180) * 100) / 0.3;
    near(turned.flowMw, [30 + aroundMw, 30 + aroundMw, 60 - aroundMw]);
    const tapped = bulk.branches.map((branch, k) => (k === 2 ? { ...branch, tapRatio: 2 } : branch));
    near(optimalPowerFlow({ ...bulk, branches: tapped }).flowMw, [45, 45, 45]);
  });

  it("counts shunts as load, and leaves out units and branches that are out of service", () => {
    const bulk = ring(90, 0);
    const buses = bulk.buses.map(bus => (bus.number === 3 ? { ...bus, shuntMw: 10 } : bus));
    const branches = bulk.branches.map((branch, k) => ({ ...branch, inService: k !== 0 }));
    const generators = [unit(1, 10, { inService: false }), unit(2, 30), unit(1, 40)];
    const found = optimalPowerFlow({ ...bulk, buses, branches, generators });
    near(found.outputMw, [0, 100, 0]);
    near(found.flowMw, [0, 100, 0]);
  });

  it("agrees with the merit order on 500 random unlimited nine-bus systems", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const costs = fc.array(fc.tuple(number(0.005, 2), number(0, 60)), { minLength: 4, maxLength: 4 });
    let worst = 0;
    const check = fc.property(costs, number(40, 800), (drawn, loadMw) => {
      const units = nineBus.generators.slice(0, 4).map((each, k) => {
        const [c2, c1] = drawn[k];
        return { ...each, cost: { c2, c1, c0: 0 } };
      });
      const branches = nineBus.branches.map(branch => ({ ...branch, ratingMva: 0 }));
      const buses = nineBus.buses.map(bus => ({ ...bus, loadMw: bus.number === 5 ? loadMw : 0 }));
      const found = optimalPowerFlow({ ...nineBus, buses, branches, generators: units });
      const expected = meritOrder(units, loadMw);
      expected.outputMw.forEach((mw, k) => (worst = Math.max(worst, Math.abs(found.outputMw[k] - mw))));
    });
    fc.assert(check, { numRuns: 500, seed: 3 });
    console.log(`      outputs within ${worst.toExponential(1)} MW of the merit order (bound 1e-4)`);
    assert.ok(worst < 1e-4);
  });

  it("prices every bus at the change of cost that one more MW there makes, with two lines at their limits", () => {
    const tight = nineBus.branches.map((branch, k) => (k === 1 ? { ...branch, ratingMva: 60 } : branch));
    const bulk = { ...nineBus, branches: tight.map((branch, k) => (k === 7 ? { ...branch, ratingMva: 2 } : branch)) };
    const costWith = (bus: number, moreMw: number) => {
      const buses = bulk.buses.map(each => (each.number === bus ? { ...each, loadMw: each.loadMw + moreMw } : each));
      return optimalPowerFlow({ ...bulk, buses }).costUsdPerH;
    };
    const found = optimalPowerFlow(bulk);
    assert.equal([...found.congestionUsdPerMwh].filter(price => price > 0.01).length, 2);
    const slopes = bulk.buses.map(({ number }) => (costWith(number, 0.01) - costWith(number, -0.01)) / 0.02);
    near(found.priceUsdPerMwh, slopes, 1e-3);
  });

  it("names the missing MW, the bus and the cure when the load cannot be served", () => {
    assert.throws(() => optimalPowerFlow(ring(650, 0)), (error: unknown) => {
      assert.ok(error instanceof InfeasibleDispatchError && Math.abs(error.missingMw - 50) < 1e-3);
      assert.match(error.message, /^50\.000 MW of load cannot be served \(.*bus \d.*\)\. Add capacity/);
      return true;
    }); // prettier-ignore
    const radial = { ...ring(100, 70), branches: ring(100, 70).branches.map((b, k) => ({ ...b, inService: k !== 1 })) };
    assert.throws(() => optimalPowerFlow(radial), /^InfeasibleDispatchError: 30\.000 MW .*\(bus 3\)/);
    const mustRun = ring(50, 0, [unit(1, 10, { minMw: 80 })]);
    assert.throws(() => optimalPowerFlow(mustRun), /30\.000 MW of minimum output .* lower its minMw/);
  });

  it("serves a dispatchable load up to where its marginal benefit meets the price", () => {
    const bid = { unresponsiveMw: 0, responsiveMaxMw: 0.08, degree: 2, c2: -250, c1: 60 } as const;
    const load = dispatchableLoad(nineBus.generators[4], scaleDemandBid(bid, 250));
    const found = optimalPowerFlow({ ...nineBus, generators: [...nineBus.generators.slice(0, 4), load] });
    near([-found.outputMw[4]], [Math.min(20, (60 - found.priceUsdPerMwh[6]) / 2)]);
    assert.equal(dispatchableLoad(load, { ...bid, degree: 0 }).minMw, 0);
  });

  it("takes a unit out of service for the whole of its window, both ends included", () => {
    const outages = [{ unit: 2, fromS: 100, toS: 200 }];
    const inService = [99, 100, 200, 201].map(timeS => withOutages(nineBus, outages, timeS).generators[2].inService);
    assert.deepEqual(inService, [true, false, false, true]);
  });
});
