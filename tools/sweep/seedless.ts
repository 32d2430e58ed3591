import type { SweepRow } from "./results.js";

/** What is said of runs in which nothing is drawn. */
export const SEEDLESS =
  "The seed makes no difference: nothing in these runs is drawn, so several seeds say no more than one.";

/** Whether several seeds were tried, and each gave the same summary as the others with the same parameters. */
export function isSeedless(rows: readonly SweepRow[]): boolean {
  const done = rows.filter(({ state }) => state === "done");
  const kindsOf = (tell: (row: SweepRow) => unknown) => new Set(done.map(row => JSON.stringify(tell(row)))).size;
  const combinations = kindsOf(({ parameters }) => parameters);
  return done.length > combinations && kindsOf(({ parameters, summary }) => [parameters, summary]) === combinations;
}
