import {
  caseOperatingPoint,
  compileFeeder,
  createMeasures,
  measureFeeder,
  nineBus,
  nominalLoads,
  optimalPowerFlow,
  PowerFlowSolver,
  solveFeeder,
  type BulkCase,
} from "../../models/index.js";
import { ieee14 } from "../../models/bulk/ieee-14.fixture.js";
import { premisesFeeder } from "../../models/feeder/testing/premises-feeder.js";
import { Skipped, type Row, type Runner } from "../measure.js";
import type { Suite } from "../suite.js";

/** Wall-clock milliseconds for which a solve is repeated. */
const SPAN_MS = 500;

/** Microseconds of a solve, repeated for a while after as long a warm-up; `check` looks at the last one. */
function solves(prepare: () => { solve: (turn: number) => void; check: () => void }, spanMs: number): Runner {
  return () => {
    const { solve, check } = prepare();
    let turn = 0;
    for (const end = performance.now() + spanMs / 2; performance.now() < end; turn++) solve(turn);
    const startedAt = performance.now();
    const first = turn;
    for (; performance.now() - startedAt < spanMs; turn++) solve(turn);
    const micros = ((performance.now() - startedAt) * 1000) / (turn - first);
    check();
    return Promise.resolve({ value: micros });
  };
}

/** A load that moves a little from solve to solve, so that nothing can be kept. */
const wobble = (turn: number) => 1 + 0.01 * Math.sin(turn);

function dispatchOf(bulk: BulkCase) {
  let cost = 0;
  return {
    solve(turn: number) {
      const buses = bulk.buses.map(bus => ({ ...bus, loadMw: bus.loadMw * wobble(turn) }));
      cost = optimalPowerFlow({ ...bulk, buses }).costUsdPerH;
    },
    check() {
      if (!(cost > 0)) throw new Error(`The dispatch costs ${cost} USD/h.`);
    },
  };
}

function powerFlowOf(bulk: BulkCase) {
  const solver = new PowerFlowSolver(bulk);
  const point = caseOperatingPoint(bulk);
  let lossMw = 0;
  return {
    solve(turn: number) {
      const loadMw = point.loadMw.map(load => load * wobble(turn));
      lossMw = solver.solve({ ...point, loadMw }).lossMw;
    },
    check() {
      if (!(lossMw > 0)) throw new Error(`The power flow loses ${lossMw} MW.`);
    },
  };
}

function feederOf(houses: number) {
  const description = premisesFeeder(houses, () => ({
    house: { constantPowerW: [600, 150, 900], constantImpedanceW: [300, 60, 230] },
    photovoltaics: { constantPowerW: [-1500] },
  }));
  const feeder = compileFeeder(description);
  const loads = nominalLoads(description);
  const nominalW = loads.constantPowerW.slice();
  const measures = createMeasures(feeder);
  const phases = [0, -120, 120].map(deg => (deg * Math.PI) / 180);
  const source = Float64Array.from(phases.flatMap(a => [133_000 * Math.cos(a), 133_000 * Math.sin(a)]));
  return {
    solve(turn: number) {
      for (let k = 0; k < nominalW.length; k++) loads.constantPowerW[k] = nominalW[k] * wobble(turn + k);
      solveFeeder(feeder, source, loads);
      measureFeeder(feeder, measures);
    },
    check() {
      if (!(measures.lossVa[0] > 0)) throw new Error(`The feeder loses ${measures.lossVa[0]} W.`);
    },
  };
}

function row(model: string, of: string, ours: Runner, goal?: number): Row {
  return { bench: "models", labels: { model, of }, measure: "microsPerSolve", goal, ours };
}

const missing =
  (preset: string): Runner =>
  () =>
    Promise.reject(new Skipped(`the preset ${preset} is not built yet`));

/** Physics without a co-simulation. */
export const models: Suite = {
  name: "models",
  doc: "One solve of a model, warm-started, with loads that move a little each time.",
  rows({ quick }) {
    const span = quick ? SPAN_MS / 10 : SPAN_MS;
    return [
      row(
        "DC optimal power flow",
        "nine-bus system",
        solves(() => dispatchOf(nineBus), span),
        2000,
      ),
      row(
        "power flow",
        "nine-bus system",
        solves(() => powerFlowOf(nineBus), span),
        1000,
      ),
      row(
        "power flow",
        "IEEE 14-bus system",
        solves(() => powerFlowOf(ieee14), span),
        1000,
      ),
      row(
        "feeder snapshot",
        "30 houses",
        solves(() => feederOf(30), span),
      ),
      row(
        "feeder snapshot",
        "10,000 houses",
        solves(() => feederOf(10_000), span),
      ),
      row("feeder snapshot", "IEEE 13-node feeder", missing("ieee13"), 270),
      row("feeder snapshot", "IEEE 123-node feeder", missing("ieee123"), 900),
    ];
  },
};
