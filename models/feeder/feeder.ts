/**
 * A feeder ready to be solved: plain typed arrays, so that it can be cloned, stored and restored between any two solves.
 *
 * Nodes stand in breadth-first order from the source (index 0), so a parent comes before its children. Branch `n` feeds
 * node `n`; branch 0 is the source itself. A *conductor* is one phase or leg of one node; the conductors of node `n` are
 * `firstConductor[n]` up to (not including) `firstConductor[n + 1]`, in the order of `nodePhases[n]`. One conductor beyond
 * the last stands for the ground. Complex arrays hold real and imaginary parts in turn: conductor `c` at `2c` and `2c + 1`.
 */
export interface Feeder {
  readonly nodeNames: readonly string[];
  readonly nodePhases: readonly string[];
  readonly firstConductor: Int32Array;
  /** Of each node, conductor to neutral. */
  readonly nominalV: Float64Array;
  readonly parentNode: Int32Array;
  readonly branchNames: readonly string[];
  readonly branchKinds: readonly BranchKind[];
  /** Of each branch, on the side of the node that it feeds; NaN where it has none. */
  readonly ratingA: Float64Array;

  /** Conductor upstream of each conductor, and the ratio of its no-load voltage to that one's. */
  readonly upstream: Int32Array;
  readonly ratio: Float64Array;
  /** Upper triangles of the branches' impedances (ohm, on the fed side), complex, in branch order. */
  readonly impedanceOhm: Float64Array;
  /** Nine real turns ratios, by row, of each branch with a delta winding. */
  readonly turns: Float64Array;
  /** Neighbouring branches that one kernel sweeps, `RUN_FIELDS` integers each. */
  readonly runs: Int32Array;
  /** Of each run, node to neutral. */
  readonly runNominalV: Float64Array;

  /** Shunt susceptances: conductor `shuntRow` draws j * `shuntSiemens` times the voltage of `shuntColumn`. */
  readonly shuntRow: Int32Array;
  readonly shuntColumn: Int32Array;
  readonly shuntSiemens: Float64Array;

  readonly loadNames: readonly string[];
  /** The elements of load `l` are `firstElement[l]` up to (not including) `firstElement[l + 1]`, one for each terminal. */
  readonly firstElement: Int32Array;
  /** Conductors that each element is connected between; the ground for a single terminal. */
  readonly elementFrom: Int32Array;
  readonly elementTo: Int32Array;
  readonly elementNominalV: Float64Array;

  /** Volts of each conductor to neutral, complex. Leg 2 of a triplex node is opposite to leg 1. */
  readonly voltage: Float64Array;
  /** Amperes that arrive at each conductor through its branch, complex (at the source: that leave it). */
  readonly current: Float64Array;
  /** Sweeps of the last solve; 0 makes the next one start from the no-load voltages. */
  iterations: number;
}

/** What a branch is. */
export type BranchKind = "source" | "line" | "transformer" | "regulator" | "switch";

/** Layout of one entry of `Feeder.runs`. */
export const RUN_FIELDS = 5;
export const [RUN_KERNEL, RUN_FIRST, RUN_END, RUN_IMPEDANCE, RUN_TURNS] = [0, 1, 2, 3, 4] as const;

/** How a run is swept: the number of coupled conductors, or a lossless link, or a transformer with a delta winding. */
export const [LINK, SINGLE, PAIR, TRIPLE, DELTA] = [0, 1, 2, 3, 4] as const;

/** Position of each name, for looking up nodes, branches and loads once at the start. */
export function indexByName(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}
