import type { Suite } from "../suite.js";
import { federationRow, type FederationRow } from "./federation-row.js";

const STEP_SECONDS = 15;
const STEPS_OF_A_DAY = (24 * 3600) / STEP_SECONDS;

type CoupledSize = Pick<FederationRow, "goal" | "peers" | "where"> & { readonly vectors: boolean };

function coupledRow({ where, vectors, goal, peers }: CoupledSize): FederationRow {
  return {
    bench: "coupled",
    labels: { houses: 30, simulatedHours: 24, ports: vectors ? "one vector a kind" : "one number a house and kind" },
    measure: "wallSeconds",
    goal,
    pattern: "coupled",
    size: { federates: 5, steps: STEPS_OF_A_DAY, warmUp: 0, houses: 30, vectors },
    where,
    value: (micros, timed) => (micros / 1e6) * (STEPS_OF_A_DAY / timed),
    peerSteps: where === "one process" ? STEPS_OF_A_DAY : STEPS_OF_A_DAY / 12,
    peers,
  };
}

/** The exchange of a transactive case. */
export const coupled: Suite = {
  name: "coupled",
  doc: "Weather, houses, bulk system, market and prosumers without physics: about 250 values every 15 s for a day.",
  rows: settings =>
    [
      coupledRow({ where: "one process", vectors: false, goal: 0.3, peers: ["helics", "mosaik"] }),
      coupledRow({ where: "one process", vectors: true, goal: 0.3 }),
      coupledRow({ where: "inside", vectors: false, goal: 6, peers: ["helics", "mosaik"] }),
      coupledRow({ where: "inside", vectors: true, goal: 6 }),
    ].map(row => federationRow(row, settings)),
};
