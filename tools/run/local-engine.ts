import { LocalHost } from "../../runtime/index.js";
import { hasCheckpoint, saveCheckpoint } from "./checkpoints.js";
import { folderEffects } from "./effects.js";
import { canCheckpoint, type Ending, type Engine, type EngineRequest, type Standing } from "./engine.js";
import { Pace } from "./pace.js";
import { stepLimits, watchSteps } from "./step-watch.js";
import { nextStop } from "./stops.js";

/** Wall-clock milliseconds that a step which does not answer is waited for after the run was called off. */
const PATIENCE_MS = 5000;

/** Runs a federation in this process: one queue, no socket. */
export const runLocally: Engine = async request => {
  const run = new LocalRun(request);
  const watch = watchSteps(run.host, stepLimits(request.checked.case.federates));
  try {
    const ending = await Promise.race([run.toEnd(), run.calledOff(), watch.expired]);
    await run.host.close();
    return ending;
  } catch (error) {
    await run.host.close().catch(() => undefined);
    throw error;
  } finally {
    run.stop();
    watch.stop();
  }
};

class LocalRun {
  readonly host: LocalHost;
  private readonly pace: Pace | undefined;
  private readonly canSave: boolean;
  /** Aborted when the run is called off, and when it has failed. */
  private readonly signal: AbortSignal;
  private readonly stopper = new AbortController();

  constructor(private readonly request: EngineRequest) {
    const { checked, folder, deployment, checkpoint } = request;
    this.host = new LocalHost(checked.assembly, folderEffects(folder, deployment));
    this.signal = AbortSignal.any([request.signal, this.stopper.signal]);
    this.canSave = canCheckpoint(checked.assembly);
    const { speed } = deployment;
    this.pace = speed === undefined ? undefined : new Pace(speed, checkpoint?.time ?? 0, this.host.plan.ticksPerSecond);
  }

  async toEnd(): Promise<Ending> {
    const { checkpoint, deployment } = this.request;
    const { until } = this.host.plan;
    if (checkpoint === undefined) await this.host.create();
    else this.host.restore(checkpoint.image);
    for (let now = checkpoint?.time ?? 0; ;) {
      const stop = nextStop(now, { until, ...deployment });
      await this.advanceTo(stop.time);
      if (this.signal.aborted) return this.interrupted();
      if (stop.kind === "end") return this.ending("done", until);
      if (this.canSave) this.save(stop.time);
      if (stop.kind === "pause") return this.ending("paused", stop.time);
      now = stop.time;
    }
  }

  /** Runs every activation before `stop`, or until the run is called off. */
  private async advanceTo(stop: number): Promise<void> {
    const { host, pace, signal } = this;
    if (pace === undefined) {
      host.queue.release(stop, 0);
      await host.advance(signal, this.tell);
    } else {
      for (let due = this.nextTime(); due < stop && due <= host.plan.until && !signal.aborted; due = this.nextTime()) {
        await pace.waitFor(due, signal);
        if (signal.aborted) break;
        host.queue.release(due, Infinity);
        await host.advance(signal, this.tell);
        this.tell();
      }
    }
  }

  private nextTime(): number {
    const { due } = this.host.queue;
    const first = due.first();
    return first < 0 ? Infinity : due.time[first];
  }

  private readonly tell = () => {
    const { host } = this;
    this.request.onProgress({
      time: host.queue.time,
      activations: host.activations,
      standings: () => this.standings(),
    });
  };

  private standings(): Standing[] {
    const { due } = this.host.queue;
    const { federates, ticksPerSecond, until } = this.host.plan;
    return federates.map(({ shape }, f) => {
      const at = due.time[f];
      return { federate: shape.name, host: "host.1", nextAt: at > until ? undefined : at / ticksPerSecond };
    });
  }

  /** Nothing is lost: the run can go on from between these two activations. */
  private interrupted(): Ending {
    const { time } = this.host.queue;
    if (this.canSave && !this.stopper.signal.aborted && !hasCheckpoint(this.request.folder, time)) this.save(time);
    return this.ending("interrupted", time);
  }

  private save(time: number): void {
    saveCheckpoint(this.request.folder, time, this.host.save());
  }

  private ending(state: Ending["state"], time: number): Ending {
    this.tell();
    return { state, time, lateSeconds: this.pace?.lateSeconds };
  }

  /** Lets no further activation begin, also when a step that was given up answers after all. */
  stop(): void {
    this.stopper.abort();
  }

  /** Resolves when a step still has not answered some time after the run was called off. */
  async calledOff(): Promise<Ending> {
    const { signal } = this.request;
    await new Promise<void>(resolve => {
      const wait = () => setTimeout(resolve, PATIENCE_MS).unref();
      if (signal.aborted) wait();
      else signal.addEventListener("abort", wait, { once: true });
    });
    return this.ending("interrupted", this.host.queue.time);
  }
}
