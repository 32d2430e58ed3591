import { PATTERNS, type Federation, type Frames, type Report } from "../federations/index.js";
import type { BareOptions } from "./bare.js";
import { askChild } from "./child.js";
import type { FederationOrder, Placement } from "./order.js";

export type { BareOptions } from "./bare.js";
export type { FederationOrder, Placement } from "./order.js";

/** What a federation took. */
export interface Timing {
  /** Microseconds of the slowest clock. */
  readonly micros: number;
  /** Seconds from the launch of the first process to the first activation of the last federate. */
  readonly launchSeconds: number;
}

/** Runs a federation in one process, or with a process for each federate behind a broker; fresh processes each time. */
export async function timeFederation(order: FederationOrder, where: "one process" | Placement): Promise<Timing> {
  const said = await askChild(
    where === "one process" ? { task: "one-process", ...order } : { task: "process-each", placement: where, ...order },
  );
  if (said.kind !== "reports") throw new Error("A measuring process gave no reports.");
  const { reports, frames, launchedAt } = said;
  const federation = PATTERNS[order.pattern].federation(order.size);
  requireCounts(federation, reports);
  if (frames !== undefined) requireFrames(federation, frames, where === "inside" ? 1 : 0);
  return {
    micros: Math.max(...reports.map(report => report.micros)),
    launchSeconds: (Math.max(...reports.map(report => report.firstAt)) - launchedAt) / 1000,
  };
}

/**
 * Compares what federates counted with what they had to.
 * @throws Error naming every federate whose activations or items are off.
 */
export function requireCounts({ expected }: Pick<Federation, "expected">, reports: readonly Report[]): void {
  const faults = Object.entries(expected).flatMap(([name, tally]) => {
    const told = reports.filter(report => report.federate === name);
    if (told.length !== 1) return [`${name} reported ${told.length} times`];
    const [{ activations, items }] = told;
    if (activations === tally.activations && items === tally.items) return [];
    return [
      `${name} had ${activations} activations and ${items} items instead of ${tally.activations} and ${tally.items}`,
    ];
  });
  if (faults.length > 0) throw new Error(`A benchmark lost count: ${faults.join("; ")}.`);
}

/** Frames that each host may have besides its turns: to join, begin and leave. */
const FRAMES_OF_A_HOST = 8;

/**
 * Compares the frames of a run with one each way for every activation of a federate behind the socket.
 * @param inside federates, the first ones, that share the broker's process and need no frames.
 * @throws Error when there were more.
 */
export function requireFrames({ expected }: Pick<Federation, "expected">, frames: Frames, inside: number): void {
  const remote = Object.values(expected).slice(inside);
  const most = remote.reduce((sum, { activations }) => sum + activations + FRAMES_OF_A_HOST, 0);
  if (Math.max(frames.received, frames.sent) <= most) return;
  const counts = `${frames.received} frames came in and ${frames.sent} went out`;
  throw new Error(`A benchmark spent frames: ${counts}; ${most} each way were due.`);
}

/** Microseconds of a turn of bare ZeroMQ frames. */
export async function timeBareFrames(options: BareOptions): Promise<number> {
  const said = await askChild({ task: "bare", ...options });
  if (said.kind !== "micros") throw new Error("A measuring process gave no time.");
  return said.micros;
}
