import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes the journals of metrics files that are complete: a run that is done needs no restart.
 * A run that was stopped keeps them, since `resume` goes on in them.
 */
export function dropJournals(folder: string): void {
  for (const name of readdirSync(folder)) {
    const isComplete = name.endsWith("_metrics.jsonl") && existsSync(join(folder, name.slice(0, -1)));
    if (isComplete) rmSync(join(folder, name));
  }
}
