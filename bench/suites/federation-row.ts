import type { PatternName, Size } from "../federations/index.js";
import type { Measure, PeerName, Row, Runner } from "../measure.js";
import { withPeer } from "../peers/index.js";
import { timeBareFrames, timeFederation, type BareOptions, type Placement } from "../processes/index.js";
import type { Settings } from "../suite.js";

/** A pattern at one size and place, and what its figure is. */
export interface FederationRow {
  readonly bench: string;
  readonly labels: Row["labels"];
  readonly measure: Measure;
  readonly goal?: number;
  readonly pattern: PatternName;
  readonly size: Size;
  readonly where: "one process" | Placement;
  /** The figure from the microseconds of a number of timed steps. */
  value(micros: number, steps: number): number;
  /** Bare frames of the same pattern; a step of them stands for a step of ours. */
  readonly bare?: Pick<BareOptions, "shape" | "others" | "bytes">;
  /** Timed steps of HELICS and mosaik, which need fewer to take as long. */
  readonly peerSteps?: number;
  readonly peers?: readonly ("helics" | "mosaik")[];
}

/** A row that runs a pattern next to bare frames, HELICS and mosaik. */
export function federationRow(row: FederationRow, settings: Settings): Row {
  const { bench, labels, measure, goal, pattern, value, where, bare } = row;
  const size = scale(row.size, settings);
  const peerSize = scale({ ...row.size, steps: row.peerSteps ?? row.size.steps }, settings);
  const peers: Partial<Record<PeerName, Runner>> = {};
  if (bare !== undefined) {
    peers.zeromq = async () => {
      const { steps, warmUp } = size;
      return { value: value((await timeBareFrames({ ...bare, steps, warmUp })) * steps, steps) };
    };
  }
  for (const name of row.peers ?? ["helics"]) {
    peers[name] = withPeer(settings.peers[name], async peer => {
      const place = where === "one process" ? where : "process each";
      const { micros } = await peer.run(pattern, { ...peerSize, warmUp: Math.min(peerSize.warmUp, 50) }, place);
      return { value: value(micros, peerSize.steps) };
    });
  }
  const ours: Runner = async () => {
    const { micros, launchSeconds } = await timeFederation({ pattern, size }, where);
    return { value: value(micros, size.steps), also: { launchSeconds } };
  };
  return {
    bench,
    labels: { ...placeOf(where), ...labels },
    measure,
    goal,
    ours,
    peers,
  };
}

function placeOf(where: FederationRow["where"]): Row["labels"] {
  return where === "one process" ? { transport: "inproc" } : { transport: "zmq", broker: where };
}

/** A tenth of the steps where it has to be quick. */
function scale(size: Size, { quick }: Settings): Size {
  if (!quick) return size;
  return { ...size, steps: Math.ceil(size.steps / 10), warmUp: Math.ceil(size.warmUp / 10) };
}
