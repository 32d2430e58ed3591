import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BackendName } from "../../federates/learning/load-backend.js";
import { compareWays } from "./comparison.js";
import { comparisonTable, fillResults } from "./table.js";

const PAGE = "docs/learning.md";

const { values } = parseArgs({
  options: {
    houses: { type: "string", default: "30" },
    hours: { type: "string", default: "96" },
    seeds: { type: "string", default: "5" },
    backend: { type: "string", default: "plain" },
    write: { type: "boolean", default: false },
  },
});

const comparison = await compareWays({
  houses: Number(values.houses),
  hours: Number(values.hours),
  seeds: Number(values.seeds),
  backend: values.backend as BackendName,
  onRun: (way, seed, figures) => process.stderr.write(`${way} ${seed}: ${JSON.stringify(figures)}\n`),
});
const table = comparisonTable(comparison);
process.stdout.write(`${table}\n`);
if (values.write) writeFileSync(PAGE, fillResults(readFileSync(PAGE, "utf8"), table));
