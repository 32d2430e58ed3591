import { Router } from "zeromq";
import { CosimError } from "../wire/index.js";
import {
  decodeFrame,
  encodeFrame,
  isHostFrame,
  MAX_FRAME_BYTES,
  SendQueue,
  type BrokerFrame,
} from "../wire/protocol.js";
import type { KeyPair } from "./keys.js";
import type { Peer } from "./peer.js";
import type { Session } from "./session.js";

/** Milliseconds between signs of life on a quiet connection, and after which their absence closes it. */
const HEARTBEAT_MS = 500;
const HEARTBEAT_TIMEOUT_MS = 2500;
/** Fewest milliseconds between two looks at who is still there. */
const PROBE_MS = 500;
/** Frames after which the rest of the process gets its turn, however many more there are. */
const BATCH = 128;
/** Frames that wait in the socket for one connection, either way. */
const HIGH_WATER = 256;

/** What a router is opened with. */
export interface RouterOptions {
  readonly keys?: KeyPair;
  readonly maxFrameBytes?: number;
}

interface Envelope {
  readonly peer: RemotePeer;
  readonly bytes: Uint8Array;
}

/** Whoever is behind one connection of the socket. */
class RemotePeer implements Peer {
  constructor(
    readonly id: Buffer,
    private readonly router: FrameRouter,
  ) {}

  post(frame: BrokerFrame): void {
    this.router.post(this, frame);
  }
}

/** The broker's one socket: frames in, batch by batch, and frames out through one queue. */
export class FrameRouter {
  readonly frames = { received: 0, sent: 0 };
  private readonly socket: Router;
  private readonly limit: number;
  private readonly outgoing: SendQueue<Envelope>;
  /** Participants by connection; strangers are forgotten after each frame. */
  private readonly peers = new Map<string, RemotePeer>();
  private probing: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly session: Session,
    { keys, maxFrameBytes = MAX_FRAME_BYTES }: RouterOptions = {},
  ) {
    this.limit = maxFrameBytes;
    this.socket = new Router({
      mandatory: true,
      linger: 1000,
      sendHighWaterMark: HIGH_WATER,
      receiveHighWaterMark: HIGH_WATER,
      maxMessageSize: maxFrameBytes,
      heartbeatInterval: HEARTBEAT_MS,
      heartbeatTimeout: HEARTBEAT_TIMEOUT_MS,
      ...(keys && { curveServer: true, curvePublicKey: keys.publicKey, curveSecretKey: keys.secretKey }),
    });
    this.outgoing = new SendQueue<Envelope>(
      ({ peer, bytes }) => this.socket.send([peer.id, bytes]),
      ({ peer }) => {
        this.unreachable(peer);
      },
    );
    this.socket.events.on("disconnect", () => {
      this.probeSoon();
    });
  }

  /** Binds, and returns the endpoint with the port that the system chose. */
  async open(address: string): Promise<string> {
    await this.socket.bind(address);
    const { lastEndpoint } = this.socket;
    if (lastEndpoint === null) throw new Error(`${address} gave no endpoint.`);
    return lastEndpoint;
  }

  /** Takes in frames until the socket is closed: everything that is there, then what follows from it. */
  async serve(): Promise<void> {
    const { socket, session } = this;
    for await (const parts of socket) {
      this.accept(parts);
      let taken = 1;
      for (; taken < BATCH && socket.readable && !this.closed; taken++) this.accept(await socket.receive());
      session.settle();
      if (taken === BATCH) await new Promise(setImmediate);
    }
  }

  private accept(parts: readonly Buffer[]): void {
    this.frames.received++;
    const [id, bytes] = parts;
    const key = id.toString("latin1");
    const known = this.peers.get(key);
    const peer = known ?? new RemotePeer(id, this);
    try {
      if (parts.length !== 2)
        throw new CosimError("COSIM_FRAME_INVALID", `A message has ${parts.length - 1} parts instead of one.`);
      const frame = decodeFrame(bytes, this.limit);
      if (!isHostFrame(frame)) throw new CosimError("COSIM_FRAME_INVALID", `A host does not send "${frame.kind}".`);
      if (this.session.accept(peer, frame) && known === undefined) this.peers.set(key, peer);
    } catch (error) {
      if (!(error instanceof CosimError)) throw error;
      this.session.refuse(peer, error);
    }
  }

  post(peer: RemotePeer, frame: BrokerFrame): void {
    if (this.closed) return;
    this.frames.sent++;
    try {
      void this.outgoing.send({ peer, bytes: encodeFrame(frame, this.limit) });
    } catch (error) {
      if (!(error instanceof CosimError)) throw error;
      this.session.fail(error);
    }
  }

  /** A closed connection says nothing of whose it was; a frame to each participant finds it. */
  private probeSoon(): void {
    if (this.closed || this.probing !== undefined) return;
    this.probe();
    this.probing = setTimeout(() => {
      this.probing = undefined;
      this.probe();
    }, PROBE_MS);
  }

  private probe(): void {
    for (const peer of this.peers.values()) peer.post({ kind: "probe" });
  }

  private unreachable(peer: RemotePeer): void {
    const key = peer.id.toString("latin1");
    if (this.closed || !this.peers.delete(key)) return;
    this.session.lost(peer);
  }

  /** Sends what waits, then closes. */
  async close(): Promise<void> {
    if (this.closed) return;
    await Promise.race([this.outgoing.drained, new Promise(resolve => setTimeout(resolve, 500).unref())]);
    this.closed = true;
    clearTimeout(this.probing);
    this.socket.close();
  }
}
