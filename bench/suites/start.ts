import { withPeer } from "../peers/index.js";
import { timeFederation } from "../processes/index.js";
import type { Suite } from "../suite.js";

const size = { federates: 32, steps: 5, warmUp: 1 };

/** How long a federation of many processes takes to begin. */
export const start: Suite = {
  name: "start",
  doc: "From the launch of 32 processes, one for each federate, to the first grant of the last one.",
  rows: settings => [
    {
      bench: "start",
      labels: { transport: "zmq", processes: 32 },
      measure: "seconds",
      goal: 2.5,
      ours: async () => ({ value: (await timeFederation({ pattern: "timing", size }, "inside")).launchSeconds }),
      peers: {
        helics: withPeer(settings.peers.helics, async peer => {
          const { launchSeconds } = await peer.run("timing", size, "process each");
          return { value: launchSeconds };
        }),
      },
    },
  ],
};
