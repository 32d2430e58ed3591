import type { ZodType } from "zod";
import type { Fault } from "../broker/wire/index.js";
import type { Context, SetupContext } from "./context.js";
import type { InputDeclarations, InputValues, OutputDeclarations, OutputValues, SentMessage } from "./ports.js";

/** What a step is given: the time, what it sees, and its context. Valid only during the step. */
export interface Step<I extends InputDeclarations> {
  /** Now, in ticks since the case's start. */
  readonly time: number;
  /** Now, in simulated seconds since the case's start. */
  readonly seconds: number;
  /** Values held and messages unread; arrays belong to the runtime and must not be changed. */
  readonly inputs: InputValues<I>;
  readonly context: Context;
}

/** What a step returns: what it publishes and sends, and when it wants to run next. */
export interface StepOutcome<O extends OutputDeclarations> {
  readonly outputs?: OutputValues<O>;
  readonly messages?: readonly SentMessage<O>[];
  /** Ticks; later than now; null cancels the wake that stands. */
  readonly wakeAt?: number | null;
}

/** What `create` returns: the state (plain data) and values that stand before everything. */
export interface Created<S, O extends OutputDeclarations> {
  readonly state: S;
  readonly outputs?: OutputValues<O>;
}

/** A kind of federate: its parameters, ports and behaviour. Instances live in a case. */
export interface FederateDefinition<P, I extends InputDeclarations, O extends OutputDeclarations, S> {
  /** One sentence for documentation. */
  readonly doc?: string;
  readonly params: ZodType<P>;
  /** Inputs, or a function of the parameters that gives them. */
  readonly inputs: I | ((params: P) => I);
  readonly outputs: O | ((params: P) => O);
  /** False when the state cannot be saved, as around a real tool. */
  readonly checkpoint?: boolean;
  /** Faults of the parameters that a schema cannot find: files, sums, names. Nothing may be written. */
  check?(params: P, setup: SetupContext): readonly Fault[];
  /** Makes the state of a new instance; plain data only (numbers, texts, arrays, typed arrays, plain objects). */
  create(params: P, context: Context): Created<S, O> | Promise<Created<S, O>>;
  /** Advances the state from the last activation to now, reads the inputs, decides, publishes. */
  step(state: S, step: Step<I>): StepOutcome<O> | undefined | Promise<StepOutcome<O> | undefined>;
  /** Ends an instance: at the run's end, after a failure or an interruption. */
  close?(state: S, context: Context): void | Promise<void>;
}

/**
 * Declares a federate; this is how every one of them is written.
 * A misnamed port is a compile error; parameters, ports and units are data that checks and documentation read.
 */
export function defineFederate<P, const I extends InputDeclarations, const O extends OutputDeclarations, S>(
  definition: FederateDefinition<P, I, O, S>,
): FederateDefinition<P, I, O, S> {
  return definition;
}

/** A definition whose types are forgotten, as the runtime handles it. */
export type AnyFederate = FederateDefinition<unknown, InputDeclarations, OutputDeclarations, unknown>;
