import type { Suite } from "../suite.js";
import { federationRow, type FederationRow } from "./federation-row.js";

type TimingSize = Pick<FederationRow, "goal" | "peerSteps" | "where"> & {
  readonly federates: number;
  readonly steps: number;
  readonly warmUp: number;
};

function timingRow({ federates, steps, warmUp, goal, peerSteps, where }: TimingSize): FederationRow {
  return {
    bench: "timing",
    labels: { federates },
    measure: "grantsPerSecond",
    goal,
    pattern: "timing",
    size: { federates, steps, warmUp },
    where,
    value: (micros, timed) => (federates * timed * 1e6) / micros,
    bare: where === "one process" ? undefined : { shape: "star", others: federates - 1, bytes: 20 },
    peerSteps,
    peers: ["helics", "mosaik"],
  };
}

/** Time requests only. */
export const timing: Suite = {
  name: "timing",
  doc: "A hub and leaves, linked both ways, that run every simulated second and send nothing.",
  rows: settings =>
    [
      timingRow({ where: "one process", federates: 16, steps: 100_000, warmUp: 10_000, goal: 1e6, peerSteps: 1500 }),
      timingRow({ where: "one process", federates: 64, steps: 20_000, warmUp: 2000, goal: 1e6, peerSteps: 300 }),
      timingRow({ where: "inside", federates: 16, steps: 1500, warmUp: 4000, goal: 12_000, peerSteps: 250 }),
    ].map(row => federationRow(row, settings)),
};
