import { formatTime } from "../../broker/wire/index.js";

const BAR_WIDTH = 30;
/** Milliseconds between two showings: a bar on a terminal is redrawn, elsewhere a line is added. */
const BAR_MS = 100;
const LINE_MS = 10_000;

/** Shows how far a run is, on stderr: a bar on a terminal, one line every 10 s elsewhere. */
export class ProgressDisplay {
  private readonly startedAt: number;
  private shownAt: number;
  private isShown = false;

  constructor(
    /** In ticks. */
    private readonly scale: { readonly until: number; readonly ticksPerSecond: number },
    private readonly stream: NodeJS.WriteStream = process.stderr,
    /** Wall clock in milliseconds. */
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.startedAt = this.shownAt = clock();
  }

  /** Shows a simulated time (ticks) when the last showing was long enough ago. */
  show(time: number): void {
    const now = this.clock();
    const isTerminal = this.stream.isTTY;
    if (now - this.shownAt < (isTerminal ? BAR_MS : LINE_MS)) return;
    this.shownAt = now;
    this.isShown = true;
    const text = this.describe(time, (now - this.startedAt) / 1000);
    this.stream.write(isTerminal ? `\r${text}\u001b[K` : `${text}\n`);
  }

  private describe(time: number, wallSeconds: number): string {
    const { until, ticksPerSecond } = this.scale;
    const share = until === 0 ? 1 : Math.min(1, time / until);
    const filled = Math.round(share * BAR_WIDTH);
    const bar = this.stream.isTTY ? `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}] ` : "";
    const clock = formatTime(Math.max(0, time), ticksPerSecond === 1e9 ? "1ns" : "1us").replace(/\.\d+$/, "");
    return `${bar}${Math.floor(share * 100)} %, simulated ${clock}, ${wallSeconds.toFixed(0)} s`;
  }

  /** Takes the bar away. */
  end(): void {
    if (this.isShown && this.stream.isTTY) this.stream.write("\r\u001b[K");
  }
}
