import assert from "node:assert/strict";
import fc from "fast-check";
import { bulkFile, feederConnections } from "../../cases/neighbourhood/bulk.js";
import { nineBus, type BulkCase, type DemandBid, type Generator } from "../../models/index.js";
import {
  createBulk,
  dispatch,
  flow,
  setLoads,
  type BulkFile,
  type BulkState,
  type FeederConnection,
  type FeederDemand,
} from "./bulk-system.js";

const bidOf = (change: Partial<DemandBid> = {}) => ({
  ...{ unresponsiveMw: 0.05, responsiveMaxMw: 0.06, degree: 2, c2: -300, c1: 60, servedMw: 0.02 },
  ...(change as object),
});

const asBid = (change?: Partial<DemandBid>) => bidOf(change) as FeederDemand["bid"];

/** The nine-bus system after a dispatch and a power flow at 14 h, with dispatchable loads at some buses. */
function nineBusWith(connections: readonly FeederConnection[], demands: readonly FeederDemand[]): BulkState {
  const [load] = nineBus.generators.slice(-1);
  const file = bulkFile();
  const generators = [...nineBus.generators.slice(0, -1), ...connections.map(({ bus }) => ({ ...load, bus }))];
  const state = createBulk({ ...file, bulk: { ...nineBus, generators } }, connections, "corrected");
  setLoads(state, 50_400);
  dispatch(state, 50_400, demands);
  flow(
    state,
    demands.map(({ feederMw }) => feederMw),
  );
  return state;
}

const close = (a: number, b: number, tolerance = 1e-5) => {
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);
};

describe("several feeders", () => {
  it("at one bus are one feeder with their sum", () => {
    const demand = fc.record({
      c1: fc.double({ min: 20, max: 60, noNaN: true }),
      c2: fc.double({ min: -1500, max: -10, noNaN: true }),
      feederMw: fc.double({ min: 5, max: 25, noNaN: true }),
    });
    let [served, partly] = [0, 0];
    fc.assert(
      fc.property(demand, ({ c1, c2, feederMw }) => {
        const bid = asBid({ c1, c2 });
        const two = nineBusWith(
          [
            { bus: 7, scale: 100, unit: 4 },
            { bus: 7, scale: 100, unit: 5 },
          ],
          [
            { feederMw, bid },
            { feederMw, bid },
          ],
        );
        const one = nineBusWith([{ bus: 7, scale: 200, unit: 4 }], [{ feederMw: 2 * feederMw, bid }]);
        const [first, second] = two.feeders;
        close(first.responsiveMw + second.responsiveMw, one.feeders[0].responsiveMw, 1e-4);
        for (const { price, sourceVoltageV, reading } of two.feeders) {
          close(price, one.feeders[0].price, 1e-4);
          close(sourceVoltageV, one.feeders[0].sourceVoltageV, 0.01);
          close(reading.loadMw, one.feeders[0].reading.loadMw, 1e-4);
        }
        close(two.lossMw, one.lossMw, 1e-6);
        served += one.feeders[0].responsiveMw > 0.01 ? 1 : 0;
        partly += one.feeders[0].responsiveMw > 0.01 && one.feeders[0].responsiveMw < 11.99 ? 1 : 0;
      }),
      { numRuns: 60, seed: 1 },
    );
    console.log(`      ${served} of 60 dispatches served a response, ${partly} a part of it`);
    assert.ok(partly > 20 && served < 60);
  });

  it("each answer at their own price where no line binds, as merit order says", () => {
    const dear = asBid({ c1: 200 });
    const cheap = asBid({ c1: 45 });
    const { feeders } = nineBusWith(feederConnections(2, 100), [
      { feederMw: 15, bid: dear },
      { feederMw: 15, bid: cheap },
    ]);
    close(feeders[0].price, feeders[1].price, 1e-5);
    assert.deepEqual(
      feeders.map(({ place }) => place),
      [6, 4],
    );
    const responseMw = (c1: number) => Math.min(6, Math.max(0, (c1 - feeders[0].price) / (2 * 3)));
    close(feeders[0].responsiveMw, responseMw(200), 1e-4);
    close(feeders[1].responsiveMw, responseMw(45), 1e-4);
    assert.ok(feeders[1].responsiveMw > 0.1 && feeders[1].responsiveMw < 5.9);
  });

  it("draw real power at their own buses: outputs are loads, responses' absence and losses", () => {
    const state = nineBusWith(feederConnections(3, 100), [
      { feederMw: 10, bid: undefined },
      { feederMw: 20, bid: undefined },
      { feederMw: 30, bid: undefined },
    ]);
    const generated = state.outputMw.reduce((a, b) => a + b, 0);
    close(generated - state.loadMw.reduce((a, b) => a + b, 0) - 60 - state.lossMw, 0, 1e-5);
    const loads = state.feeders.map(({ reading, place }) => reading.loadMw - state.loadMw[place]);
    loads.forEach((load, f) => {
      close(load, [10, 20, 30][f], 1e-9);
    });
    assert.equal(new Set(state.feeders.map(({ sourceVoltageV }) => sourceVoltageV.toFixed(3))).size, 3);
  });
});

