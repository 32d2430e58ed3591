import { formatTime } from "../../broker/wire/index.js";

const BAR_WIDTH = 30;
/** Milliseconds between two showings: a bar on a terminal is redrawn, elsewhere a line is added. */
const BAR_MS = 100;
const LINE_MS = 10_000;

/** Shows how far something is, on stderr: a bar on a terminal, one line every 10 s elsewhere. */
export class ProgressBar {
  private readonly startedAt: number;
  private shownAt: number;
  private isShown = false;

  constructor(
    private readonly stream: NodeJS.WriteStream = process.stderr,
    /** Wall clock in milliseconds. */
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.startedAt = this.shownAt = clock();
  }

  /** Shows a share (0 to 1) and what more there is to say, when the last showing was long enough ago. */
  show(share: number, detail: () => string): void {
    const now = this.clock();
    const isTerminal = this.stream.isTTY;
    if (now - this.shownAt < (isTerminal ? BAR_MS : LINE_MS)) return;
    this.shownAt = now;
    this.isShown = true;
    const filled = Math.round(share * BAR_WIDTH);
    const bar = isTerminal ? `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}] ` : "";
    const wallSeconds = ((now - this.startedAt) / 1000).toFixed(0);
    const text = `${bar}${Math.floor(share * 100)} %, ${detail()}, ${wallSeconds} s`;
    this.stream.write(isTerminal ? `\r${text}\u001b[K` : `${text}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.isShown && this.stream.isTTY) this.stream.write("\r\u001b[K");
  }
}

/** Shows how far a run is in simulated time. */
export class ProgressDisplay {
  private readonly bar: ProgressBar;

  constructor(
    /** In ticks. */
    private readonly scale: { readonly until: number; readonly ticksPerSecond: number },
    stream?: NodeJS.WriteStream,
    clock?: () => number,
  ) {
    this.bar = new ProgressBar(stream, clock);
  }

  /** Shows a simulated time (ticks), and rounds that are still settled after it, when the last showing was long enough ago. */
  show(time: number, waitingRounds = 0): void {
    const { until, ticksPerSecond } = this.scale;
    this.bar.show(until === 0 ? 1 : Math.min(1, time / until), () => {
      const clock = formatTime(Math.max(0, time), ticksPerSecond === 1e9 ? "1ns" : "1us");
      const settling = waitingRounds === 0 ? "" : `, ${waitingRounds} rounds to settle`;
      return `simulated ${clock.replace(/\.\d+$/, "")}${settling}`;
    });
  }

  /** Takes the bar away. */
  end(): void {
    this.bar.end();
  }
}
