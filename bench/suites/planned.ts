import { Skipped, type Measure, type Row, type Runner } from "../measure.js";
import type { Suite } from "../suite.js";

const later =
  (what: string): Runner =>
  () =>
    Promise.reject(new Skipped(`${what} not built yet`));

const row = (bench: string, labels: Row["labels"], measure: Measure, what: string): Row => ({
  bench,
  labels,
  measure,
  ours: later(what),
});

/** Benchmarks of what is not there yet; the document never leaves a key out. */
export const planned: readonly Suite[] = [
  {
    name: "dispatch",
    doc: "Decentralised dispatch.",
    rows: () => [row("dispatch", { case: "yingkou-60" }, "wallSeconds", "the dispatch presets are")],
  },
];
