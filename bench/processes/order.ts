import type { Frames, PatternName, Report, Size } from "../federations/index.js";
import type { BareOptions } from "./bare.js";

/** Where the broker runs: in the process of the first federate, or without any federate. */
export type Placement = "inside" | "alone";

/** A federation to run: all in one process, or one process for each federate. */
export interface FederationOrder {
  readonly pattern: PatternName;
  readonly size: Size;
}

/** What a process is told, as JSON in its only argument. */
export type Order =
  | ({ readonly task: "one-process" } & FederationOrder)
  | ({ readonly task: "process-each"; readonly placement: Placement } & FederationOrder)
  | ({ readonly task: "host"; readonly runFolder: string; readonly federate: string } & FederationOrder)
  | ({ readonly task: "bare" } & BareOptions)
  | { readonly task: "bare-echo"; readonly endpoint: string };

/** What a run counted: reports of its federates, and frames where there was a broker. */
export interface Counts {
  readonly reports: readonly Report[];
  readonly frames?: Frames;
}

/** What a process tells the one that started it. */
export type Said =
  | ({ readonly kind: "reports"; readonly launchedAt: number } & Counts)
  | { readonly kind: "micros"; readonly micros: number }
  | { readonly kind: "failed"; readonly message: string };
