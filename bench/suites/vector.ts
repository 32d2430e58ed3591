import type { Suite } from "../suite.js";
import { federationRow, type FederationRow } from "./federation-row.js";

const DOUBLES = 10_000;

function vectorRow(where: FederationRow["where"], goal: number, steps: number): FederationRow {
  return {
    bench: "vector",
    labels: { doubles: DOUBLES },
    measure: "stepsPerSecond",
    goal,
    pattern: "vector",
    size: { federates: 2, steps, warmUp: steps / 4, doubles: DOUBLES },
    where,
    value: (micros, timed) => (timed * 1e6) / micros,
    bare: where === "one process" ? undefined : { shape: "star", others: 1, bytes: 8 * DOUBLES },
    peerSteps: 1000,
  };
}

/** Large values. */
export const vector: Suite = {
  name: "vector",
  doc: "Two federates that send each other 10,000 doubles every simulated second.",
  rows: settings =>
    [vectorRow("one process", 20_000, 40_000), vectorRow("inside", 2000, 2000)].map(row =>
      federationRow(row, settings),
    ),
};
