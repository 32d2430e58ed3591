import type { AnyFederate, CaseShape, LinkEntry } from "../../runtime/index.js";
import type { Tally } from "./tally.js";

/** A federation to measure: its case, and what each federate must have counted in the end. */
export interface Federation {
  readonly shape: CaseShape;
  readonly expected: Readonly<Record<string, Tally>>;
}

/** How large a federation is; each pattern reads what it needs. */
export interface Size {
  /** Federates that stand around the hub, or in the ring. */
  readonly federates: number;
  /** Timed steps; of a ring, timed laps. */
  readonly steps: number;
  /** Steps before the clock starts. */
  readonly warmUp: number;
  /** Elements of a vector. */
  readonly doubles?: number;
  readonly houses?: number;
  /** One vector for all houses instead of one number for each. */
  readonly vectors?: boolean;
}

/** A pattern: how to make a federation of a size, and the federates that it consists of. */
export interface Pattern {
  readonly kinds: Readonly<Record<string, AnyFederate>>;
  federation(size: Size): Federation;
}

/** Text that echo and ring carry, as long as that of HELICS' benchmarks. */
export const TEXT = "1".repeat(106);

/** Start and tick of every case here, and no limit on activations. */
export const FRAME = { start: "2020-01-01T00:00:00Z", tick: "1ns", maxActivationsPerSecond: 1e15 } as const;

/** Smallest delay: what was sent is seen a tick later. */
export const TICK = "1ns";

/** A link that takes one tick. */
export function tickLink(from: string, to: string): LinkEntry {
  return { from, to, delay: TICK };
}

/** `leaf1`, `leaf2`, … */
export function leafNames(count: number): string[] {
  return Array.from({ length: count }, (_, k) => `leaf${k + 1}`);
}

/** An object with the same value under each name. */
export function forEachName<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map(name => [name, value]));
}

/** Forgets the types of a definition. */
export function anyFederate(definition: unknown): AnyFederate {
  return definition as AnyFederate;
}
