import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../runtime/index.js";
import {
  admitPackets,
  comfortGuard,
  FREE,
  GUARDED_OFF,
  GUARDED_ON,
  requestProbability,
  requestRatePerSecond,
  type PacketRequest,
} from "./index.js";

const TIMING = { meanTimeToRequestSeconds: 30, intervalSeconds: 2 };

describe("a packet request", () => {
  it("comes at the rates worked out by hand: 1/MTTR at the set-point, a third and three times of it a quarter band away", () => {
    const rate = (airF: number) => requestRatePerSecond(airF, 80, 4, 30);
    assert.equal(rate(80), 1 / 30);
    assert.equal(rate(79), 1 / 3 / 30);
    assert.equal(rate(81), 3 / 30);
    assert.equal(rate(82), Infinity);
    assert.equal(rate(78), 0);
    assert.equal(rate(60), 0);
  });

  it("has the probability of at least one Poisson event: none and certain outside the band, 1 − 1/e after one MTTR", () => {
    assert.equal(requestProbability(78, 80, 4, TIMING), 0);
    assert.equal(requestProbability(82, 80, 4, TIMING), 1);
    assert.equal(requestProbability(99, 80, 4, TIMING), 1);
    assert.equal(requestProbability(80, 80, 4, { ...TIMING, intervalSeconds: 30 }), 1 - Math.exp(-1));
    assert.ok(Math.abs(requestProbability(80, 80, 4, TIMING) - 0.06449301496838222) < 1e-15);
  });

  it("agrees with the published formula over low, up and the second factor, written the long way", () => {
    const published = (airF: number, set: number, band: number) => {
      const [low, up] = [set - band / 2, set + band / 2];
      if (airF >= up) return 1;
      if (airF <= low) return 0;
      const mu = (1 / 30) * ((airF - low) / (up - airF)) * ((up - set) / (set - low));
      return 1 - Math.exp(-mu * 2);
    };
    const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const property = fc.property(double(60, 100), double(72, 86), double(0.5, 6), (airF, set, band) => {
      assert.ok(Math.abs(requestProbability(airF, set, band, TIMING) - published(airF, set, band)) < 1e-9);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it("is drawn as often as the binomial says: 10,000 draws at five temperatures within 4 σ", () => {
    const draws = 10_000;
    const stream = new RandomStream(3, "houses/requests");
    const deviations = [79, 79.5, 80, 81, 81.9].map(airF => {
      const p = requestProbability(airF, 80, 4, TIMING);
      let asked = 0;
      for (let k = 0; k < draws; k++) if (stream.next() < p) asked++;
      return (asked - draws * p) / Math.sqrt(draws * p * (1 - p));
    });
    console.log(`      deviations ${deviations.map(z => z.toFixed(2)).join(", ")} σ (bound 4)`);
    assert.ok(deviations.every(z => Math.abs(z) < 4));
  });
});

describe("the comfort guard (exit mode)", () => {
  it("takes over outside the band, hands back within ±3/8 of it, and does not change its mind in between", () => {
    const path = [80, 81.9, 82.1, 81.6, 81.49, 81.9, 77.9, 78.4, 78.51];
    let guard = comfortGuard(GUARDED_ON, 81.6, 80, 4);
    const seen = path.map(airF => (guard = comfortGuard(guard, airF, 80, 4)));
    assert.deepEqual(seen, [...[FREE, FREE, GUARDED_ON, GUARDED_ON, FREE, FREE], ...[GUARDED_OFF, GUARDED_OFF, FREE]]);
  });

  it("keeps the mode in which it starts at the very edges", () => {
    for (const guard of [FREE, GUARDED_ON, GUARDED_OFF] as const) {
      for (const airF of [82, 81.5, 78.5, 78]) assert.equal(comfortGuard(guard, airF, 80, 4), guard);
    }
  });
});

const watts = (powerW: number, drawingW = 0): PacketRequest => ({ powerW, drawingW });

describe("the packet coordinator", () => {
  const rules = { capW: 10_000, measuredW: 4000, isPublished: false };

  it("grants up to and including the cap, and goes on to smaller requests after a refusal", () => {
    const { accepted, estimateW } = admitPackets([watts(3000), watts(4000), watts(3000), watts(1)], rules);
    assert.deepEqual(accepted, [true, false, true, false]);
    assert.deepEqual(estimateW, [7000, 11_000, 10_000, 10_001]);
  });

  it("does not add what the meter shows already", () => {
    const { accepted, estimateW } = admitPackets([watts(3000, 3000), watts(3000, 99)], rules);
    assert.deepEqual(accepted, [true, true]);
    assert.deepEqual(estimateW, [4000, 7000]);
  });

  it("published, lets the estimate fall below the measured power when it refuses a drawing house; corrected, not", () => {
    const requests = [watts(3000, 3000), watts(3000, 0)];
    const over = { capW: 3500, measuredW: 4000 };
    assert.deepEqual(admitPackets(requests, { ...over, isPublished: true }).estimateW, [4000, 4000]);
    assert.deepEqual(admitPackets(requests, { ...over, isPublished: false }).estimateW, [4000, 7000]);
  });

  it("grants everything without a cap", () => {
    const { accepted } = admitPackets([watts(1e9), watts(1e9)], { ...rules, capW: Infinity });
    assert.deepEqual(accepted, [true, true]);
  });

  it("never lets the measured power and what it admitted exceed the cap, in any order of any requests", () => {
    const request = fc.record({ powerW: fc.integer({ min: 1, max: 9000 }), drawingW: fc.constantFrom(0, 99, 3000) });
    const property = fc.property(fc.array(request), fc.nat(200_000), fc.nat(200_000), (requests, capW, measuredW) => {
      const { accepted } = admitPackets(requests, { capW, measuredW, isPublished: false });
      const granted = requests.filter((_, i) => accepted[i]);
      const added = granted.reduce((sum, { powerW, drawingW }) => sum + (drawingW < 100 ? powerW : 0), 0);
      assert.ok(granted.length === 0 || measuredW + added <= capW);
    });
    fc.assert(property);
  });
});
