import type { Placement } from "../processes/index.js";
import type { Suite } from "../suite.js";
import { federationRow, type FederationRow } from "./federation-row.js";

const BYTES = 106;

type EchoSize = Pick<FederationRow, "goal" | "peerSteps" | "where"> & {
  readonly leaves: number;
  readonly steps: number;
  readonly warmUp: number;
};

function echoRow({ leaves, steps, warmUp, goal, peerSteps, where }: EchoSize): FederationRow {
  return {
    bench: "echo",
    labels: { leaves },
    measure: "microsPerStep",
    goal,
    pattern: "echo",
    size: { federates: leaves, steps, warmUp },
    where,
    value: (micros, timed) => micros / timed,
    bare: where === "one process" ? undefined : bareEcho(leaves, where),
    peerSteps,
    peers: ["helics", "mosaik"],
  };
}

/** With the broker inside, the hub's process sends to every leaf; alone, every frame takes another hop through the broker. */
function bareEcho(leaves: number, placement: Placement): FederationRow["bare"] {
  if (placement === "inside") return { shape: "star", others: leaves, bytes: BYTES };
  return leaves === 1 ? { shape: "lap", others: 2, bytes: BYTES } : undefined;
}

const zmq = { steps: 5000, warmUp: 2000, peerSteps: 1000 };

/** Round trips of a text between a hub and its leaves. */
export const echo: Suite = {
  name: "echo",
  doc: "A text of 106 characters from every leaf to the hub and back; a step is one round trip of all leaves.",
  rows: settings =>
    [
      echoRow({ where: "one process", leaves: 1, steps: 400_000, warmUp: 40_000, goal: 2, peerSteps: 5000 }),
      echoRow({ where: "one process", leaves: 16, steps: 40_000, warmUp: 4000, goal: 32, peerSteps: 1000 }),
      echoRow({ where: "inside", leaves: 1, goal: 220, ...zmq }),
      echoRow({ where: "alone", leaves: 1, goal: 400, ...zmq }),
      echoRow({ where: "inside", leaves: 16, steps: 1000, warmUp: 4000, goal: 1600, peerSteps: 150 }),
    ].map(row => federationRow(row, settings)),
};
