import type { CaseFile } from "../schema.js";
import { METRICS } from "./recorded-metrics.js";
import { GENERATORS, HEARD, type RecordedNames } from "./recorded-ports.js";
import { SIDE_FILES, SUMMARY } from "./recorded-summary.js";

/** Parameters of the recorder: the reference's metrics files, its two side files, the summary and the series. */
export function recording(names: RecordedNames): NonNullable<CaseFile["federates"][string]["params"]> {
  const inputs = Object.entries(HEARD).map(([input, [, type, unit, elements]]) => [input, { type, unit, elements }]);
  return {
    zone: "PDT",
    names: { ...names, generators: [...GENERATORS] },
    inputs: {
      ...Object.fromEntries(inputs),
      round: { type: "json", optional: true },
      bids: { type: "json", optional: true },
    },
    metrics: METRICS,
    summary: SUMMARY,
    csv: SIDE_FILES,
    events: ["round"],
  };
}
