import { ModelError } from "../model-error.js";
import { ZIP_PARTS } from "./description.js";
import type { Feeder } from "./feeder.js";
import { addLoadCurrents, type FeederLoads } from "./loads.js";
import { addShuntCurrents, sweepBackward, sweepForward } from "./sweep.js";

/** When to stop. */
export interface SolveOptions {
  /** Largest voltage change of the last sweep, over the nominal voltage; 1e-6 unless given. */
  readonly tolerancePu?: number;
  /** 100 unless given. */
  readonly maxIterations?: number;
}

/**
 * Solves the power flow by backward and forward sweeps with current injection, starting from the feeder's last solution,
 * and leaves voltages and currents in the feeder. `sourceVoltages` are those of the source's conductors to neutral, complex,
 * in volts. The currents obey Kirchhoff's current law exactly; the voltages obey every branch's equation exactly.
 *
 * D. Shirmohammadi et al., A compensation-based power flow method for weakly meshed networks, IEEE Trans. Power Systems 3(2), 1988.
 * @returns the number of sweeps.
 * @throws ModelError `MODEL_FEEDER_INPUT` if a vector has the wrong length or an element that is no number;
 * `MODEL_FEEDER_DIVERGED` if the sweeps do not converge. The next solve then starts from the no-load voltages.
 */
export function solveFeeder(
  feeder: Feeder,
  sourceVoltages: Float64Array,
  loads: FeederLoads,
  options: SolveOptions = {},
): number {
  checkLengths(feeder, sourceVoltages, loads);
  const { tolerancePu = 1e-6, maxIterations = 100 } = options;
  feeder.voltage.set(sourceVoltages);
  if (feeder.iterations === 0) energise(feeder);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const change = sweep(feeder, loads);
    if (!(change < Infinity)) break;
    if (change <= tolerancePu * tolerancePu) return (feeder.iterations = iteration);
  }
  throw explainDivergence(feeder, sourceVoltages, loads);
}

/** No-load voltages everywhere. */
function energise(feeder: Feeder): void {
  feeder.current.fill(0);
  sweepForward(feeder);
}

function sweep(feeder: Feeder, loads: FeederLoads): number {
  feeder.current.fill(0);
  addLoadCurrents(feeder, loads);
  addShuntCurrents(feeder);
  sweepBackward(feeder);
  const change = sweepForward(feeder);
  return Number.isFinite(sourceCurrentSum(feeder)) ? change : NaN;
}

/** Not finite as soon as any load current is not. */
function sourceCurrentSum({ current, firstConductor }: Feeder): number {
  let sum = 0;
  for (let k = 0; k < 2 * firstConductor[1]; k++) sum += current[k];
  return sum;
}

function checkLengths(feeder: Feeder, sourceVoltages: Float64Array, loads: FeederLoads): void {
  const conductors = 2 * feeder.firstConductor[1];
  if (sourceVoltages.length !== conductors) {
    throw inputError(
      `sourceVoltages has ${sourceVoltages.length} numbers; give real and imaginary part of each of the phases ${feeder.nodePhases[0]}.`,
    );
  }
  const elements = feeder.elementFrom.length;
  for (const part of ZIP_PARTS) {
    if (loads[part].length === elements) continue;
    throw inputError(`${part} has ${loads[part].length} numbers; give one for each of the ${elements} load elements.`);
  }
}

function inputError(fault: string): ModelError {
  return new ModelError("MODEL_FEEDER_INPUT", [fault]);
}

/** Says what is wrong, at which node, and makes the next solve start afresh. */
function explainDivergence(feeder: Feeder, sourceVoltages: Float64Array, loads: FeederLoads): ModelError {
  feeder.iterations = 0;
  const source = sourceVoltages.findIndex(value => !Number.isFinite(value));
  if (source >= 0) return inputError(`sourceVoltages[${source}] is ${sourceVoltages[source]}; give finite volts.`);
  for (const part of ZIP_PARTS) {
    const element = loads[part].findIndex(value => !Number.isFinite(value));
    if (element < 0) continue;
    const load = feeder.firstElement.findLastIndex(first => first <= element);
    return inputError(
      `load ${feeder.loadNames[load]}: ${part}[${element}] is ${loads[part][element]}; give a finite power.`,
    );
  }
  const { node, changePu } = restlessNode(feeder, loads);
  return new ModelError("MODEL_FEEDER_DIVERGED", [
    `node ${feeder.nodeNames[node]}: its voltage still changes by ${changePu.toPrecision(3)} of nominal from sweep to sweep. ` +
      "The load may exceed what the feeder can carry; reduce it, or check impedances and units, or raise maxIterations.",
  ]);
}

/** Where the voltage moves most in three sweeps from the no-load voltages, before any overflow. */
function restlessNode(feeder: Feeder, loads: FeederLoads): { node: number; changePu: number } {
  energise(feeder);
  sweep(feeder, loads);
  sweep(feeder, loads);
  const before = feeder.voltage.slice();
  sweep(feeder, loads);
  const { firstConductor, nominalV, voltage } = feeder;
  const changes = Array.from(nominalV, (nominal, n) => {
    let worst = 0;
    for (let k = 2 * firstConductor[n]; k < 2 * firstConductor[n + 1]; k += 2) {
      worst = Math.max(worst, Math.hypot(voltage[k] - before[k], voltage[k + 1] - before[k + 1]));
    }
    return worst / nominal;
  });
  const changePu = changes.reduce((worst, change) => Math.max(worst, change), 0);
  return { node: changes.indexOf(changePu), changePu };
}
