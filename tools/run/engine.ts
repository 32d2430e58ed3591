import type { Assembly } from "../../runtime/index.js";
import type { CheckedCase } from "../../cases/check.js";
import type { Checkpoint } from "./checkpoints.js";
import type { LedgerName } from "./settling.js";

/** How a run is spread over processes and paced; none of it changes a result. */
export interface Deployment {
  /** Names of the federates of each host; one host runs in this process. */
  readonly hosts: readonly (readonly string[])[];
  /** Whether the broker runs in the first host's process or in one of its own. */
  readonly broker: "inside" | "alone";
  /** Interface at which the broker listens beyond loopback, and its CURVE keys: a file, or `generate`. */
  readonly listen?: string;
  readonly keys?: string;
  /** Simulated seconds per wall-clock second; as fast as possible when undefined. */
  readonly speed?: number;
  /** Ticks; stops before the first activation at this time. */
  readonly pauseAt?: number;
  /** Where settlements go. */
  readonly ledger: LedgerName;
  /** File that describes the ledger's network, for those that need one. */
  readonly network?: string;
  /** Ticks between two checkpoints; none when undefined. */
  readonly checkpointEvery?: number;
}

/** What an engine is asked to run. */
export interface EngineRequest {
  readonly checked: CheckedCase;
  /** The run folder. */
  readonly folder: string;
  readonly deployment: Deployment;
  /** Where to go on from. */
  readonly checkpoint?: Checkpoint;
  readonly signal: AbortSignal;
  /** Called often; what costs is behind `standings`. */
  readonly onProgress: (progress: Progress) => void;
}

/** Where one federate is, and for whom it waits. */
export interface Standing {
  readonly federate: string;
  readonly host: string;
  /** Simulated seconds of its next activation; undefined when it has none. */
  readonly nextAt?: number;
  readonly waitsFor?: string;
  /** ISO 8601 wall-clock time since which it waits. */
  readonly since?: string;
}

/** How far a run is. */
export interface Progress {
  /** Ticks. */
  readonly time: number;
  /** Known where everything runs in one process. */
  readonly activations?: number;
  standings(): readonly Standing[];
}

/** How an engine stopped without a failure. */
export interface Ending {
  readonly state: "done" | "paused" | "interrupted";
  /** Ticks. */
  readonly time: number;
  /** Largest wall-clock lateness of a run in real time. */
  readonly lateSeconds?: number;
}

/** Runs a federation to its end, to a pause or until it is called off; rejects when it fails. */
export type Engine = (request: EngineRequest) => Promise<Ending>;

/** True when every federate of a case can be saved. */
export function canCheckpoint({ members }: Assembly): boolean {
  return members.every(member => member.definition.checkpoint !== false);
}
