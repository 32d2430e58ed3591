import type { Cuts } from "../../broker/server/index.js";
import { CosimError } from "../../broker/wire/index.js";
import { beginCheckpoint, completeCheckpoint } from "./checkpoints.js";
import { canCheckpoint, type EngineRequest } from "./engine.js";
import { Pace } from "./pace.js";
import { nextStop, type Stop } from "./stops.js";

/** Wall-clock seconds of one stretch of a run in real time; activations are late by at most this, never early. */
const STRETCH_SECONDS = 0.05;

/** Where a run of several hosts stops: checkpoints, a pause, and the wall clock. */
export class RunCuts implements Cuts {
  /** Time at which the run was paused. */
  pausedAt: number | undefined;
  private readonly from: number;
  private readonly pace: Pace | undefined;
  private readonly stretch: number;
  private readonly canSave: boolean;

  constructor(private readonly request: EngineRequest) {
    const { checked, deployment, checkpoint } = request;
    const { ticksPerSecond } = checked.assembly.plan;
    const { speed } = deployment;
    this.from = checkpoint?.time ?? 0;
    this.canSave = canCheckpoint(checked.assembly);
    this.pace = speed === undefined ? undefined : new Pace(speed, this.from, ticksPerSecond);
    this.stretch = speed === undefined ? Infinity : Math.max(1, Math.round(speed * STRETCH_SECONDS * ticksPerSecond));
  }

  get lateSeconds(): number | undefined {
    return this.pace?.lateSeconds;
  }

  next(after: number): number {
    const now = Math.max(after, this.from);
    const paced = now + this.stretch;
    return Math.min(this.stopAfter(now).time, paced > this.request.checked.assembly.plan.until ? Infinity : paced);
  }

  private stopAfter(now: number): Stop {
    const { checked, deployment } = this.request;
    return nextStop(now, { until: checked.assembly.plan.until, ...deployment });
  }

  async reach(time: number, save: () => Promise<void>): Promise<void> {
    const { folder, signal } = this.request;
    const stop = this.stopAfter(time - 1);
    if (stop.time === time && this.canSave) {
      beginCheckpoint(folder, time);
      await save();
      completeCheckpoint(folder, time);
    }
    if (stop.time === time && stop.kind === "pause") {
      this.pausedAt = time;
      throw new CosimError("COSIM_INTERRUPTED", "The run is paused.");
    }
    await this.pace?.waitFor(time + this.stretch, signal);
  }
}
