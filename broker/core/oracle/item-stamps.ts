import { phaseOf, stampParts, type Stamp } from "../../wire/stamp.js";
import type { FederateShape, LinkShape } from "../federation.js";
import { ownerOf, type Level } from "./levels.js";

/** Where a federate runs in iteration 0 of a time. */
export function baseStamp({ stage, rank }: Level, time: number): Stamp {
  return { time, phase: phaseOf(stage, 0, rank) };
}

/** The first point of a periodic federate's grid at or after a time. */
export function gridFrom({ period = 1, offset = 0 }: FederateShape, time: number): number {
  return offset + Math.max(0, Math.ceil((time - offset) / period)) * period;
}

/** The time itself, or the next point of the grid where wakes are rounded up to it. */
export function gridTime(shape: FederateShape, time: number): number {
  return shape.wakesOnGrid === true ? gridFrom(shape, time) : time;
}

/** A wake, rounded up to the grid where the federate says so. */
export function onGrid(shape: FederateShape, level: Level, wake: Stamp): Stamp {
  const time = gridTime(shape, wake.time);
  return time === wake.time ? wake : baseStamp(level, time);
}

/** A link and the levels of its ends. */
export interface Ends {
  readonly link: LinkShape;
  readonly source: Level;
  readonly target: Level;
}

/** The table of links: where an item sent at `now` becomes visible and where it wakes its target. */
export function itemStamps({ link, source, target }: Ends, now: Stamp, delay: number): { stamp: Stamp; wake: Stamp } {
  const { time, iteration } = stampParts(now);
  if (link.delay !== undefined) {
    return { stamp: { time: time + delay, phase: phaseOf(-1, 0, 0) }, wake: baseStamp(target, time + delay) };
  }
  if (link.iterate === true) {
    const phase = (rank: number) => phaseOf(source.stage, iteration + 1, rank);
    return { stamp: { time, phase: phase(-1) }, wake: { time, phase: phase(target.rank) } };
  }
  const together = source.loop.includes(ownerOf(link.to));
  return { stamp: now, wake: { time, phase: phaseOf(target.stage, together ? iteration : 0, target.rank) } };
}
