import { FrameQueue, type BrokerFrame, type HostFrame, type HostLine } from "../wire/protocol.js";
import type { Peer } from "./peer.js";
import type { Session } from "./session.js";

/** The connection of a host that lives in the broker's process: calls instead of a socket. */
export class LocalLine implements HostLine, Peer {
  readonly received = new FrameQueue();

  constructor(private readonly session: Session) {}

  send(frame: HostFrame): void {
    this.session.accept(this, frame);
    this.session.settle();
  }

  post(frame: BrokerFrame): void {
    this.received.push(frame);
  }

  close(): void {
    this.session.accept(this, { kind: "leave" });
  }
}
