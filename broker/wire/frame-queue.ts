import type { BrokerFrame, HostFrame } from "./frame.js";

/** A host's connection to its broker: a socket, or calls within one process. */
export interface HostLine {
  /** Hands a frame over; the promise, if any, is fulfilled when the line can take more. */
  send(frame: HostFrame): void | Promise<void>;
  readonly received: FrameQueue;
  close(): void;
}

/** What a broker has said to one host and the host has not read yet. */
export class FrameQueue {
  private readonly frames: BrokerFrame[] = [];
  private readonly stop = new AbortController();
  private lost: Error | undefined;
  private wake: (() => void) | undefined;

  /** Aborted as soon as a failure has arrived, so that a host at work need not read to learn of it. */
  get stopped(): AbortSignal {
    return this.stop.signal;
  }

  push(frame: BrokerFrame): void {
    this.frames.push(frame);
    if (frame.kind === "fail") this.stop.abort();
    this.wake?.();
  }

  /** Says that nothing will come any more; `next` throws the error once everything has been read. */
  lose(error: Error): void {
    this.lost ??= error;
    this.stop.abort();
    this.wake?.();
  }

  /** The next frame, in the order of arrival; one reader at a time. */
  async next(): Promise<BrokerFrame> {
    for (;;) {
      const frame = this.frames.shift();
      if (frame !== undefined) return frame;
      if (this.lost !== undefined) throw this.lost;
      await new Promise<void>(resolve => (this.wake = resolve));
    }
  }
}
