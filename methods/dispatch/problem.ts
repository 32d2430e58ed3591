import type { QuadraticProgram } from "./program.js";

/** Variables of an agent that belong together: one quantity of one device over the horizon, `T` variables from `first` on. */
export interface VariableBlock {
  /** Device as in the table, such as `PV`, `CHP`, `battery`; empty for the agent's own balance. */
  readonly device: string;
  /** Quantity, such as `activePower`, `reactivePower`, `energy`, `charge`. */
  readonly quantity: string;
  readonly first: number;
}

/**
 * What one node knows and nobody else: its devices as a convex program, without any variable of the network.
 * The injection into the network at step t is x[active[t]] − activeLoad[t] (positive towards the network), reactive alike.
 * These injection variables exist in every program, so a price adds to `linear` there and a proximal term to `curvature`.
 */
export interface AgentModel {
  readonly node: number;
  readonly name: string;
  readonly program: QuadraticProgram;
  readonly blocks: readonly VariableBlock[];
  readonly active: Int32Array;
  readonly reactive: Int32Array;
  readonly activeLoad: Float64Array;
  readonly reactiveLoad: Float64Array;
  /** True when a device couples time steps (a storage); otherwise every step is a problem of its own. */
  readonly isCoupledInTime: boolean;
  /** False when the injection is fixed whatever the price. */
  readonly isFlexible: boolean;
}

/**
 * A radial network. Node 0 is the root; `parent[0]` is −1 and every parent has a smaller place in `order` than its children.
 * Line v joins v to parent[v]; its flow is positive from the parent to v. The voltage falls linearly along a line:
 * voltage[v] = voltage[parent] − activeDrop[v]·P − reactiveDrop[v]·Q, in the case's measure (V, or V² per unit).
 */
export interface RadialNetwork {
  readonly parent: Int32Array;
  readonly order: Int32Array;
  readonly activeDrop: Float64Array;
  readonly reactiveDrop: Float64Array;
  readonly rootVoltage: number;
  /** Limits by node; infinite where there is none. */
  readonly voltageLower: Float64Array;
  readonly voltageUpper: Float64Array;
  /** Largest |P| of each line; infinite where there is none. */
  readonly activeLimit: Float64Array;
}

/**
 * The grid connection at the root and its tariff by step, per unit of power and step (prices already times the step's length
 * where the case does so). Import and export are both ≥ 0 and at most their limits.
 */
export interface RootTariff {
  readonly buyPrice: Float64Array;
  readonly sellPrice: Float64Array;
  readonly importLimit: number;
  readonly exportLimit: number;
  /** |Q of import| ≤ share·import and |Q of export| ≤ share·export; infinite when reactive power is free. */
  readonly reactiveShare: number;
}

/**
 * A dispatch problem over one horizon: private agents, one per node, that share a radial network and the tariff at its root.
 * Powers are in `powerUnit`, costs in `currency` after multiplication with `costScale`.
 */
export interface DispatchProblem {
  readonly name: string;
  readonly currency: string;
  readonly powerUnit: "kW" | "MW";
  readonly steps: number;
  readonly stepHours: number;
  readonly agents: readonly AgentModel[];
  readonly network: RadialNetwork;
  readonly root: RootTariff;
  /**
   * ½·regulariser·x² on every copy of a flow and of a voltage: each node has its own (flow from the parent, own and parent's
   * voltage, flow to each child), so a line's flow counts twice and the voltage of a node with k children 1 + k times, the
   * root's too. The exchange at the root counts twice (net power, and import, export or reactive power), so its marginal
   * price is the tariff's plus 2·regulariser·P. 0 makes the problem piecewise linear in the network.
   */
  readonly regulariser: number;
  /** Turns the sum of the objective into currency: 1, or the step's hours where prices were summed per step. */
  readonly costScale: number;
}

/** What everybody may know: the network and the tariff, and not what stands behind the meters. */
export type PublicProblem = Omit<DispatchProblem, "agents">;
