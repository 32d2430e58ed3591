/** When an item on an input wakes its federate: never, always, or when it differs from the value held. */
export type Wakes = "never" | "any" | "change";

/** How a value input with several links makes one value of them; `list` keeps all, by source name. */
export type Combine = "sum" | "min" | "max" | "mean" | "list";

/** An input as the coordinator sees it. */
export interface InputShape {
  readonly name: string;
  readonly carries: "value" | "messages";
  readonly wakes: Wakes;
  readonly combine?: Combine;
  /** Value held before any item has come. */
  readonly initial?: unknown;
}

/** An output as the coordinator sees it. */
export interface OutputShape {
  readonly name: string;
  readonly carries: "value" | "messages";
}

/** A federate as the coordinator sees it: its name, ports and times (in ticks). */
export interface FederateShape {
  readonly name: string;
  /** Runs at `offset + k·period`; without a period it is event driven. */
  readonly period?: number;
  readonly offset?: number;
  /** First activation of an event-driven federate (default 0). */
  readonly startsAt?: number;
  /** Rounds wakes up to the grid of the period. */
  readonly wakesOnGrid?: boolean;
  readonly inputs: readonly InputShape[];
  readonly outputs: readonly OutputShape[];
}

/** A link from one output to one input, written `federate.port`. */
export interface LinkShape {
  readonly from: string;
  readonly to: string;
  /** Whole number of ticks ≥ 1; a link whose wrapper delays further gives its minimum. */
  readonly delay?: number;
  readonly iterate?: boolean;
}

/** What a run is: federates, links, its end and its bounds on work. */
export interface Federation {
  readonly federates: readonly FederateShape[];
  readonly links: readonly LinkShape[];
  /** Last time that is simulated, inclusive, in ticks. */
  readonly until: number;
  readonly ticksPerSecond?: number;
  readonly maxIterations?: number;
  readonly maxActivationsPerSecond?: number;
}

/** Faults planted on purpose, to show that the tests would find them. */
export type Mutant =
  | "in-flight-left-out"
  | "strict-safety"
  | "stage-ignored"
  | "rank-ignored"
  | "arrival-order"
  | "horizon-overtakes"
  | "older-value-overwrites";
