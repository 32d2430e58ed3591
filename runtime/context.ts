import type { RandomStream } from "./stream.js";

/** What a federate may know of its case before it runs. */
export interface SetupContext {
  /** Name of this instance. */
  readonly name: string;
  readonly caseName: string;
  /** Folder that relative file names in the parameters start from. */
  readonly folder: string;
  /** Wall-clock time of tick 0, ISO 8601 with its offset from UTC, as the case says. */
  readonly start: string;
  /** Last simulated time, in ticks. */
  readonly until: number;
  readonly ticksPerSecond: number;
  readonly behaviour: Behaviour;
  readonly seed: number;
}

/** Whether the reference's quirks are reproduced or put right. */
export type Behaviour = "published" | "corrected";

/** What a launch decides beside the case; no result may depend on it. */
export interface LaunchSettings {
  /** The run folder. */
  readonly folder?: string;
  /** Where settlements go; nowhere when left out. */
  readonly ledger?: string;
  /** File that describes the network of a ledger that needs one. */
  readonly network?: string;
}

/** What a federate may use while it runs. */
export interface Context extends SetupContext {
  readonly launch: LaunchSettings;
  /** The random stream of this name; its numbers depend on the seed, this federate's name and the stream's name only. */
  stream(name: string): RandomStream;
  /** The output file of this name in the run folder; opened once, appended to, cut back on resume. */
  file(name: string): OutputFile;
  /** Writes one line to this federate's log. */
  log(level: "info" | "warn" | "error", message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A file of the run folder that grows as the run goes on. */
export interface OutputFile {
  readonly path: string;
  append(data: string | Uint8Array): void;
  /** Hands everything to the operating system, so that it survives the death of this process. */
  flush(): void;
}
