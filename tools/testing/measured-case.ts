import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseFile } from "../../cases/schema.js";
import { SOURCE } from "./gridloom.js";

/** Writes a case in which a random source is recorded: its summary depends on the seed and on the source's period. */
export function writeMeasuredCase(folder: string, change: Partial<CaseFile> = {}): string {
  const statistics = { meanValueKw: "avg", peakKw: "max" };
  const shape: CaseFile = {
    format: "gridloom-case/1",
    name: "measured",
    start: "2020-01-01T00:00:00Z",
    until: "2h",
    seed: 7,
    checkpointEvery: "20m",
    federates: {
      source: { use: SOURCE, period: "60s" },
      recorder: {
        use: "recorder",
        params: {
          zone: "UTC",
          inputs: { value: { type: "number" } },
          summary: Object.entries(statistics).map(([key, statistic]) => ({ key, statistic, input: "value" })),
        },
      },
    },
    links: ["source.value -> recorder.value"],
    twins: { rare: ["federates.source.period=10m"], broken: ["federates.source.params.failAt=600"] },
    ...change,
  };
  const path = join(folder, "case.json");
  writeFileSync(path, JSON.stringify(shape));
  return path;
}
