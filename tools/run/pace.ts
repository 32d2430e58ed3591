import { setTimeout as sleep } from "node:timers/promises";

/** Holds a run back to the wall clock; tells by how much it was late at most. */
export class Pace {
  lateSeconds = 0;
  private readonly startedAt = performance.now();

  constructor(
    /** Simulated seconds per wall-clock second. */
    private readonly speed: number,
    private readonly from: number,
    private readonly ticksPerSecond: number,
  ) {}

  /** Waits until a simulated time has come, or until `signal` calls the run off. */
  async waitFor(time: number, signal: AbortSignal): Promise<void> {
    const due = this.startedAt + ((time - this.from) / this.ticksPerSecond / this.speed) * 1000;
    let early = due - performance.now();
    this.lateSeconds = Math.max(this.lateSeconds, -early / 1000);
    for (; early > 0 && !signal.aborted; early = due - performance.now()) {
      await sleep(early, undefined, { signal }).catch(() => undefined);
    }
  }
}
