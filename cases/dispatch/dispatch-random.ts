import { randomDispatch } from "../../methods/dispatch/random/index.js";
import { RandomStream } from "../../runtime/index.js";
import type { OptionTable } from "../options.js";
import { definePreset } from "../preset.js";
import { caseFiles } from "./case-files.js";
import { dispatchCase } from "./dispatch-case.js";
import { DISPATCH_OPTIONS, stepsOf } from "./options.js";
import { readme } from "./readme.js";

const OPTIONS = {
  nodes: { kind: "integer", default: 100, minimum: 2, maximum: 100_000, doc: "Nodes, the root among them." },
  framework: {
    kind: "choice",
    choices: ["dual-privacy", "trilemma"],
    default: "dual-privacy",
    doc: "Whose rules apply: kW with free flows and heat, or MW with flows that cost something.",
  },
  limits: {
    kind: "choice",
    choices: ["none", "binding"],
    default: "none",
    doc: "Lines and voltages that carry anything, or that are too weak for what the tariff alone would make flow.",
  },
  days: { kind: "integer", default: 1, minimum: 1, maximum: 366, unit: "d", doc: "Days, all alike." },
  ...DISPATCH_OPTIONS,
} as const satisfies OptionTable;

/** A radial network of any size, drawn from the seed. */
export default definePreset({
  name: "dispatch-random",
  doc: "Private agents on a random radial network of any size.",
  options: OPTIONS,
  generate: options => {
    const { nodes, framework, limits, days, seed } = options;
    const stream = new RandomStream(seed, "dispatch-random");
    const spec = randomDispatch({ nodes, steps: stepsOf(options), framework, limits, uniform: () => stream.next() });
    const subject = {
      name: "dispatch-random",
      title: `Decentralised dispatch of ${nodes} random nodes`,
      description: "Private agents on a random radial network.",
      ...{ nodes, day: 0, days },
    };
    return {
      case: dispatchCase(subject, options),
      files: caseFiles([spec], { name: "dispatch-random", framework }),
      readme: readme(subject, options),
    };
  },
});
