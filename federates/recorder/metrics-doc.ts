import { METRIC_CLASSES, type MetricClass } from "./classes/index.js";
import type { FieldParams, Statistic } from "./params.js";

/** What each statistic of a window (start, end] is. */
export const STATISTICS: Readonly<Record<Statistic, string>> = {
  min: "smallest value that held at some moment of (start, end]",
  max: "largest value that held at some moment of (start, end]",
  avg: "mean over time: the time integral over the window's length",
  median: "value below and above which the quantity was for half of the time",
  last: "value at the window's end",
  energy: "time integral in unit x hours: Wh of a power in W",
  durationAbove: "seconds above the limit",
  durationBelow: "seconds below the limit",
  countAbove: "how often it rose above the limit; 1 at once in a window that begins above",
  countBelow: "how often it fell below the limit; 1 at once in a window that begins below",
  energyAbove: "time integral of what is above the limit, in unit x hours",
  energyBelow: "time integral of what is below the limit, in unit x hours",
  durationOutside: "seconds outside the two limits",
  countOutside: "how often it left the two limits; 1 at once in a window that begins outside",
  energyOutside: "time integral of the distance from the two limits, in unit x hours",
};

/** Markdown of all statistics and of every field of every class: index, name, unit, statistic, meaning. */
export function describeMetrics(): string {
  const statistics = Object.entries(STATISTICS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  const classes = Object.entries(METRIC_CLASSES).map(([name, known]) => describeClass(name, known));
  return ["| Statistic | Meaning |", "| --- | --- |", ...statistics, "", ...classes].join("\n");
}

function describeClass(name: string, { doc, quantities, fields, sample }: MetricClass): string {
  const inputs = Object.entries(quantities).map(
    ([quantity, { unit }]) => `\`${quantity}\`${unit === undefined ? "" : ` (${unit})`}`,
  );
  const sampled = sample === undefined ? "" : ` Sampled every ${sample}.`;
  return [
    `### ${name}`,
    "",
    `${doc}${sampled} Takes in ${inputs.join(", ")}.`,
    "",
    "| Index | Field | Unit | Statistic | Meaning |",
    "| --- | --- | --- | --- | --- |",
    ...fields.map(
      (field, index) =>
        `| ${index} | \`${field.name}\` | ${field.units} | ${statisticOf(field)} | ${field.doc ?? ""} |`,
    ),
    "",
  ].join("\n");
}

function statisticOf({ statistic, limit, limits, constant }: FieldParams): string {
  if (constant !== undefined) return `constant ${JSON.stringify(constant)}`;
  if (limits !== undefined) return `${statistic} ${limits.join(" to ")}`;
  return limit === undefined ? statistic : `${statistic} ${limit}`;
}
