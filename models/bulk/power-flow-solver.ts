import { type BranchAdmittance, branchAdmittances, type BusAdmittance, busAdmittance } from "./admittance.js";
import { type BulkCase, type BusKind, busPositions, positionOf } from "./case.js";
import { type DenseFactors, denseFactors, factor, solveFactored } from "./dense-lu.js";
import { type BusVoltages, type OperatingPoint, type PowerFlow, PowerFlowError } from "./power-flow.js";

/** Convergence of the power flow. */
export interface PowerFlowOptions {
  /** Largest mismatch allowed at any bus, pu. */
  readonly tolerancePu?: number;
  readonly maxIterations?: number;
}

/**
 * AC power flow by Newton's method in polar coordinates (Tinney & Hart, IEEE Trans. PAS-86, 1967), for repeated use.
 *
 * `solve` allocates nothing: its result belongs to the solver and the next call overwrites it. Without `start` it begins at
 * the case's voltages, so that equal inputs give equal bytes. Reactive limits of units are not enforced. A PV bus without a
 * unit in service is treated as PQ. The matrix is dense: meant for grids of up to a few hundred buses.
 */
export class PowerFlowSolver {
  private readonly kinds: readonly BusKind[];
  private readonly unitBus: Int32Array;
  private readonly branches: readonly BranchAdmittance[];
  private readonly admittance: BusAdmittance;
  private readonly setVoltagePu: Float64Array;
  private readonly setAngleRad: Float64Array;
  /** Row of each bus's angle and voltage among the unknowns; −1 where it is given. */
  private readonly angleRow: Int32Array;
  private readonly voltageRow: Int32Array;
  private readonly swing: number;
  private readonly jacobian: DenseFactors;
  private readonly step: Float64Array;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;
  private readonly injectedPu: Float64Array;
  private readonly injectedVarPu: Float64Array;
  private readonly wantedPu: Float64Array;
  private readonly wantedVarPu: Float64Array;
  private readonly result: PowerFlow;
  private readonly tolerancePu: number;
  private readonly maxIterations: number;

  constructor(
    private readonly bulk: BulkCase,
    { tolerancePu = 1e-9, maxIterations = 20 }: PowerFlowOptions = {},
  ) {
    this.tolerancePu = tolerancePu;
    this.maxIterations = maxIterations;
    const positions = busPositions(bulk);
    this.unitBus = Int32Array.from(bulk.generators, unit => positionOf(positions, unit.bus));
    this.kinds = effectiveKinds(bulk);
    this.swing = this.kinds.indexOf("swing");
    this.branches = branchAdmittances(bulk);
    this.admittance = busAdmittance(bulk, this.branches);
    this.setVoltagePu = setVoltages(bulk, this.kinds, this.unitBus);
    this.setAngleRad = Float64Array.from(bulk.buses, bus => (bus.angleDeg * Math.PI) / 180);
    let unknowns = 0;
    this.angleRow = Int32Array.from(this.kinds, kind => (kind === "swing" ? -1 : unknowns++));
    this.voltageRow = Int32Array.from(this.kinds, kind => (kind === "PQ" ? unknowns++ : -1));
    this.jacobian = denseFactors(unknowns);
    this.step = new Float64Array(unknowns);
    const busCount = bulk.buses.length;
    this.real = new Float64Array(busCount);
    this.imaginary = new Float64Array(busCount);
    this.injectedPu = new Float64Array(busCount);
    this.injectedVarPu = new Float64Array(busCount);
    this.wantedPu = new Float64Array(busCount);
    this.wantedVarPu = new Float64Array(busCount);
    this.result = emptyResult(bulk);
  }

  /** Solves one operating point; throws `PowerFlowError`. */
  solve(point: OperatingPoint, start?: BusVoltages): PowerFlow {
    this.setStart(start);
    this.setWanted(point);
    for (let iteration = 0; ; iteration++) {
      this.updateInjections();
      const worst = this.updateMismatch();
      if (Math.abs(this.step[worst]) <= this.tolerancePu || this.step.length === 0) {
        this.result.iterations = iteration;
        break;
      }
      if (iteration === this.maxIterations || !this.newtonStep()) throw this.divergence(worst, iteration);
    }
    this.shareOutputs(point);
    this.updateFlows();
    return this.result;
  }

  private setStart(start: BusVoltages | undefined): void {
    const { kinds, swing, setVoltagePu, setAngleRad } = this;
    const { voltagePu, angleRad } = this.result;
    const turn = start === undefined ? 0 : setAngleRad[swing] - start.angleRad[swing];
    for (let i = 0; i < kinds.length; i++) {
      voltagePu[i] = start !== undefined && kinds[i] === "PQ" ? start.voltagePu[i] : setVoltagePu[i];
      angleRad[i] = start !== undefined ? start.angleRad[i] + turn : setAngleRad[i];
    }
  }

