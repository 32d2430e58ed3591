import { CosimError } from "../wire/errors.js";
import { formatStamp, isBefore, iterationOf, type Stamp } from "../wire/stamp.js";
import type { Plan, PlannedFederate } from "./plan.js";
import { gridAtOrAfter } from "./stamps-on-links.js";

/** When one federate is due, apart from items that it cannot see yet, and how much it has worked. */
export interface Causes {
  /** Next grid point or start. */
  gridTime: number;
  wakeAt: number;
  /** Wake of an item already taken in. */
  itemTime: number;
  itemPhase: number;
  /** Activations in the current simulated second. */
  second: number;
  activations: number;
}

/** The causes of a federate before the start: its grid or its first activation. */
export function firstCauses({ shape }: PlannedFederate): Causes {
  const gridTime = shape.period === undefined ? (shape.startsAt ?? 0) : (shape.offset ?? 0);
  return { gridTime, wakeAt: Infinity, itemTime: Infinity, itemPhase: Infinity, second: -1, activations: 0 };
}

/** True when something makes the federate run at this stamp. */
export function isDue(causes: Causes, { basePhase }: PlannedFederate, { time, phase }: Stamp): boolean {
  const own = Math.min(causes.gridTime, causes.wakeAt);
  return !isBefore(time, phase, own, basePhase) || !isBefore(time, phase, causes.itemTime, causes.itemPhase);
}

/** Takes away the causes that an activation at this stamp has served. */
export function serveCauses(causes: Causes, { basePhase, shape }: PlannedFederate, { time, phase }: Stamp): void {
  if (!isBefore(time, phase, causes.gridTime, basePhase)) {
    causes.gridTime = shape.period === undefined ? Infinity : causes.gridTime + shape.period;
  }
  if (!isBefore(time, phase, causes.wakeAt, basePhase)) causes.wakeAt = Infinity;
  if (!isBefore(time, phase, causes.itemTime, causes.itemPhase)) {
    causes.itemTime = Infinity;
    causes.itemPhase = Infinity;
  }
}

/** True when an activation at this stamp would be one iteration too many for the federate's loop. */
export function exceedsIterations(plan: Plan, { loop }: PlannedFederate, phase: number): boolean {
  return loop.length > 0 && iterationOf(phase) >= plan.maxIterations;
}

/** Counts an activation. Throws `COSIM_ACTIVATION_LIMIT` when there were too many within one simulated second. */
export function countActivation(plan: Plan, planned: PlannedFederate, causes: Causes, stamp: Stamp): void {
  const second = Math.floor(stamp.time / plan.ticksPerSecond);
  causes.activations = second === causes.second ? causes.activations + 1 : 1;
  causes.second = second;
  if (causes.activations <= plan.maxActivationsPerSecond) return;
  const { name } = planned.shape;
  const sources = planned.inLinks.map(l => plan.links[l].from).join(", ") || "its own wakeAt";
  const message = `${name} ran ${causes.activations} times within one simulated second; it is driven by ${sources}.`;
  throw new CosimError("COSIM_ACTIVATION_LIMIT", message, { party: name, stamp: formatStamp(stamp) });
}

/**
 * The time for which a step asked to be woken, Infinity when it cancelled its wake.
 * Throws `COSIM_WAKE_INVALID` for a time that is not later than now, or off the grid of a purely periodic federate.
 */
export function acceptWake(federate: PlannedFederate, wakeAt: number | null, now: Stamp): number {
  if (wakeAt === null) return Infinity;
  const { name, period, wakesOnGrid, inputs } = federate.shape;
  const fail = (reason: string) => {
    const message = `${name} asked at ${now.time} to wake at ${wakeAt} (ticks), ${reason}`;
    return new CosimError("COSIM_WAKE_INVALID", message, { party: name, stamp: formatStamp(now) });
  };
  if (!Number.isSafeInteger(wakeAt)) throw fail("which is no whole number of ticks.");
  if (wakeAt <= now.time) {
    throw fail("which is not later than now. Use an iterating link to itself to run again now.");
  }
  if (period === undefined) return wakeAt;
  const onGrid = gridAtOrAfter(federate, wakeAt);
  if (wakesOnGrid === true || onGrid === wakeAt) return onGrid;
  if (inputs.some(input => input.wakes !== "never")) return wakeAt;
  throw fail(`which is off its grid; the next grid point is ${onGrid}.`);
}
