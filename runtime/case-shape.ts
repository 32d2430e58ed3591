import type { Duration, Tick } from "../broker/wire/index.js";
import type { Behaviour } from "./context.js";

/** One federate of a case: which kind it is, when it runs, and its parameters. */
export interface FederateEntry {
  /** Name of a built-in kind, or the path of a module whose default export is a federate. */
  readonly use: string;
  readonly params?: unknown;
  readonly period?: Duration;
  readonly offset?: Duration;
  readonly startsAt?: Duration;
  readonly wakesOnGrid?: boolean;
  /** Wall-clock seconds after which a step counts as failed; no limit by default. */
  readonly stepTimeout?: number;
}

/** A disturbance on a link: loss, jitter and the like, by name with parameters. */
export interface WrapperEntry {
  readonly use: string;
  readonly params?: unknown;
}

/** One link of a case. */
export interface LinkEntry {
  readonly from: string;
  readonly to: string;
  readonly delay?: Duration;
  readonly iterate?: boolean;
  readonly wrap?: WrapperEntry;
  /** Name of the random stream of the disturbance; by default that of the link itself. */
  readonly stream?: string;
}

/** A link that carries to an observer what another link brings to its input, after that link's disturbance. */
export interface TapEntry {
  /** The other link: `"a.x -> b.y"`. */
  readonly tap: string;
  readonly to: string;
}

/** What is simulated; how it is deployed belongs to the launch. */
export interface CaseShape {
  readonly name: string;
  /** Wall-clock time of tick 0, ISO 8601 with its offset from UTC. */
  readonly start: string;
  /** Last simulated time, inclusive. */
  readonly until: Duration;
  readonly tick?: Tick;
  readonly seed?: number;
  readonly behaviour?: Behaviour;
  readonly maxIterations?: number;
  readonly maxActivationsPerSecond?: number;
  readonly federates: Readonly<Record<string, FederateEntry>>;
  /** `"a.x -> b.y"` or an object. */
  readonly links: readonly (string | LinkEntry | TapEntry)[];
}
