import type { Stamp } from "../../wire/stamp.js";
import type { Federation } from "../federation.js";
import type { LinkWrapper, StepResult } from "../publication.js";

/** What a federate sees when it runs: its inputs by name, each a value or the list of unread messages. */
export interface Sight {
  readonly time: number;
  readonly iteration: number;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A message as its receiver sees it; `time` is that of its arrival. */
export interface SeenMessage {
  readonly time: number;
  readonly source: string;
  readonly output: string;
  /** Number of the message at its output, from 1, whoever else it goes to; further copies lie between it and the next. */
  readonly sequence: number;
  readonly payload: unknown;
}

/** One run of a federate's code: its initial outputs and its step, with a state of its own. */
export interface Behaviour {
  readonly initial?: Readonly<Record<string, unknown>>;
  readonly step: (sight: Sight) => StepResult;
}

/** A federation that can run: its shape, what each federate does, and the wrappers by index of their link. */
export interface Model {
  readonly federation: Federation;
  readonly behaviours: Readonly<Record<string, () => Behaviour>>;
  readonly wrappers?: ReadonlyMap<number, LinkWrapper>;
}

/** One activation of a run: who, when, what it saw and what it did. */
export interface TraceEntry {
  readonly federate: string;
  readonly stamp: Stamp;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly result: StepResult;
}

/** The fault that ended a run: whose activation was refused, or whose result. */
export interface RunFault {
  readonly code: string;
  readonly federate: string;
  readonly stamp: Stamp;
}

/** A run: its activations in order of (stamp, place in the federation), and the fault that ended it, if any. */
export interface Run {
  readonly trace: readonly TraceEntry[];
  readonly fault?: RunFault;
}

/** Anything that runs a model: the oracle, the core in one host, the core in several. */
export type Runner = (model: Model) => Run;