  private setWanted({ loadMw, loadMvar, outputMw }: OperatingPoint): void {
    const { wantedPu, wantedVarPu, unitBus, bulk } = this;
    for (let i = 0; i < loadMw.length; i++) {
      wantedPu[i] = -loadMw[i] / bulk.baseMva;
      wantedVarPu[i] = -loadMvar[i] / bulk.baseMva;
    }
    for (let k = 0; k < unitBus.length; k++) {
      if (!bulk.generators[k].inService) continue;
      wantedPu[unitBus[k]] += outputMw[k] / bulk.baseMva;
      wantedVarPu[unitBus[k]] += bulk.generators[k].outputMvar / bulk.baseMva;
    }
  }

  private updateInjections(): void {
    const { real, imaginary, injectedPu, injectedVarPu } = this;
    const { start, column, conductance, susceptance } = this.admittance;
    const { voltagePu, angleRad } = this.result;
    for (let i = 0; i < voltagePu.length; i++) {
      real[i] = voltagePu[i] * Math.cos(angleRad[i]);
      imaginary[i] = voltagePu[i] * Math.sin(angleRad[i]);
    }
    for (let i = 0; i < voltagePu.length; i++) {
      let currentReal = 0;
      let currentImaginary = 0;
      for (let k = start[i]; k < start[i + 1]; k++) {
        const j = column[k];
        currentReal += conductance[k] * real[j] - susceptance[k] * imaginary[j];
        currentImaginary += conductance[k] * imaginary[j] + susceptance[k] * real[j];
      }
      injectedPu[i] = real[i] * currentReal + imaginary[i] * currentImaginary;
      injectedVarPu[i] = imaginary[i] * currentReal - real[i] * currentImaginary;
    }
  }

  /** Fills `step` with the mismatches and returns the row of the largest; a NaN counts as the largest. */
  private updateMismatch(): number {
    const { step, angleRow, voltageRow } = this;
    for (let i = 0; i < angleRow.length; i++) {
      if (angleRow[i] >= 0) step[angleRow[i]] = this.wantedPu[i] - this.injectedPu[i];
      if (voltageRow[i] >= 0) step[voltageRow[i]] = this.wantedVarPu[i] - this.injectedVarPu[i];
    }
    let worst = 0;
    for (let row = 0; row < step.length; row++) {
      if (Number.isNaN(step[row])) return row;
      if (Math.abs(step[row]) > Math.abs(step[worst])) worst = row;
    }
    return worst;
  }

  private newtonStep(): boolean {
    const { step, angleRow, voltageRow } = this;
    const { voltagePu, angleRad } = this.result;
    this.fillJacobian();
    if (!factor(this.jacobian)) return false;
    solveFactored(this.jacobian, step);
    for (let i = 0; i < angleRow.length; i++) {
      if (angleRow[i] >= 0) angleRad[i] += step[angleRow[i]];
      if (voltageRow[i] >= 0) voltagePu[i] *= 1 + step[voltageRow[i]];
    }
    return true;
  }

  /** Derivatives of the injections by angle and by relative voltage. */
  private fillJacobian(): void {
    const { real, imaginary, angleRow, voltageRow, injectedPu, injectedVarPu } = this;
    const { start, column, conductance, susceptance } = this.admittance;
    const { matrix, size } = this.jacobian;
    matrix.fill(0);
    for (let i = 0; i < angleRow.length; i++) {
      const atP = angleRow[i] * size;
      const atQ = voltageRow[i] * size;
      for (let k = start[i]; k < start[i + 1]; k++) {
        const j = column[k];
        const along = real[i] * real[j] + imaginary[i] * imaginary[j];
        const across = imaginary[i] * real[j] - real[i] * imaginary[j];
        const active = conductance[k] * along + susceptance[k] * across;
        const reactive = conductance[k] * across - susceptance[k] * along;
        const own = i === j;
        if (atP >= 0 && angleRow[j] >= 0) matrix[atP + angleRow[j]] = own ? reactive - injectedVarPu[i] : reactive;
        if (atP >= 0 && voltageRow[j] >= 0) matrix[atP + voltageRow[j]] = own ? active + injectedPu[i] : active;
        if (atQ >= 0 && angleRow[j] >= 0) matrix[atQ + angleRow[j]] = own ? injectedPu[i] - active : -active;
        if (atQ >= 0 && voltageRow[j] >= 0) matrix[atQ + voltageRow[j]] = own ? reactive + injectedVarPu[i] : reactive;
      }
    }
  }

