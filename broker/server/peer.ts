import type { BrokerFrame } from "../wire/protocol.js";

/** One end of a connection, as the broker sees it. */
export interface Peer {
  /** Sends a frame; order is kept, nothing is lost unless the connection is. */
  post(frame: BrokerFrame): void;
}

/** A host as the launch plans it. */
export interface HostPlan {
  readonly name: string;
  /** Indexes of its federates in the plan. */
  readonly federates: readonly number[];
  /** Speaks for its only federate by request and grant; the broker keeps that federate's queue. */
  readonly foreign?: boolean;
}
