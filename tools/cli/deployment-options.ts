import type { OptionTable } from "../../cases/options.js";

/** Options of how a run is deployed and paced; `launch` and `resume` share them. None of them changes a result. */
export const DEPLOYMENT_OPTIONS = {
  hosts: {
    kind: "text",
    default: "1",
    placeholder: "1|N|each",
    doc: "Processes that the federates are spread over: all in this one, N, or each in its own.",
  },
  broker: {
    kind: "choice",
    choices: ["inside", "alone"],
    default: "inside",
    doc: "Whether the broker shares the first host's process.",
  },
  listen: {
    kind: "text",
    placeholder: "ADDRESS",
    doc: "Lets hosts of other machines join at this interface of ours; needs --keys. Loopback only by default.",
  },
  keys: {
    kind: "text",
    placeholder: "FILE|generate",
    doc: "CURVE keys of the broker: a file, or new ones in the run folder.",
  },
  realTime: { kind: "number", minimum: 1e-6, doc: "Simulated seconds per second; as fast as possible by default." },
  pauseAt: { kind: "duration", doc: "Stops before the first activation at this simulated time; `resume` goes on." },
  checkpointEvery: {
    kind: "text",
    placeholder: "DURATION",
    doc: 'Simulated time between checkpoints, or "never"; the case says by default.',
  },
  timeout: { kind: "duration", doc: "Wall-clock time after which the run is called off." },
} as const satisfies OptionTable;
