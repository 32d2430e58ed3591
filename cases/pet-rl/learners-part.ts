import { learnerNames } from "../../federates/prosumers/learners.js";
import { overWindows, term, wholeRun, type CasePart } from "../neighbourhood/part.js";

/** What is recorded of the households' learning agents: curves, and their true gain over the run. */
export function learnersPart(houses: readonly string[]): CasePart {
  return {
    federates: {},
    recording: {
      names: { learners: learnerNames(houses) },
      heard: { learning: { from: "prosumers.learning", type: "json", optional: true } },
      metrics: [{ class: "learning", elements: "learners", zone: "-0800", bind: { report: term("learning") } }],
      summary: [
        wholeRun("divergedAgents", "Learning agents that fell back to their house's ramp.", {
          ...{ input: "learning", path: "divergedAgents", statistic: "last" },
        }),
        overWindows("trueGainUsd", "Gain of all trades from what cooling is worth and solar energy costs.", {
          ...{ class: "learning", objects: "learners", field: "gain", over: "sum", across: "sum" },
        }),
      ],
    },
  };
}
