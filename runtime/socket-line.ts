import { curveKeyPair, Dealer } from "zeromq";
import { CosimError, type BrokerAddress } from "../broker/wire/index.js";
import {
  decodeFrame,
  encodeFrame,
  FrameQueue,
  MAX_FRAME_BYTES,
  SendQueue,
  type BrokerFrame,
  type Frame,
  type HostFrame,
  type HostLine,
} from "../broker/wire/protocol.js";

/** Milliseconds between signs of life on a quiet connection, and after which their absence closes it. */
const HEARTBEAT_MS = 500;
const HEARTBEAT_TIMEOUT_MS = 2500;
/** Milliseconds for which a host that closes waits for the broker's answer. */
const LEAVE_MS = 2000;

/** A host's connection to a broker in another process: one DEALER socket that never connects twice. */
export class SocketLine implements HostLine {
  readonly received = new FrameQueue();
  private readonly socket: Dealer;
  private readonly outgoing: SendQueue<Uint8Array>;
  private closed = false;
  private lost = false;
  private joined = false;

  constructor(
    private readonly address: BrokerAddress,
    private readonly maxFrameBytes = MAX_FRAME_BYTES,
  ) {
    this.socket = new Dealer({
      linger: 2000,
      reconnectInterval: -1,
      maxMessageSize: maxFrameBytes,
      heartbeatInterval: HEARTBEAT_MS,
      heartbeatTimeout: HEARTBEAT_TIMEOUT_MS,
      ...curveOptions(address),
    });
    this.outgoing = new SendQueue<Uint8Array>(
      bytes => this.socket.send(bytes),
      () => {
        this.lose();
      },
    );
    this.socket.events.on("disconnect", () => {
      this.lose();
    });
    this.socket.connect(address.endpoint);
    void this.listen();
  }

  /** @throws CosimError `COSIM_FRAME_TOO_LARGE` when the frame exceeds the limit. */
  send(frame: HostFrame): Promise<void> {
    if (this.closed || this.lost) return Promise.resolve();
    return this.outgoing.send(encodeFrame(frame, this.maxFrameBytes));
  }

  /** Closing makes what still waits to be sent fail, so that nobody waits for it. */
  private lose(): void {
    if (this.lost) return;
    this.lost = true;
    this.socket.close();
    this.received.lose(
      new CosimError("COSIM_BROKER_LOST", `The broker at ${this.address.endpoint} does not answer any more.`),
    );
  }

  private async listen(): Promise<void> {
    try {
      for await (const [bytes] of this.socket) {
        const frame = decodeFrame(bytes, this.maxFrameBytes);
        if (frame.kind === "welcome") this.joined = true;
        if (isBrokerFrame(frame)) this.received.push(frame);
      }
    } catch (error) {
      this.received.lose(error as Error);
    }
  }

  /** Takes leave of a broker that has let it in, and closes when the broker has heard everything. */
  close(): void {
    if (this.closed) return;
    const waits = this.joined && !this.lost;
    if (waits) void this.send({ kind: "leave" });
    this.closed = true;
    void (waits ? this.heardOut() : Promise.resolve()).finally(() => {
      this.socket.close();
    });
  }

  private async heardOut(): Promise<void> {
    const timer = setTimeout(() => {
      this.lose();
    }, LEAVE_MS);
    try {
      while ((await this.received.next()).kind !== "leave");
    } catch {
      // Whoever does not answer any more has nothing to hear.
    } finally {
      clearTimeout(timer);
    }
  }
}

const HOST_ONLY: ReadonlySet<Frame["kind"]> = new Set(["join", "report", "saved", "query", "request"]);

function isBrokerFrame(frame: Frame): frame is BrokerFrame {
  return frame.kind !== "probe" && !HOST_ONLY.has(frame.kind);
}

function curveOptions({ publicKey }: BrokerAddress) {
  if (publicKey === undefined) return {};
  const own = curveKeyPair();
  return { curveServerKey: publicKey, curvePublicKey: own.publicKey, curveSecretKey: own.secretKey };
}
