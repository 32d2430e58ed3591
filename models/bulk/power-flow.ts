import type { BulkCase } from "./case.js";

/** What a power flow is solved for. Loads follow the buses, outputs the generators; the swing's first unit is found. */
export interface OperatingPoint {
  readonly loadMw: Float64Array;
  readonly loadMvar: Float64Array;
  readonly outputMw: Float64Array;
}

/** Voltages of all buses, the start of the next power flow. */
export interface BusVoltages {
  readonly voltagePu: Float64Array;
  readonly angleRad: Float64Array;
}

/** A solved power flow. Arrays follow the case's buses, generators and branches (`from` and `to` ends, into the branch). */
export interface PowerFlow extends BusVoltages {
  readonly outputMw: Float64Array;
  readonly outputMvar: Float64Array;
  readonly fromMw: Float64Array;
  readonly fromMvar: Float64Array;
  readonly toMw: Float64Array;
  readonly toMvar: Float64Array;
  /** Active power that the branches lose. */
  lossMw: number;
  iterations: number;
}

/** The power flow did not converge: names the bus with the largest mismatch. */
export class PowerFlowError extends Error {
  override readonly name = "PowerFlowError";
  readonly code = "MODEL_BULK_DIVERGED";
  constructor(
    readonly bus: number,
    readonly mismatchMva: number,
    iterations: number,
  ) {
    super(
      `The power flow did not converge in ${iterations} iterations: bus ${bus} is out of balance by ` +
        `${mismatchMva.toFixed(3)} MVA. Reduce its load, put a branch or unit back in service, or start from a case voltage.`,
    );
  }
}

/** The operating point that the case itself states. */
export function caseOperatingPoint(bulk: BulkCase): OperatingPoint {
  return {
    loadMw: Float64Array.from(bulk.buses, bus => bus.loadMw),
    loadMvar: Float64Array.from(bulk.buses, bus => bus.loadMvar),
    outputMw: Float64Array.from(bulk.generators, unit => (unit.inService ? unit.outputMw : 0)),
  };
}
