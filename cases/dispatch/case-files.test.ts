import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedKit } from "../../federates/dispatch/published-kit.js";
import { requireAgents } from "../../federates/dispatch/sources.js";
import { dispatchProblem, type DispatchSpec, randomDispatch } from "../../methods/index.js";
import { RandomStream } from "../../runtime/index.js";
import { withFolder } from "../../testing/case-runner.js";
import { caseFiles, type FilesSetting } from "./case-files.js";
import { sixBus, sixtyBus, yingkou } from "./data/index.js";

const storage = "published";
const random = (framework: FilesSetting["framework"], limits: "none" | "binding"): Written => {
  const stream = new RandomStream(4, "dispatch");
  const spec = randomDispatch({ nodes: 30, steps: 24, framework, limits, uniform: () => stream.next() });
  return { days: [spec], framework, expected: [{ day: 0, steps: 24, spec }] };
};

interface Written {
  readonly days: readonly DispatchSpec[];
  readonly framework: FilesSetting["framework"];
  /** Problems that the files must come to, by day and number of steps. */
  readonly expected: readonly { readonly day: number; readonly steps: 24 | 96; readonly spec: DispatchSpec }[];
}

const CASES: Readonly<Record<string, Written>> = {
  "six-bus": {
    days: [sixBus({ steps: 96, storage })],
    framework: "dual-privacy",
    expected: [24, 96].map(steps => ({ day: 0, steps: steps as 24 | 96, spec: sixBus({ steps, storage }) })),
  },
  "sixty-bus": {
    days: [sixtyBus({ steps: 96, storage })],
    framework: "dual-privacy",
    expected: [24, 96].map(steps => ({ day: 5, steps: steps as 24 | 96, spec: sixtyBus({ steps, storage }) })),
  },
  "yingkou-60": {
    days: [0, 1, 2].map(day => yingkou({ steps: 24, storage, day })),
    framework: "trilemma",
    expected: [0, 2, 4].map(day => ({ day, steps: 24, spec: yingkou({ steps: 24, storage, day: day % 3 }) })),
  },
  "random, without limits": random("dual-privacy", "none"),
  "random, with lines and voltages that bind": random("trilemma", "binding"),
};

describe("the files of a dispatch case", () => {
  for (const [name, { days, framework, expected }] of Object.entries(CASES)) {
    it(`${name}: what operator and agents read is the problem, number by number`, () =>
      withFolder(folder => {
        for (const [file, text] of Object.entries(caseFiles(days, { name, framework })))
          writeFileSync(join(folder, file), text);
        for (const { day, steps, spec } of expected) {
          const { agents, ...known } = dispatchProblem({ ...spec, name });
          const nodes = agents.map(({ node }) => node);
          const { source, agents: own } = requireAgents(folder, { problem: "problem.json", nodes });
          const horizon = { day, steps };
          assert.deepEqual(publishedKit.publicProblem(source, horizon), known);
          for (const { node, devices } of own) {
            const model = publishedKit.agentModel({ problem: source, node, devices }, horizon);
            assert.deepEqual({ ...model, name: "" }, { ...agents[node], name: "" });
          }
        }
      }));
  }
});
