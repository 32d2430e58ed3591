import type { Branch, BulkCase, Bus, BusKind, Generator } from "./case.js";

const bus = (number: number, kind: BusKind, loadMw: number, loadMvar: number): Bus => ({
  ...{ number, kind, loadMw, loadMvar, shuntMw: 0, shuntMvar: number === 9 ? 19 : 0 },
  ...{ baseKv: 0, voltagePu: 1, angleDeg: 0 },
});

const unit = (at: number, outputMw: number, voltagePu: number): Generator => ({
  ...{ bus: at, inService: true, outputMw, outputMvar: 0, minMw: 0, maxMw: 400, minMvar: -100, maxMvar: 100 },
  ...{ voltagePu, cost: { c2: 0.01, c1: 40, c0: 0 } },
});

const branch = (ends: [number, number], impedancePu: [number, number, number], tapRatio = 0): Branch => ({
  ...{ from: ends[0], to: ends[1], inService: true, ratingMva: 0, tapRatio, shiftDeg: 0 },
  ...{ resistancePu: impedancePu[0], reactancePu: impedancePu[1], chargingPu: impedancePu[2] },
});

/** The IEEE 14-bus test case (Power Systems Test Case Archive, University of Washington, 1993). */
export const ieee14: BulkCase = {
  baseMva: 100,
  buses: [
    bus(1, "swing", 0, 0),
    bus(2, "PV", 21.7, 12.7),
    bus(3, "PV", 94.2, 19),
    bus(4, "PQ", 47.8, -3.9),
    bus(5, "PQ", 7.6, 1.6),
    bus(6, "PV", 11.2, 7.5),
    bus(7, "PQ", 0, 0),
    bus(8, "PV", 0, 0),
    bus(9, "PQ", 29.5, 16.6),
    bus(10, "PQ", 9, 5.8),
    bus(11, "PQ", 3.5, 1.8),
    bus(12, "PQ", 6.1, 1.6),
    bus(13, "PQ", 13.5, 5.8),
    bus(14, "PQ", 14.9, 5),
  ],
  generators: [unit(1, 232.4, 1.06), unit(2, 40, 1.045), unit(3, 0, 1.01), unit(6, 0, 1.07), unit(8, 0, 1.09)],
  branches: [
    branch([1, 2], [0.01938, 0.05917, 0.0528]),
    branch([1, 5], [0.05403, 0.22304, 0.0492]),
    branch([2, 3], [0.04699, 0.19797, 0.0438]),
    branch([2, 4], [0.05811, 0.17632, 0.034]),
    branch([2, 5], [0.05695, 0.17388, 0.0346]),
    branch([3, 4], [0.06701, 0.17103, 0.0128]),
    branch([4, 5], [0.01335, 0.04211, 0]),
    branch([4, 7], [0, 0.20912, 0], 0.978),
    branch([4, 9], [0, 0.55618, 0], 0.969),
    branch([5, 6], [0, 0.25202, 0], 0.932),
    branch([6, 11], [0.09498, 0.1989, 0]),
    branch([6, 12], [0.12291, 0.25581, 0]),
    branch([6, 13], [0.06615, 0.13027, 0]),
    branch([7, 8], [0, 0.17615, 0]),
    branch([7, 9], [0, 0.11001, 0]),
    branch([9, 10], [0.03181, 0.0845, 0]),
    branch([9, 14], [0.12711, 0.27038, 0]),
    branch([10, 11], [0.08205, 0.19207, 0]),
    branch([12, 13], [0.22092, 0.19988, 0]),
    branch([13, 14], [0.17093, 0.34802, 0]),
  ],
};

/** Published solution: voltages in pu and angles in degrees by bus. */
export const ieee14Solution = {
  voltagePu: [1.06, 1.045, 1.01, 1.018, 1.02, 1.07, 1.062, 1.09, 1.056, 1.051, 1.057, 1.055, 1.05, 1.036],
  angleDeg: [0, -4.98, -12.73, -10.31, -8.77, -14.22, -13.36, -13.36, -14.94, -15.1, -14.79, -15.08, -15.16, -16.03],
  lossMw: 13.393,
  swingMw: 232.393,
};
