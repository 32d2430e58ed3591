import type { Waiting } from "../core/index.js";
import { formatStamp, type Stamp } from "../wire/index.js";

/** Where a run stands. */
export type RunState = "joining" | "running" | "cut" | "ending" | "failed";

/** One federate of a run: when it runs next, and for whom it waits. */
export interface FederateStatus {
  readonly name: string;
  readonly host: string;
  /** Next activation in ticks; null when nothing is planned. */
  readonly nextTime: number | null;
  /** `(time, stage, iteration, rank)`. */
  readonly nextStamp?: string;
  /** The federate whose item could still come first; empty when its horizon is the cap or the others' pace. */
  readonly waitsFor?: string;
}

/** One host of a run. */
export interface HostStatus {
  readonly name: string;
  readonly joined: boolean;
  readonly working: boolean;
  /** Wall-clock seconds since it began to work or to wait. */
  readonly sinceSeconds: number;
}

/** Who is where in time and who waits for whom: the content of `status.json` and of an answer to a query. */
export interface Status {
  readonly state: RunState;
  /** Smallest next activation in ticks; null when none is left. */
  readonly time: number | null;
  readonly until: number;
  readonly ticksPerSecond: number;
  readonly hosts: readonly HostStatus[];
  readonly federates: readonly FederateStatus[];
  /** Frames of strangers that were refused. */
  readonly refusedFrames: number;
}

/** The line of one federate. */
export function federateStatus(name: string, host: string, due: Stamp, waiting: readonly Waiting[]): FederateStatus {
  if (due.time === Infinity) return { name, host, nextTime: null };
  const waits = waiting.find(w => w.federate === name);
  return { name, host, nextTime: due.time, nextStamp: formatStamp(due), waitsFor: waits?.waitsFor };
}
