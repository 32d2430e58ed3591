import assert from "node:assert/strict";
import fc from "fast-check";
import { radialNetwork } from "../network/index.js";
import type { PublicProblem } from "../problem.js";
import { NetworkSweep } from "./network-sweep.js";

/** Root — 1 — 2 and 1 — 3, two steps. */
const fork = (more: Partial<PublicProblem> = {}): PublicProblem => {
  const line = (from: number, to: number) => ({ from, to, resistanceOhm: to, reactanceOhm: 0.5, activeLimit: 10 });
  return {
    name: "fork",
    currency: "CNY",
    powerUnit: "kW",
    steps: 2,
    stepHours: 1,
    network: radialNetwork([line(0, 1), line(1, 2), line(1, 3)], 4, {
      dropPerOhm: 0.01,
      root: 1,
      lower: 0.7,
      upper: 1.3,
    }),
    root: {
      buyPrice: Float64Array.of(3, 5),
      sellPrice: Float64Array.of(1, 2),
      importLimit: 30,
      exportLimit: 30,
      reactiveShare: 0.75,
    },
    regulariser: 0,
    costScale: 1,
    ...more,
  };
};

const smooth = () => fork({ regulariser: 0.1, root: { ...fork().root, reactiveShare: Infinity } });

function swept(problem: PublicProblem, active: readonly number[], reactive: readonly number[] = []): NetworkSweep {
  const sweep = new NetworkSweep(problem);
  sweep.active.set(active);
  sweep.reactive.set(reactive);
  sweep.flow();
  return sweep;
}

describe("a network swept", () => {
  it("sums injections into flows and lowers the voltage along them", () => {
    const { activeFlow, voltage } = swept(fork(), [0, 0, -1, 0, -2, 4, -3, 0]);
    assert.deepEqual(
      Array.from(activeFlow, flow => flow + 0),
      [6, -4, 6, -4, 2, -4, 3, 0],
    );
    const expected = [1, 1 - 0.06, 0.94 - 0.04, 0.94 - 0.09];
    expected.forEach((value, node) => assert.ok(Math.abs(voltage[2 * node] - value) < 1e-12));
  });

  it("costs the tariff where flows are free, and nothing can be had beyond a limit", () => {
    assert.equal(swept(fork(), [0, 0, -1, 0, -2, 4, -3, 0]).cost(), 6 * 3 - 4 * 2);
    assert.equal(swept(fork(), [0, 0, 0, 0, -11, 0, 0, 0]).cost(), Infinity);
    assert.equal(swept(fork(), [0, 0, 0, 0, 0, 0, -9, 0], [0, 0, 0, 0, 0, 0, -50, 0]).cost(), Infinity);
  });

  it("prices demand at what one more unit costs, losses of the regulariser and voltages included", () => {
    const active = [0, 0, -1, 0, -2, 1, -3, -4];
    const sweep = swept(smooth(), active);
    for (const t of [0, 1]) {
      sweep.activePrice[t] = smooth().root.buyPrice[t] + 0.2 * sweep.activeFlow[t];
      sweep.reactivePrice[t] = 0.2 * sweep.reactiveFlow[t];
    }
    sweep.price();
    for (let i = 2; i < 8; i++) {
      const more = (by: number) => swept(smooth(), active.with(i, active[i] - by)).cost();
      const marginal = (more(1e-4) - more(-1e-4)) / 2e-4;
      assert.ok(Math.abs(marginal - sweep.activePrice[i]) < 1e-7, `${i}: ${marginal}, ${sweep.activePrice[i]}`);
    }
  });

  const numbers = (low: number, high: number, length: number) =>
    fc.array(fc.double({ min: low, max: high, noNaN: true }), { minLength: length, maxLength: length });

  for (const [name, problem] of [
    ["free flows", fork()],
    ["costly flows", smooth()],
  ] as const) {
    it(`bounds what any injections cost from below, at any prices and forces: ${name}`, () => {
      let finite = 0;
      fc.assert(
        fc.property(
          numbers(-6, 6, 16),
          numbers(-6, 6, 16),
          numbers(-8, 8, 4),
          numbers(-3, 3, 16),
          (at, elsewhere, prices, forces) => {
            const sweep = swept(problem, at.slice(0, 8), at.slice(8));
            sweep.activePrice.set(prices.slice(0, 2));
            sweep.reactivePrice.set(prices.slice(2).map(price => price / 8));
            sweep.forces.line.set(forces.slice(0, 8));
            sweep.forces.voltage.set(forces.slice(8));
            sweep.price();
            const other = swept(
              problem,
              elsewhere.slice(0, 8),
              elsewhere.slice(8).map(value => value / 6),
            );
            let paid = other.cost();
            for (let i = 0; i < 8; i++) {
              paid += sweep.activePrice[i] * other.active[i] + sweep.reactivePrice[i] * other.reactive[i];
            }
            if (paid < Infinity) finite++;
            assert.ok(sweep.bound() <= paid + 1e-9 * (1 + Math.abs(paid)));
          },
        ),
        { numRuns: 500 },
      );
      assert.ok(finite > 50, `only ${finite} of the draws kept the limits`);
    });
  }

  it("bounds exactly at the swept point's own prices", () => {
    const sweep = swept(smooth(), [0, 0, -1, 0, -2, 1, -3, -4]);
    for (const t of [0, 1]) sweep.activePrice[t] = smooth().root.buyPrice[t] + 0.2 * sweep.activeFlow[t];
    sweep.price();
    let paid = sweep.cost();
    for (let i = 0; i < 8; i++) paid += sweep.activePrice[i] * sweep.active[i];
    assert.ok(Math.abs(sweep.bound() - paid) < 1e-10);
  });
});
