import { packValue } from "../wire/packed-value.js";
import { copyValue } from "../wire/value.js";

export type { Publication } from "../wire/exchange.js";

/** A message that a step sends. */
export interface OutgoingMessage {
  readonly output: string;
  readonly payload: unknown;
  /** Target `federate.input`, when the message takes only that one of its output's links. */
  readonly to?: string;
}

/** What a step returns. */
export interface StepResult {
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly OutgoingMessage[];
  /** Time of the next wake, later than now; null cancels the one that stands; undefined keeps it. */
  readonly wakeAt?: number | null;
}

/** An item as a link wrapper sees and returns it. */
export interface LinkItem {
  readonly value: unknown;
  /** Ticks beyond the link's declared delay; only a delayed link may have any. */
  readonly extraDelay?: number;
}

/** Changes what a link carries: loss, delay, duplication, faults. Returns the items that go on. */
export type LinkWrapper = (item: { readonly value: unknown; readonly time: number }) => readonly LinkItem[];

/**
 * The memory behind one output: published vectors are copied into two buffers in turn, so that a reader keeps
 * the previous value for comparison and nothing is allocated; every other value is copied.
 */
export class OutputMemory {
  private buffers: [Float64Array, Float64Array] | undefined;
  private turn = 0;
  sequence = 0;

  /** The runtime's own copy of a published value, valid until the publication after the next. */
  keep(value: unknown): unknown {
    if (!(value instanceof Float64Array)) return typeof value === "number" ? value + 0 : copyValue(value);
    if (this.buffers?.[0].length !== value.length) {
      this.buffers = [new Float64Array(value.length), new Float64Array(value.length)];
    }
    this.turn = 1 - this.turn;
    const buffer = this.buffers[this.turn];
    buffer.set(value);
    return buffer;
  }
}

/** A value as the outbox keeps it: what it would have to copy is packed at once. */
export function packVector(value: unknown): unknown {
  return value instanceof Float64Array ? packValue(value) : value;
}

/** A value that nothing else writes to: vectors are copied. */
export function copyForLink(value: unknown): unknown {
  return value instanceof Float64Array ? value.slice() : value;
}
