import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { alignRows, formatValue } from "../cli/table.js";
import { compareRuns, type Comparison } from "../run/compare.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "compare",
  doc: "Compares two runs: their summaries value by value, their files byte by byte.",
  args: [
    { name: "RUN", required: true, doc: "The first run folder." },
    { name: "OTHER", required: true, doc: "The second run folder." },
  ],
  options: {},
  run({ args: [first = "", second = ""], console }) {
    const comparison = compareRuns(findRun(first), findRun(second));
    console.result(formatComparison(comparison), comparison);
    return Promise.resolve(EXIT.done);
  },
});

function formatComparison({ folders: [first, second], summary, files, isIdentical }: Comparison): string {
  const values = summary.map(({ key, first: a, second: b, relativeDifference: r }) => {
    const difference = r === undefined || r === 0 ? "" : `${r > 0 ? "+" : ""}${(100 * r).toPrecision(3)} %`;
    return [key, formatValue(a), formatValue(b), difference];
  });
  const verdict = isIdentical ? "All result files are identical." : "The result files are not identical.";
  return [
    alignRows([["", first, second, "difference"], ...values]),
    "",
    alignRows(files.map(({ name, verdict: how }) => [name, how])),
    verdict,
  ].join("\n");
}
