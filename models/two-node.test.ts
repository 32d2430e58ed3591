import assert from "node:assert/strict";
import fc from "fast-check";
import { type Transition, transitionOver, type TwoNode } from "./two-node.js";

const nodes = fc.record({
  airCapacity: fc.double({ min: 200, max: 2000, noNaN: true }),
  massCapacity: fc.double({ min: 1500, max: 16000, noNaN: true }),
  loss: fc.double({ min: 100, max: 2000, noNaN: true }),
  coupling: fc.double({ min: 1000, max: 13000, noNaN: true }),
});
const starts = fc.tuple(fc.double({ min: -60, max: 60, noNaN: true }), fc.double({ min: -60, max: 60, noNaN: true }));

function apply(transition: Transition, [air, mass]: readonly [number, number]): [number, number] {
  return [
    transition.airFromAir * air + transition.airFromMass * mass,
    transition.massFromAir * air + transition.massFromMass * mass,
  ];
}

function slope(node: TwoNode, [air, mass]: readonly [number, number]): [number, number] {
  return [
    (-node.loss * air + node.coupling * (mass - air)) / node.airCapacity,
    (node.coupling * (air - mass)) / node.massCapacity,
  ];
}

/** Classical Runge-Kutta with steps so small that its error is far below the tolerance. */
function rungeKutta(node: TwoNode, start: readonly [number, number], hours: number): [number, number] {
  const steps = 4000;
  const h = hours / steps;
  let [air, mass] = start;
  for (let n = 0; n < steps; n++) {
    const k1 = slope(node, [air, mass]);
    const k2 = slope(node, [air + (h / 2) * k1[0], mass + (h / 2) * k1[1]]);
    const k3 = slope(node, [air + (h / 2) * k2[0], mass + (h / 2) * k2[1]]);
    const k4 = slope(node, [air + h * k3[0], mass + h * k3[1]]);
    air += (h / 6) * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]);
    mass += (h / 6) * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]);
  }
  return [air, mass];
}

describe("two-node transition", () => {
  it("agrees with a Runge-Kutta integration of the differential equation", () => {
    let worst = 0;
    fc.assert(
      fc.property(nodes, starts, fc.double({ min: 1 / 3600, max: 2, noNaN: true }), (node, start, hours) => {
        const exact = apply(transitionOver(node, hours), start);
        const integrated = rungeKutta(node, start, hours);
        worst = Math.max(worst, Math.abs(exact[0] - integrated[0]), Math.abs(exact[1] - integrated[1]));
        assert.ok(worst < 1e-9);
      }),
      { numRuns: 100 },
    );
    console.log(`      worst difference ${worst.toExponential(1)} degF over up to 2 h (bound 1e-9)`);
  });

  it("does not care how a span is divided into steps", () => {
    let worst = 0;
    fc.assert(
      fc.property(
        nodes,
        starts,
        fc.integer({ min: 1, max: 3600 }),
        fc.integer({ min: 2, max: 60 }),
        (node, start, seconds, parts) => {
          const whole = apply(transitionOver(node, seconds / 3600), start);
          const part = transitionOver(node, seconds / 3600 / parts);
          let split = start;
          for (let n = 0; n < parts; n++) split = apply(part, split);
          worst = Math.max(worst, Math.abs(whole[0] - split[0]), Math.abs(whole[1] - split[1]));
          assert.ok(worst < 1e-9);
        },
      ),
    );
    console.log(`      worst difference ${worst.toExponential(1)} degF for up to 60 parts (bound 1e-9)`);
  });

  it("is the identity for no time and forgets everything in the long run", () => {
    const node = { airCapacity: 600, massCapacity: 4000, loss: 500, coupling: 6000 };
    assert.deepEqual(apply(transitionOver(node, 0), [3, -2]), [3, -2]);
    assert.deepEqual(apply(transitionOver(node, 1e6), [3, -2]).map(Math.abs), [0, 0]);
  });
});
