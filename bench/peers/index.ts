import type { PatternName, Size } from "../federations/index.js";
import { Skipped, type Runner, type Sample } from "../measure.js";
import { findHelics } from "./helics.js";
import { findGridlabd } from "./gridlabd.js";
import { findMosaik } from "./mosaik.js";
import { findPython } from "./python.js";

/** What one run of a pattern takes a peer. */
export interface PeerTiming {
  /** Microseconds between the first timed step and the last. */
  readonly micros: number;
  readonly launchSeconds: number;
}

/** A peer that runs our patterns. */
export interface PatternPeer {
  readonly name: string;
  readonly version: string;
  run(pattern: PatternName, size: Size, where: "one process" | "process each"): Promise<PeerTiming>;
}

/** Houses on a feeder for some hours, in GridLAB-D. */
export interface HousesPeer {
  readonly name: string;
  readonly version: string;
  run(houses: number, hours: number): Promise<Sample>;
}

/** A peer, or why it is not there. */
export type Found<T> = T | { readonly missing: string };

/** Everybody that the benchmarks compare with. */
export interface Peers {
  readonly helics: Found<PatternPeer>;
  readonly mosaik: Found<PatternPeer>;
  readonly gridlabd: Found<HousesPeer>;
}

/** Looks for the peers on this machine. */
export async function findPeers(): Promise<Peers> {
  const python = await findPython();
  return { helics: await findHelics(python), mosaik: await findMosaik(python), gridlabd: await findGridlabd(python) };
}

/** No peers at all, for a run that does not want them. */
export const NO_PEERS: Peers = {
  helics: { missing: "left out" },
  mosaik: { missing: "left out" },
  gridlabd: { missing: "left out" },
};

/** A runner that uses a peer, and skips with the reason when the peer is missing. */
export function withPeer<T extends object>(found: Found<T>, run: (peer: T) => Promise<Sample>): Runner {
  return async () => {
    if ("missing" in found) throw new Skipped(found.missing);
    return await run(found);
  };
}
