import type { Row } from "./measure.js";
import type { Peers } from "./peers/index.js";

/** How much is measured. */
export interface Settings {
  /** Fewer steps, fewer repetitions, and nothing large. */
  readonly quick: boolean;
  /** Repetitions of what takes seconds. */
  readonly repetitions: number;
  readonly peers: Peers;
}

/** A benchmark: rows that belong together. */
export interface Suite {
  readonly name: string;
  /** One sentence for the table's head. */
  readonly doc: string;
  rows(settings: Settings): readonly Row[];
}
