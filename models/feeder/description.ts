/**
 * Conductors of a node, in this order: any of the phases A, B and C, or `12` for the two hot legs of a split-phase
 * (triplex) service. Neutrals are reduced into the impedances of lines.
 */
export type Phases = (typeof PHASES)[number];
export const PHASES = ["A", "B", "C", "AB", "AC", "BC", "ABC", "12"] as const;

/** One conductor against the neutral, or a pair of conductors; `12` is the 240-V connection of a triplex node. */
export type Terminal = (typeof TERMINALS)[number];
export const TERMINALS = ["A", "B", "C", "AB", "BC", "CA", "1", "2", "12"] as const;

/** Rows of a square matrix over the conductors of a line. */
export type Matrix = readonly (readonly number[])[];

/**
 * A radial distribution feeder as plain data: `source` names the node whose voltages are given, every other node is fed
 * by exactly one branch (a line, transformer, regulator or closed switch). Arrays that are left out are empty.
 */
export interface FeederDescription {
  readonly source: string;
  /** For the charging currents of lines; 60 unless given. */
  readonly frequencyHz?: number;
  readonly nodes: readonly NodeDescription[];
  readonly lineCodes?: readonly LineCode[];
  readonly lines?: readonly LineDescription[];
  readonly transformers?: readonly TransformerDescription[];
  readonly regulators?: readonly RegulatorDescription[];
  readonly switches?: readonly SwitchDescription[];
  readonly capacitors?: readonly CapacitorDescription[];
  readonly loads?: readonly LoadDescription[];
}

/** A point of the feeder; a branch carries all the phases of the node that it feeds. */
export interface NodeDescription {
  readonly name: string;
  readonly phases: Phases;
  /** Conductor to neutral: 7200, 277, 120 (also for a triplex node). */
  readonly nominalV: number;
}

/**
 * Impedance of a line by length; rows and columns follow the phases of the node that it feeds. Both matrices are
 * symmetric. The capacitance matrix is the nodal one: mutual capacitances are negative.
 */
export interface LineCode {
  readonly name: string;
  readonly resistanceOhmPerKm: Matrix;
  readonly reactanceOhmPerKm: Matrix;
  readonly capacitanceNfPerKm?: Matrix;
}

/** What every branch has; `from` and `to` of a line or switch may stand in either order. */
export interface BranchDescription {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** An overhead, underground or triplex line. */
export interface LineDescription extends BranchDescription {
  readonly code: string;
  readonly lengthKm: number;
  readonly ratingA?: number;
}

/**
 * How a transformer's windings are connected: wye is grounded; `delta-wye` lags by 30 degrees (step-down, ANSI);
 * `single-phase` is one unit for each phase of the node that it feeds; `centre-tapped` feeds a triplex node.
 */
export type TransformerConnection = (typeof CONNECTIONS)[number];
export const CONNECTIONS = ["wye-wye", "delta-wye", "delta-delta", "single-phase", "centre-tapped"] as const;

/**
 * A transformer that feeds `to`. Voltages are line to line and the rating is the bank's for the three-phase connections;
 * winding voltages and one unit's rating for `single-phase`; `secondaryV` is one leg (120) for `centre-tapped`.
 */
export interface TransformerDescription extends BranchDescription {
  readonly connection: TransformerConnection;
  readonly ratedVa: number;
  readonly primaryV: number;
  readonly secondaryV: number;
  readonly resistancePu: number;
  readonly reactancePu: number;
  /** Primary phase of a centre-tapped transformer. */
  readonly phase?: "A" | "B" | "C";
}

/** A step-voltage regulator at fixed taps; `ratios` are output over input volts for each phase of `to`. */
export interface RegulatorDescription extends BranchDescription {
  readonly ratios: readonly number[];
  /** Series impedance of each phase on the output side; 0 unless given. */
  readonly resistanceOhm?: number;
  readonly reactanceOhm?: number;
  readonly ratingA?: number;
}

/** A switch or fuse without impedance; an open one (a blown fuse) carries nothing. */
export interface SwitchDescription extends BranchDescription {
  readonly closed: boolean;
  readonly ratingA?: number;
}

/** What a device at a node has: the terminals it uses and the voltage its powers are rated at. */
export interface DeviceDescription {
  readonly name: string;
  readonly node: string;
  readonly terminals: readonly Terminal[];
  /** Between the terminals of each element; the node's own unless given (times sqrt 3 for AB, BC, CA; times 2 for 12). */
  readonly nominalV?: number;
}

/** A shunt capacitor bank; `ratedVar` is the reactive power that each terminal produces at nominal voltage. */
export interface CapacitorDescription extends DeviceDescription {
  readonly ratedVar: readonly number[];
}

/** A load: one element for each terminal, each with the six nominal ZIP powers (absent ones are 0). */
export interface LoadDescription extends DeviceDescription {
  readonly powers?: Readonly<Partial<Record<ZipPart, readonly number[]>>>;
}

/** The six powers of a ZIP load, drawn at nominal voltage; a generator's are negative. */
export const ZIP_PARTS = [
  "constantPowerW",
  "constantPowerVar",
  "constantCurrentW",
  "constantCurrentVar",
  "constantImpedanceW",
  "constantImpedanceVar",
] as const;

/** Name of one of the six nominal ZIP powers. */
export type ZipPart = (typeof ZIP_PARTS)[number];