  /** The swing's first unit takes the balance; the units of a PV or swing bus share its reactive power by their ranges. */
  private shareOutputs(point: OperatingPoint): void {
    const { bulk, unitBus, kinds, swing, result } = this;
    let balanceMw = this.injectedPu[swing] * bulk.baseMva + point.loadMw[swing];
    let first = -1;
    for (let k = 0; k < unitBus.length; k++) {
      const unit = bulk.generators[k];
      result.outputMw[k] = unit.inService ? point.outputMw[k] : 0;
      result.outputMvar[k] = unit.inService ? unit.outputMvar : 0;
      if (!unit.inService) continue;
      const bus = unitBus[k];
      if (bus === swing && first < 0) first = k;
      else if (bus === swing) balanceMw -= point.outputMw[k];
      if (kinds[bus] !== "PQ") {
        const busMvar = this.injectedVarPu[bus] * bulk.baseMva + point.loadMvar[bus];
        result.outputMvar[k] = this.reactiveShare(k, busMvar);
      }
    }
    result.outputMw[first] = balanceMw;
  }

  private reactiveShare(unit: number, busMvar: number): number {
    const { bulk, unitBus } = this;
    let count = 0;
    let lowest = 0;
    let range = 0;
    for (let k = 0; k < unitBus.length; k++) {
      if (unitBus[k] !== unitBus[unit] || !bulk.generators[k].inService) continue;
      count += 1;
      lowest += bulk.generators[k].minMvar;
      range += bulk.generators[k].maxMvar - bulk.generators[k].minMvar;
    }
    const { minMvar, maxMvar } = bulk.generators[unit];
    if (count === 1) return busMvar;
    if (!(range > 0 && Number.isFinite(range))) return busMvar / count;
    return minMvar + ((busMvar - lowest) * (maxMvar - minMvar)) / range;
  }

  private updateFlows(): void {
    const { branches, real, imaginary, result, bulk } = this;
    result.lossMw = 0;
    for (let k = 0; k < branches.length; k++) {
      const { from, to, gff, bff, gft, bft, gtf, btf, gtt, btt } = branches[k];
      const along = real[from] * real[to] + imaginary[from] * imaginary[to];
      const across = imaginary[from] * real[to] - real[from] * imaginary[to];
      const fromSquare = real[from] * real[from] + imaginary[from] * imaginary[from];
      const toSquare = real[to] * real[to] + imaginary[to] * imaginary[to];
      result.fromMw[k] = bulk.baseMva * (gff * fromSquare + gft * along + bft * across);
      result.fromMvar[k] = bulk.baseMva * (-bff * fromSquare + gft * across - bft * along);
      result.toMw[k] = bulk.baseMva * (gtt * toSquare + gtf * along - btf * across);
      result.toMvar[k] = bulk.baseMva * (-btt * toSquare - gtf * across - btf * along);
      result.lossMw += result.fromMw[k] + result.toMw[k];
    }
  }

  private divergence(worst: number, iterations: number): PowerFlowError {
    this.updateMismatch();
    const bus = Math.max(this.angleRow.indexOf(worst), this.voltageRow.indexOf(worst));
    const mismatchMva = this.bulk.baseMva * Math.abs(this.step[worst]);
    return new PowerFlowError(this.bulk.buses[bus].number, mismatchMva, iterations);
  }
}

function effectiveKinds(bulk: BulkCase): BusKind[] {
  const held = new Set(bulk.generators.filter(unit => unit.inService).map(unit => unit.bus));
  return bulk.buses.map(bus => (bus.kind === "PV" && !held.has(bus.number) ? "PQ" : bus.kind));
}

function setVoltages(bulk: BulkCase, kinds: readonly BusKind[], unitBus: Int32Array): Float64Array {
  const voltagePu = Float64Array.from(bulk.buses, bus => bus.voltagePu);
  for (let k = unitBus.length - 1; k >= 0; k--)
    if (bulk.generators[k].inService && kinds[unitBus[k]] !== "PQ")
      voltagePu[unitBus[k]] = bulk.generators[k].voltagePu;
  return voltagePu;
}

function emptyResult({ buses, generators, branches }: BulkCase): PowerFlow {
  return {
    voltagePu: new Float64Array(buses.length),
    angleRad: new Float64Array(buses.length),
    outputMw: new Float64Array(generators.length),
    outputMvar: new Float64Array(generators.length),
    fromMw: new Float64Array(branches.length),
    fromMvar: new Float64Array(branches.length),
    toMw: new Float64Array(branches.length),
    toMvar: new Float64Array(branches.length),
    lossMw: 0,
    iterations: 0,
  };
}
