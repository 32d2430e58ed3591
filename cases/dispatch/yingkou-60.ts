import { definePreset } from "../preset.js";
import type { OptionTable } from "../options.js";
import { caseFiles } from "./case-files.js";
import { yingkou } from "./data/index.js";
import { dispatchCase } from "./dispatch-case.js";
import { DISPATCH_OPTIONS, stepsOf } from "./options.js";
import { readme } from "./readme.js";

/** Days of the record. */
const DAYS = 7;

const OPTIONS = {
  day: { kind: "integer", default: 0, minimum: 0, maximum: DAYS - 1, doc: "First day, of the seven of the record." },
  days: {
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: 366,
    unit: "d",
    doc: "Days; after the last of the record its first comes again.",
  },
  ...DISPATCH_OPTIONS,
} as const satisfies OptionTable;

/** The sixty nodes at Yingkou of the trilemma paper: batteries, generators, wind and sun on one feeder. */
export default definePreset({
  name: "yingkou-60",
  doc: "Sixty private agents on a feeder at Yingkou find the dispatch of least cost, day ahead (trilemma paper).",
  options: OPTIONS,
  generate: options => {
    const steps = stepsOf(options);
    const { storage, day, days } = options;
    const specs = Array.from({ length: DAYS }, (_, d) => yingkou({ steps, storage, day: d }));
    const subject = {
      name: "yingkou-60",
      title: "Decentralised dispatch of sixty nodes at Yingkou",
      description:
        "Agents of sixty nodes with photovoltaics, wind, generators and batteries, and the operator of their feeder, who coordinates them without seeing their devices.",
      ...{ nodes: specs[0].nodeCount, day, days },
    };
    return {
      case: dispatchCase(subject, options),
      files: caseFiles(specs, { name: "yingkou-60", framework: "trilemma" }),
      readme: readme(subject, options),
    };
  },
});
