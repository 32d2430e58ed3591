import { alignRows } from "../../tools/cli/table.js";
import type { Result } from "../measure.js";
import type { Suite } from "../suite.js";
import { cellsOf, headOf } from "./cells.js";
import type { Machine } from "./machine.js";

/** What was measured in one suite. */
export interface Chapter {
  readonly suite: Pick<Suite, "name" | "doc">;
  readonly results: readonly Result[];
}

/** A suite's results as aligned text. */
export function toText({ suite, results }: Chapter): string {
  const rows = [headOf(results), ...results.map(result => cellsOf(result, results))];
  return `${suite.name}: ${suite.doc}\n${alignRows(rows)}\n`;
}

/** The machine in one line. */
export function machineLine({ cpu, cores, memoryGb, system, versions }: Machine): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; ${programs.join(", ")}`;
}
