import type { ErrorCode } from "./errors.js";
import type { Publication, Report } from "./exchange.js";
import type { PackedValue } from "./packed-value.js";

/** Version of the protocol that this code speaks. */
export const PROTOCOL_VERSION = 1;

/** Asks to take part. */
export interface JoinFrame {
  readonly kind: "join";
  /** Version that the sender speaks; the only frame that is read in every version. */
  readonly version: number;
  readonly token: string;
  /** Name of the host; for a foreign federate the federate's name. */
  readonly host: string;
  /** `planDigest` of the federation as the host knows it. */
  readonly plan: string;
  readonly foreign: boolean;
}

/** A failure as it travels. */
export interface FailFrame {
  readonly kind: "fail";
  readonly code: ErrorCode;
  readonly message: string;
  readonly party: string;
  readonly stamp: string;
  readonly log: readonly string[];
}

/** One thing that a foreign federate publishes or sends. */
export interface Published {
  readonly output: string;
  readonly value: PackedValue;
  /** `federate.input`, or empty for all of the output's links. */
  readonly to: string;
}

/** A message as a foreign federate receives it. */
export interface PackedMessage {
  readonly time: number;
  readonly source: string;
  readonly output: string;
  readonly sequence: number;
  readonly payload: PackedValue;
}

/** One input as a foreign federate sees it. */
export interface PackedInput {
  readonly name: string;
  readonly value?: PackedValue;
  readonly messages: readonly PackedMessage[];
}

/** What a host says to the broker. */
export type HostFrame =
  | JoinFrame
  | ({ readonly kind: "report" } & Report)
  | { readonly kind: "saved"; readonly time: number }
  | FailFrame
  | { readonly kind: "leave" }
  | { readonly kind: "query"; readonly token: string }
  | { readonly kind: "request"; readonly wakeAt?: number; readonly published: readonly Published[] };

/** What the broker says to a host. */
export type BrokerFrame =
  | { readonly kind: "welcome"; readonly host: number; readonly until: number; readonly ticksPerSecond: number }
  | { readonly kind: "items"; readonly publications: readonly Publication[] }
  | ReleaseFrame
  | { readonly kind: "save"; readonly time: number }
  | FailFrame
  | { readonly kind: "end" }
  | { readonly kind: "leave" }
  | { readonly kind: "probe" }
  | { readonly kind: "answer"; readonly json: string }
  | GrantFrame;

/** Lets a host run up to and including a stamp. */
export interface ReleaseFrame {
  readonly kind: "release";
  readonly time: number;
  readonly phase: number;
  readonly publications: readonly Publication[];
}

/** Lets a foreign federate run once. */
export interface GrantFrame {
  readonly kind: "grant";
  /** Now, in ticks. */
  readonly time: number;
  readonly iteration: number;
  readonly inputs: readonly PackedInput[];
}

export type Frame = HostFrame | BrokerFrame;

/** True for the kinds that a host may send. */
export function isHostFrame(frame: Frame): frame is HostFrame {
  return HOST_KINDS.has(frame.kind);
}

const HOST_KINDS: ReadonlySet<Frame["kind"]> = new Set([
  "join",
  "report",
  "saved",
  "fail",
  "leave",
  "query",
  "request",
]);
