import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LAST = 5;

/** The last lines of a federate's log in a run folder; none when it has no log. */
export function lastLines(run: string, federate: string): string[] {
  const file = join(run, "logs", `${federate}.log`);
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-LAST) : [];
}
