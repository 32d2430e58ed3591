import { isBefore } from "../wire/stamp.js";
import type { Plan, PlannedLink } from "./plan.js";
import { StampHeap } from "./stamp-heap.js";
import { itemPhase, wakeStamp } from "./stamps-on-links.js";

/** One stamp for each federate, in two arrays. */
export interface StampTable {
  readonly time: Float64Array;
  readonly phase: Float64Array;
}

/** A table of stamps that are later than everything. */
export function endlessStamps(count: number): StampTable {
  return { time: new Float64Array(count).fill(Infinity), phase: new Float64Array(count).fill(Infinity) };
}

/** Lowers one stamp of a table when the given one is smaller. */
export function lower(table: StampTable, at: number, time: number, phase: number): void {
  if (!isBefore(time, phase, table.time[at], table.phase[at])) return;
  table.time[at] = time;
  table.phase[at] = phase;
}

/**
 * The bound of every federate: no activation of it will have a smaller stamp.
 *
 * `bound(f) = min(own(f), min over waking in-links u -> f of the wake stamp of an item sent at bound(u))`.
 * Every step along a link increases the stamp, so this is a shortest-path problem (Dijkstra), O((N + E) log N).
 */
export function computeBounds(plan: Plan, own: StampTable): StampTable {
  const count = plan.federates.length;
  const open = new StampHeap(count);
  for (let f = 0; f < count; f++) open.set(f, own.time[f], own.phase[f]);
  const bound = endlessStamps(count);
  for (let done = 0; done < count; done++) {
    const u = open.first();
    const time = open.time[u];
    const phase = open.phase[u];
    if (time === Infinity) break;
    bound.time[u] = time;
    bound.phase[u] = phase;
    open.set(u, Infinity, Infinity);
    for (const links of plan.federates[u].outLinks) {
      for (const l of links) relax(plan, plan.links[l], { time, phase }, { open, bound });
    }
  }
  return bound;
}

interface Search {
  readonly open: StampHeap;
  readonly bound: StampTable;
}

function relax(plan: Plan, link: PlannedLink, sent: { time: number; phase: number }, { open, bound }: Search): void {
  const { target } = link;
  if (bound.time[target] !== Infinity || !canWake(plan, link)) return;
  const item = { time: sent.time + link.delay, phase: itemPhase(link, sent.phase) };
  const wake = wakeStamp(plan, link, item);
  if (isBefore(wake.time, wake.phase, open.time[target], open.phase[target])) open.set(target, wake.time, wake.phase);
}

/** True when an item on the link may wake its target. */
export function canWake(plan: Plan, link: PlannedLink): boolean {
  return plan.federates[link.target].shape.inputs[link.input].wakes !== "never";
}
