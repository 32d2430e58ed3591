import type { Suite } from "../suite.js";
import { federationRow, type FederationRow } from "./federation-row.js";

type RingSize = Pick<FederationRow, "goal" | "peerSteps" | "where"> & {
  readonly federates: number;
  readonly laps: number;
  readonly warmUp: number;
};

function ringRow({ federates, laps, warmUp, goal, peerSteps, where }: RingSize): FederationRow {
  return {
    bench: "ring",
    labels: { federates },
    measure: "microsPerHop",
    goal,
    pattern: "ring",
    size: { federates, steps: laps, warmUp },
    where,
    value: (micros, timed) => micros / (timed * federates),
    bare: where === "one process" ? undefined : { shape: "lap", others: federates - 1, bytes: 106 },
    peerSteps,
  };
}

/** A token that goes around. */
export const ring: Suite = {
  name: "ring",
  doc: "A text of 106 characters handed on from federate to federate; a hop is one handing on.",
  rows: settings =>
    [
      ringRow({ where: "one process", federates: 2, laps: 200_000, warmUp: 20_000, peerSteps: 4000 }),
      ringRow({ where: "one process", federates: 10, laps: 40_000, warmUp: 4000, peerSteps: 600 }),
      ringRow({ where: "inside", federates: 2, laps: 3000, warmUp: 1000, goal: 220, peerSteps: 800 }),
      ringRow({ where: "inside", federates: 10, laps: 400, warmUp: 2000, goal: 220, peerSteps: 100 }),
    ].map(row => federationRow(row, settings)),
};
