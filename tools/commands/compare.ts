import { basename, resolve } from "node:path";
import { defineCommand } from "../cli/command.js";
import { comparisonTable, fileTable } from "../cli/comparison-table.js";
import { EXIT } from "../cli/exit-code.js";
import { compareRuns } from "../run/compare.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "compare",
  doc: "Compares two runs: their summaries value by value, their files byte by byte.",
  args: [
    { name: "RUN", required: true, doc: "The first run folder." },
    { name: "OTHER", required: true, doc: "The second run folder; differences are relative to the first." },
  ],
  options: {
    report: {
      kind: "text",
      placeholder: "FILE",
      doc: "Writes the comparison with both runs' charts into one HTML file.",
    },
  },
  async run({ args: [first = "", second = ""], options: { report }, console }) {
    const comparison = compareRuns(findRun(first), findRun(second));
    const names = namesOf(...comparison.folders);
    if (report !== undefined) {
      const { writeComparison } = await import("../report/comparison.js");
      writeComparison(resolve(report), { comparison, names });
      console.say(`Wrote ${resolve(report)}.`);
    }
    const text = `${comparisonTable(comparison.summary, names)}\n\n${fileTable(comparison)}`;
    console.result(text, comparison);
    return EXIT.done;
  },
});

/** Short names that tell two folders apart. */
function namesOf(first: string, second: string): [string, string] {
  const names: [string, string] = [basename(first), basename(second)];
  return names[0] === names[1] ? [first, second] : names;
}