/** Three buses in a ring of equal lines; a cheap unit at bus 1, a dear one at bus 2; feeders at buses 2 and 3; line 1–3 binds. */
const LIMIT_MW = 60;
const unit = (bus: number, c2: number, c1: number): Generator => ({
  ...nineBus.generators[0],
  bus,
  ...{ minMw: 0, maxMw: 300, cost: { c2, c1, c0: 0 } },
});
const response = (bus: number): Generator => ({ ...nineBus.generators[4], bus });
const line = (from: number, to: number, ratingMva: number) => ({
  ...nineBus.branches[0],
  ...{ from, to, reactancePu: 0.1, ratingMva },
});
const ring: BulkCase = {
  baseMva: 100,
  buses: [1, 2, 3].map(number => ({
    ...nineBus.buses[3],
    ...{ number, kind: number === 1 ? ("swing" as const) : ("PQ" as const) },
  })),
  generators: [unit(1, 0.02, 10), unit(2, 0.05, 30), response(2), response(3)],
  branches: [line(1, 2, 0), line(2, 3, 0), line(1, 3, LIMIT_MW)],
};
const ringFile: BulkFile = {
  ...bulkFile(),
  bulk: ring,
  load: { buses: [1], periodSeconds: 300, leadSeconds: 0, mw: [[0]] },
  outages: [],
  swing: { unit: 0, aboveMw: Infinity, toBus: 1 },
};
const RING_FEEDERS: readonly FeederConnection[] = [
  { bus: 2, scale: 1, unit: 2 },
  { bus: 3, scale: 1, unit: 3 },
];

interface RingDemand {
  readonly fixedMw: readonly [number, number];
  readonly c1: readonly [number, number];
}
const C2 = 0.5;
const MAX_MW = 20;

function ringDispatch({ fixedMw, c1 }: RingDemand): BulkState {
  const state = createBulk(ringFile, RING_FEEDERS, "corrected");
  setLoads(state, 0);
  const bid = (f: number) => asBid({ unresponsiveMw: fixedMw[f], responsiveMaxMw: MAX_MW, c2: -C2, c1: c1[f] });
  dispatch(state, 0, [
    { feederMw: 0, bid: bid(0) },
    { feederMw: 0, bid: bid(1) },
  ]);
  return state;
}

/** Least cost less benefit by trying, on finer and finer grids, every response of both feeders and every output of unit 2. */
function bruteForce({ fixedMw, c1 }: RingDemand) {
  const worth = (q2: number, q3: number, p2: number) => {
    const demand3 = fixedMw[1] + q3;
    const p1 = fixedMw[0] + q2 + demand3 - p2;
    // In a ring of equal lines, two thirds of what bus 1 sends to bus 3 take the direct line, and a third of what bus 2 sends there comes back against it.
    const flow13 = (2 / 3) * demand3 + (1 / 3) * (fixedMw[0] + q2 - p2);
    if (p1 < 0 || p1 > 300 || p2 < 0 || p2 > 300 || Math.abs(flow13) > LIMIT_MW + 1e-9) return -Infinity;
    const benefit = (q: number, f: number) => c1[f] * q - C2 * q * q;
    return benefit(q2, 0) + benefit(q3, 1) - 0.02 * p1 * p1 - 10 * p1 - 0.05 * p2 * p2 - 30 * p2;
  };
  let best = { worth: -Infinity, q2: MAX_MW / 2, q3: MAX_MW / 2, p2: 150 };
  for (let [wide, round] = [1, 0]; round < 34; round++, wide *= 0.72) {
    const centre = best;
    for (let i = -10; i <= 10; i++)
      for (let j = -10; j <= 10; j++)
        for (let k = -10; k <= 10; k++) {
          const clamp = (q: number) => Math.min(MAX_MW, Math.max(0, q));
          const q2 = clamp(centre.q2 + (wide * i * MAX_MW) / 20);
          const q3 = clamp(centre.q3 + (wide * j * MAX_MW) / 20);
          const p2 = centre.p2 + (wide * k * 300) / 20;
          const value = worth(q2, q3, p2);
          if (value > best.worth) best = { worth: value, q2, q3, p2 };
        }
  }
  return best;
}

describe("two feeders behind a line that binds", () => {
  const demand: RingDemand = { fixedMw: [40, 90], c1: [45, 70] };

  it("have prices that differ by bus: each is what one more MW there costs, by brute force", () => {
    const { feeders } = ringDispatch(demand);
    const base = bruteForce(demand);
    const more = 0.5;
    const costOfMore = [0, 1].map(f => {
      const fixed = (sign: number) => demand.fixedMw.map((mw, i) => mw + (i === f ? sign * more : 0));
      const worth = (sign: number) => bruteForce({ ...demand, fixedMw: fixed(sign) as [number, number] }).worth;
      return (worth(-1) - worth(1)) / (2 * more);
    });
    const prices = feeders.map(({ price }) => price);
    console.log(
      `      prices ${prices.map(p => p.toFixed(3)).join(", ")} USD/MWh, by brute force ${costOfMore.map(p => p.toFixed(3)).join(", ")} (bound 0.02)`,
    );
    assert.ok(prices[1] - prices[0] > 5, "bus 3 is dearer");
    prices.forEach((price, f) => {
      close(price, costOfMore[f], 0.02);
    });
    close(feeders[0].responsiveMw, base.q2, 0.01);
    close(feeders[1].responsiveMw, base.q3, 0.01);
  });

  it("have one price when the line is strong enough", () => {
    const { feeders } = ringDispatch({ ...demand, fixedMw: [40, 20] });
    close(feeders[0].price, feeders[1].price, 1e-4);
  });
});
