import type { Branch, BulkCase, Bus, BusKind, Generator } from "./case.js";

/**
 * The nine-bus 230 kV system of the transactive 30-house cases: three units, an emergency unit at bus 9 and, as unit 5, the
 * dispatchable load of the distribution system at bus 7 (TESP te30 example, after the WSCC nine-bus system).
 */
export const nineBus: BulkCase = {
  baseMva: 100,
  buses: [
    bus(1, "PV"),
    bus(2, "swing"),
    bus(3, "PV"),
    bus(4, "PQ"),
    bus(5, "PQ", 90, 30),
    bus(6, "PQ"),
    bus(7, "PQ", 100, 35),
    bus(8, "PQ"),
    bus(9, "PQ", 125, 50),
  ],
  generators: [
    unit({ bus: 1, outputMw: 163, minMw: 10, maxMw: 247, cost: { c2: 0.03, c1: 1.3, c0: 180 } }),
    unit({ bus: 2, outputMw: 0, minMw: 10, maxMw: 192, cost: { c2: 0.085, c1: 3, c0: 100 } }),
    unit({ bus: 3, outputMw: 85, minMw: 10, maxMw: 128, cost: { c2: 0.122, c1: 5, c0: 135 } }),
    unit({ bus: 9, outputMw: 0, minMw: 0, maxMw: 250, cost: { c2: 3, c1: 50, c0: 1500 } }),
    { ...unit({ bus: 7, outputMw: 0, minMw: -80, maxMw: 0, cost: { c2: 0, c1: 0, c0: 0 } }), minMvar: 0, maxMvar: 0 },
  ],
  branches: [
    line(1, 4, [0, 0.0576, 0], 250),
    line(4, 5, [0.017, 0.092, 0.158], 250),
    line(5, 6, [0.039, 0.17, 0.358], 150),
    line(3, 6, [0, 0.0586, 0], 300),
    line(6, 7, [0.0119, 0.1008, 0.209], 150),
    line(7, 8, [0.0085, 0.072, 0.149], 250),
    line(8, 2, [0, 0.0625, 0], 250),
    line(8, 9, [0.032, 0.161, 0.306], 250),
    line(9, 4, [0.01, 0.085, 0.176], 250),
  ],
};

function bus(number: number, kind: BusKind, loadMw = 0, loadMvar = 0): Bus {
  return { number, kind, loadMw, loadMvar, shuntMw: 0, shuntMvar: 0, baseKv: 230, voltagePu: 1, angleDeg: 0 };
}

function unit(part: Pick<Generator, "bus" | "outputMw" | "minMw" | "maxMw" | "cost">): Generator {
  return { inService: true, outputMvar: 0, minMvar: -300, maxMvar: 300, voltagePu: 1, ...part };
}

function line(from: number, to: number, impedancePu: readonly [number, number, number], ratingMva: number): Branch {
  const [resistancePu, reactancePu, chargingPu] = impedancePu;
  const ends = { from, to, inService: true, tapRatio: 0, shiftDeg: 0 };
  return { ...ends, resistancePu, reactancePu, chargingPu, ratingMva };
}
