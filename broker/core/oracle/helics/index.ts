import { basicTime } from "./basic-time.js";
import { endOfRun } from "./end-of-run.js";
import { iteration } from "./iteration.js";
import { messagesAndValues } from "./messages-and-values.js";
import { presentTime } from "./present-time.js";
import type { HelicsScenario } from "./scenario.js";

export { stagePlay } from "./client.js";
export { averagingRing } from "./iteration.js";
export type { GrantCount, HelicsScenario } from "./scenario.js";

/** The sixty timing scenarios of the HELICS test suite, in the order of their numbers. */
export const helicsScenarios: readonly HelicsScenario[] = [
  ...basicTime,
  ...endOfRun,
  ...presentTime,
  ...iteration,
  ...messagesAndValues,
];

/** The scenarios as rows of a Markdown table. */
export function helicsTable(): string {
  const rows = helicsScenarios.map(({ id, test, verdict, note }) => `| ${id} | ${test} | ${verdict} | ${note} |`);
  return ["| | HELICS test | | how, or why not |", "|---|---|---|---|", ...rows].join("\n");
}
