import { cellsOf, headOf } from "./cells.js";
import type { Machine } from "./machine.js";
import { machineLine, type Chapter } from "./text.js";

/** The document that is kept: all results, where they were measured, and how to read them. */
export function toMarkdown(machine: Machine, chapters: readonly Chapter[]): string {
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`; how each is measured stands in [bench/README.md](../bench/README.md).",
    "",
    `Measured on ${machine.date} on ${machineLine(machine)}.`,
    "",
    "Each figure is the median of its repetitions, in brackets the smallest and the largest. All who do the same work took",
    "turns in the same run: the same steps, the same payload, federates linked alike. Bare ZeroMQ sends frames of the same",
    "size in the same pattern between as many processes, and does nothing else: it bounds what any coordinator can reach.",
    "Absolute figures of processes depend on how fast the machine wakes them; compare figures of one table only.",
    "",
    ...chapters.flatMap(chapterLines),
  ].join("\n");
}

function chapterLines({ suite, results }: Chapter): string[] {
  const head = headOf(results);
  return [
    `## ${suite.name}`,
    "",
    suite.doc,
    "",
    rowLine(head),
    rowLine(head.map(() => "---")),
    ...results.map(result => rowLine(cellsOf(result, results))),
    "",
  ];
}

const rowLine = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`;
