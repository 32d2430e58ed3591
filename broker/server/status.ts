import type { Coordinator, Waiting } from "../core/index.js";
import { formatStamp, type Stamp } from "../wire/index.js";
import type { HostSlot } from "./roster.js";

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

/** What a status is made of. */
export interface RunFacts {
  readonly state: RunState;
  readonly slots: readonly HostSlot[];
  readonly coordinator: Coordinator;
  readonly refusedFrames: number;
  /** Wall clock in milliseconds. */
  readonly now: number;
}

/** Who is where in time, and who waits for whom. */
export function describeRun({ state, slots, coordinator, refusedFrames, now }: RunFacts): Status {
  const { until, ticksPerSecond, federates } = coordinator.plan;
  const waiting = state === "joining" ? [] : coordinator.waiting();
  const dues = coordinator.earliest();
  const least = dues.time.reduce((a, b) => Math.min(a, b), Infinity);
  const describe = (f: number, host: string) => {
    const due = { time: dues.time[f], phase: dues.phase[f] };
    return federateStatus(federates[f].shape.name, host, { due, waiting });
  };
  return {
    state,
    time: least === Infinity ? null : least,
    until,
    ticksPerSecond,
    hosts: slots.map(slot => hostStatus(slot, now)),
    federates: slots.flatMap(({ plan }) => plan.federates.map(f => describe(f, plan.name))),
    refusedFrames,
  };
}

function hostStatus({ plan: { name }, client, working, since }: HostSlot, now: number): HostStatus {
  const joined = client !== undefined;
  return { name, joined, working: joined && working, sinceSeconds: (now - since) / 1000 };
}

interface Place {
  readonly due: Stamp;
  readonly waiting: readonly Waiting[];
}

function federateStatus(name: string, host: string, { due, waiting }: Place): FederateStatus {
  if (due.time === Infinity) return { name, host, nextTime: null };
  const waits = waiting.find(w => w.federate === name);
  return { name, host, nextTime: due.time, nextStamp: formatStamp(due), waitsFor: waits?.waitsFor };
}
