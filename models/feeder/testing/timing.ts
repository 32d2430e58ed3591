import { compileFeeder } from "../compile.js";
import type { Feeder } from "../feeder.js";
import { type FeederLoads, nominalLoads } from "../loads.js";
import { createMeasures, measureFeeder } from "../measures.js";
import { solveFeeder } from "../solve.js";
import { premisesFeeder } from "./premises-feeder.js";

const STEPS = Number(process.argv[3] ?? 2000);
const TOLERANCE_PU = Number(process.argv[4] ?? 1e-6);
const SOURCE = Float64Array.from(
  [0, -120, 120].flatMap(deg => [Math.cos, Math.sin].map(f => 128775 * f((deg * Math.PI) / 180))),
);

/** Typical house: lights and appliances on the legs, a running air conditioner in every third house, battery, PV. */
function typicalFeeder(houses: number): { feeder: Feeder; loads: FeederLoads } {
  const description = premisesFeeder(houses, house => ({
    house: {
      constantPowerW: [600, 150, house % 3 === 0 ? 2600 : 0],
      constantPowerVar: [-100, 30, house % 3 === 0 ? 650 : 0],
      constantCurrentW: [20, 0, 0],
      constantImpedanceW: [300, 60, house % 3 === 0 ? 690 : 0],
    },
    battery: { constantPowerW: [-150] },
    photovoltaics: { constantPowerW: [-1500] },
  }));
  return { feeder: compileFeeder(description), loads: nominalLoads(description) };
}

/** What changes from step to step: one house in twenty switches its air conditioner, every house's other load moves a little. */
function disturb({ feeder, loads }: { feeder: Feeder; loads: FeederLoads }, houses: number, step: number): void {
  const first = feeder.firstElement[2];
  for (let house = 0; house < houses; house++) {
    loads.constantPowerW[first + 3 * house] = 600 + 5 * Math.sin(house + step);
    if ((house + step) % 20 === 0) loads.constantPowerW[first + 3 * house + 2] = step % 2 === 0 ? 0 : 2600;
  }
}

for (const houses of (process.argv[2] ?? "30,10000").split(",").map(Number)) {
  const began = performance.now();
  const system = typicalFeeder(houses);
  const compiled = performance.now() - began;
  const { feeder, loads } = system;
  const measures = createMeasures(feeder);
  const steps = Math.max(50, Math.round((STEPS * 30) / houses));
  let sweeps = 0;
  let solving = 0;
  let measuring = 0;
  for (let step = -steps / 5; step < steps; step++) {
    disturb(system, houses, step + steps);
    const start = performance.now();
    const count = solveFeeder(feeder, SOURCE, loads, { tolerancePu: TOLERANCE_PU });
    const solved = performance.now();
    measureFeeder(feeder, measures);
    if (step < 0) continue;
    sweeps += count;
    solving += solved - start;
    measuring += performance.now() - solved;
  }
  const micros = (total: number): string => ((1000 * total) / steps).toFixed(1);
  console.log(
    `${houses} houses, ${feeder.nodeNames.length} nodes: compile ${compiled.toFixed(0)} ms, solve ${micros(solving)} us a step, ` +
      `${(sweeps / steps).toFixed(2)} sweeps, measure ${micros(measuring)} us, loss ${measures.lossVa[0].toFixed(0)} W`,
  );
}
