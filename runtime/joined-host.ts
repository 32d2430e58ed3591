import { HostExchange } from "../broker/core/host-exchange.js";
import { planDigest } from "../broker/core/index.js";
import { errorOf, failureOf, PROTOCOL_VERSION, type HostLine, type ReleaseFrame } from "../broker/wire/protocol.js";
import { encodeImage, type HostImage } from "./checkpoint.js";
import { join } from "./join.js";
import type { LocalHost } from "./local-host.js";

/** The federates of one process, as the broker's side of it sees them; `LocalHost` is one. */
export type RunningHost = Pick<LocalHost, "plan" | "queue" | "create" | "advance" | "save" | "restore" | "close">;

/** What a host needs to take part in a run of several hosts. */
export interface JoinOptions {
  /** Name of the host in the launch. */
  readonly name: string;
  /** The run's secret, from `broker.json`. */
  readonly token: string;
  /** What checkpoints kept of this host's federates, when the run is resumed. */
  readonly image?: HostImage;
  /** Keeps the bytes of a checkpoint before the first activation at `time` (ticks). */
  readonly saveImage?: (time: number, bytes: Uint8Array) => Promise<void>;
}

/** Wall-clock milliseconds after which a host at work tells where it is even if it has nothing to share. */
const QUIET_MS = 200;

/**
 * Runs the federates of a host behind a broker to the end, and closes them whatever happens.
 * @throws CosimError of this host, of another one, or `COSIM_BROKER_LOST`.
 */
export async function runJoinedHost(host: RunningHost, line: HostLine, options: JoinOptions): Promise<void> {
  let failed = false;
  try {
    await new JoinedHost(host, line, options).run();
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    await close(host, line, failed);
  }
}

/** Closes the members before taking leave, so that whoever waits for the host finds complete files. */
async function close(host: RunningHost, line: HostLine, failed: boolean): Promise<void> {
  try {
    await host.close();
  } catch (error) {
    if (!failed) {
      await line.send(failureOf(error));
      throw error;
    }
  } finally {
    line.close();
  }
}

class JoinedHost {
  private readonly exchange: HostExchange;
  private reportedAt = 0;

  constructor(
    private readonly host: RunningHost,
    private readonly line: HostLine,
    private readonly options: JoinOptions,
  ) {
    this.exchange = new HostExchange(host.queue);
  }

  async run(): Promise<void> {
    const { host, line, options } = this;
    const { name, token } = options;
    const plan = planDigest(host.plan);
    await join(line, { kind: "join", version: PROTOCOL_VERSION, token, host: name, plan, foreign: false });
    try {
      await this.begin();
      await this.report(true);
      await this.follow();
    } catch (error) {
      if (!line.received.stopped.aborted) await line.send(failureOf(error));
      throw error;
    }
  }

  /** A resumed host creates nothing: its states, random streams and files go on from the checkpoint. */
  private async begin(): Promise<void> {
    const { host, options } = this;
    if (options.image === undefined) await host.create();
    else host.restore(options.image);
  }

  private async follow(): Promise<void> {
    const { received } = this.line;
    for (let frame = await received.next(); frame.kind !== "end"; frame = await received.next()) {
      if (frame.kind === "release") await this.advance(frame);
      else if (frame.kind === "items") this.exchange.take(frame.publications);
      else if (frame.kind === "save") await this.save(frame.time);
      else if (frame.kind === "fail") throw errorOf(frame);
    }
  }

  private async advance({ time, phase, publications }: ReleaseFrame): Promise<void> {
    const { host, exchange, line } = this;
    exchange.take(publications);
    host.queue.release(time, phase);
    this.reportedAt = performance.now();
    const finished = await host.advance(line.received.stopped, () => this.share());
    if (finished) await this.report(true);
  }

  /** Lets others have what is published while this host is at work. */
  private share(): void | Promise<void> {
    const isQuiet = performance.now() - this.reportedAt > QUIET_MS;
    if (isQuiet || this.host.queue.outbox.length > 0) return this.report(false);
  }

  private report(idle: boolean): void | Promise<void> {
    this.reportedAt = performance.now();
    return this.line.send({ kind: "report", ...this.exchange.report(idle) });
  }

  private async save(time: number): Promise<void> {
    await this.options.saveImage?.(time, encodeImage(this.host.save()));
    await this.line.send({ kind: "saved", time });
  }
}
