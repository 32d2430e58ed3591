import type { Combine, Message, Wakes } from "../broker/core/index.js";
import type { Complex, Unit, Vector } from "../broker/wire/index.js";

export type { Message } from "../broker/core/index.js";

/** What a port carries. */
export type PortType = "number" | "complex" | "boolean" | "string" | "vector" | "json" | "message";

/** What every port declares. */
export interface PortDeclaration {
  readonly type: PortType;
  /** A unit of the table in `broker/wire/units.ts`; a link joins equal units only. */
  readonly unit?: Unit;
  /** Names of a vector's elements, in order; a link joins equal lists only. */
  readonly elements?: readonly string[];
  /** One sentence for the documentation and the dashboard. */
  readonly doc?: string;
}

/** An input: what it carries, whether it wakes its federate, and what it holds before anything has come. */
export interface InputDeclaration extends PortDeclaration {
  /** Default `never`. */
  readonly wakes?: Wakes;
  /** How several links make one value. */
  readonly combine?: Combine;
  /** An input that no link need feed; its value is then `initial` or undefined. */
  readonly optional?: boolean;
  readonly initial?: unknown;
}

/** An output: what it carries. */
export interface OutputDeclaration extends PortDeclaration {
  /** `create` returns a value that stands on every link before the start; feedback over delayed links needs it. */
  readonly starts?: boolean;
}

export type InputDeclarations = Readonly<Record<string, InputDeclaration>>;
export type OutputDeclarations = Readonly<Record<string, OutputDeclaration>>;

interface ValueTypes {
  number: number;
  complex: Complex;
  boolean: boolean;
  string: string;
  vector: Vector;
  json: unknown;
  message: readonly Message[];
}

/** The type of one item on a port. */
export type ItemOf<P extends PortDeclaration> = ValueTypes[P["type"]];

type MaybeMissing<P> = P extends { initial: unknown } ? never : P extends { optional: true } ? undefined : never;

/** The type of what a step reads at an input: all its values when it combines to a list. */
export type InputValue<P extends InputDeclaration> = P extends { combine: "list" }
  ? readonly ItemOf<P>[]
  : ItemOf<P> | MaybeMissing<P>;

/** What a step reads: a value or the new messages of every input. */
export type InputValues<I extends InputDeclarations> = { readonly [K in keyof I]: InputValue<I[K]> };

type ValuePorts<O extends OutputDeclarations> = {
  [K in keyof O]: O[K] extends { type: "message" } ? never : K;
}[keyof O];
type MessagePorts<O extends OutputDeclarations> = Exclude<keyof O, ValuePorts<O>>;

/** What a step publishes: any of the value outputs. */
export type OutputValues<O extends OutputDeclarations> = { readonly [K in ValuePorts<O>]?: ItemOf<O[K]> };

/** A message that a step sends from one of its message outputs. */
export interface SentMessage<O extends OutputDeclarations> {
  readonly output: MessagePorts<O> & string;
  readonly payload: unknown;
  /** `federate.input`, when only that one of the output's links is meant. */
  readonly to?: string;
}
