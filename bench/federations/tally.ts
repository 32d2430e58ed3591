import type { Context } from "../../runtime/index.js";

/** What a federate counted in a run. */
export interface Tally {
  readonly activations: number;
  /** Values or messages that it got and found right. */
  readonly items: number;
}

/** Frames that went through a broker's socket. */
export interface Frames {
  readonly received: number;
  readonly sent: number;
}

/** What a federate says of itself when it closes. */
export interface Report extends Tally {
  readonly federate: string;
  /** Microseconds between the two activations that its clock was set to; 0 where it has no clock. */
  readonly micros: number;
  /** Wall-clock milliseconds of its first activation since 1970. */
  readonly firstAt: number;
}

/** A count of activations with a clock that runs between two of them. */
export interface Count {
  activations: number;
  items: number;
  micros: number;
  firstAt: number;
  startedAt: number;
  /** Activations at whose beginning the clock starts and stops. */
  readonly from: number;
  readonly to: number;
}

/** A count of nothing yet; without bounds it has no clock. */
export function newCount(from = Infinity, to = Infinity): Count {
  return { activations: 0, items: 0, micros: 0, firstAt: 0, startedAt: 0, from, to };
}

/** Counts the activation that begins. */
export function countActivation(count: Count): void {
  const { activations, from, to } = count;
  if (activations === 0) count.firstAt = performance.timeOrigin + performance.now();
  if (activations === from) count.startedAt = performance.now();
  if (activations === to) count.micros = (performance.now() - count.startedAt) * 1000;
  count.activations++;
}

/** Message under which `close` writes a report to a federate's log. */
export const REPORT = "counted";

/** Tells what was counted; the `close` of every federate here. */
export function tell({ activations, items, micros, firstAt }: Count, context: Context): void {
  context.log("info", REPORT, { activations, items, micros, firstAt });
}
