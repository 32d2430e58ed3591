import type { Stamp } from "../wire/stamp.js";
import { DELAYED_PHASE, nextIteration, withRank } from "../wire/stamp.js";
import type { Plan, PlannedFederate, PlannedLink } from "./plan.js";

/** Phase of the item that an activation at `phase` sends over a link. */
export function itemPhase(link: PlannedLink, phase: number): number {
  if (link.kind === "same") return phase;
  return link.kind === "delayed" ? DELAYED_PHASE : nextIteration(phase);
}

/** Phase at which an item of this phase wakes the link's target. */
export function wakePhase(link: PlannedLink, target: PlannedFederate, phaseOfItem: number): number {
  return link.inLoop ? withRank(phaseOfItem, target.rank) : target.basePhase;
}

/** The first time of a periodic federate's grid that is not before `time`. */
export function gridAtOrAfter(federate: PlannedFederate, time: number): number {
  const { period = Infinity, offset = 0 } = federate.shape;
  if (time <= offset) return offset;
  return offset + Math.ceil((time - offset) / period) * period;
}

/** Stamp at which an item wakes the link's target, with `wakesOnGrid` rounded up to its grid. */
export function wakeStamp(plan: Plan, link: PlannedLink, item: Stamp): Stamp {
  const target = plan.federates[link.target];
  if (target.shape.wakesOnGrid === true) {
    const time = gridAtOrAfter(target, item.time);
    if (time !== item.time) return { time, phase: target.basePhase };
  }
  return { time: item.time, phase: wakePhase(link, target, item.phase) };
}
