import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { formatTime } from "../../broker/wire/index.js";
import { writeAtomic } from "./atomic-file.js";
import type { Progress, Standing } from "./engine.js";

/** Wall-clock milliseconds between two writings. */
const EVERY_MS = 1000;

/** Who is where in time, who waits for whom and since when: `status.json`. */
export interface Status {
  readonly simulatedSeconds: number;
  readonly untilSeconds: number;
  /** The simulated time for people: `1d 02:03:04`. */
  readonly simulatedTime: string;
  readonly activations?: number;
  readonly updatedAt: string;
  readonly federates: readonly Standing[];
}

/** Writes `status.json` while a run goes on, at most once a second. */
export class StatusFile {
  private writtenAt = -Infinity;

  constructor(
    private readonly folder: string,
    private readonly scale: Scale,
  ) {}

  /** Writes when the last time was long enough ago. */
  update(progress: Progress): void {
    const now = performance.now();
    if (now - this.writtenAt < EVERY_MS) return;
    this.writtenAt = now;
    this.write(progress);
  }

  /** Writes the last status; on a full disk it makes room for the manifest instead. */
  close(progress: Progress): void {
    try {
      this.write(progress);
    } catch {
      rmSync(this.path, { force: true });
    }
  }

  private get path(): string {
    return join(this.folder, "status.json");
  }

  private write(progress: Progress): void {
    const status = statusOf(progress, this.scale);
    writeAtomic(this.path, `${JSON.stringify(status, undefined, 2)}\n`);
  }
}

/** Length of a run and of its ticks. */
interface Scale {
  /** Ticks. */
  readonly until: number;
  readonly ticksPerSecond: number;
}

/** A run's progress as it stands in `status.json`. */
export function statusOf({ time, activations, standings }: Progress, { until, ticksPerSecond }: Scale): Status {
  return {
    simulatedSeconds: time / ticksPerSecond,
    untilSeconds: until / ticksPerSecond,
    simulatedTime: formatTime(time, ticksPerSecond === 1e9 ? "1ns" : "1us"),
    activations,
    updatedAt: new Date().toISOString(),
    federates: standings(),
  };
}

/** The last status that a run wrote; undefined when it ended before its first second. */
export function readStatus(folder: string): Status | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "status.json"), "utf8")) as Status;
  } catch {
    return undefined;
  }
}
