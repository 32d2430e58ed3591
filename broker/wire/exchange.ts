import type { Stamp } from "./stamp.js";

/** What an activation sends from one output, as it travels between hosts. */
export interface Publication {
  readonly source: number;
  readonly output: number;
  /** Stamp of the activation that sent it; −1 for a value that stands before the start. */
  readonly time: number;
  readonly phase: number;
  readonly sequence: number;
  /** Plain data inside a host, `PackedValue` between hosts. */
  readonly value: unknown;
  /** The only link that it takes; all of the output's links when absent. */
  readonly link?: number;
  /** Ticks by which a wrapper delays it beyond the link's own delay. */
  readonly extraDelay?: number;
}

/** When one federate is due, as its host knows; an endless stamp when nothing is planned. */
export interface Due extends Stamp {
  readonly federate: number;
}

/** What a host says in one frame. */
export interface Report {
  /** Members whose due stamp is not what the host said last; all of them in its first report. */
  readonly due: readonly Due[];
  readonly publications: readonly Publication[];
  /** The host has run everything up to its horizon; otherwise it is still at work and only shares what it has. */
  readonly idle: boolean;
}
