import type { DispatchSpec } from "../../methods/index.js";
import type { OptionTable } from "../options.js";
import { definePreset } from "../preset.js";
import { caseFiles } from "./case-files.js";
import { dispatchCase } from "./dispatch-case.js";
import { DISPATCH_OPTIONS } from "./options.js";
import { readme } from "./readme.js";

const OPTIONS = {
  days: {
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: 366,
    unit: "d",
    doc: "Days; the published one comes again.",
  },
  ...DISPATCH_OPTIONS,
} as const satisfies OptionTable;

/** What one case of the dual-privacy framework has of its own. */
interface DualPrivacyCase {
  readonly name: string;
  readonly doc: string;
  readonly title: string;
  readonly description: string;
  problem(horizon: { readonly steps: number; readonly storage: "published" | "corrected" }): DispatchSpec;
}

/** A preset of the dual-privacy framework. Its series keep their 96 values a day; of 24 steps each takes every fourth. */
export function dualPrivacyPreset({ name, doc, title, description, problem }: DualPrivacyCase) {
  return definePreset({
    name,
    doc,
    options: OPTIONS,
    generate: options => {
      const spec = problem({ steps: 96, storage: options.storage });
      const subject = { name, title, description, nodes: spec.nodeCount, day: 0, days: options.days };
      return {
        case: dispatchCase(subject, options),
        files: caseFiles([spec], { name, framework: "dual-privacy" }),
        readme: readme(subject, options),
      };
    },
  });
}
