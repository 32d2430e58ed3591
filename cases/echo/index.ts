import { definePreset } from "../preset.js";

/** Two federates without physics; it serves the tests of the command line. */
export default definePreset({
  name: "echo",
  doc: "A hub that counts and a leaf that echoes; no physics.",
  options: {
    hours: { kind: "integer", default: 1, minimum: 1, maximum: 8760, unit: "h", doc: "Simulated hours." },
    periodSeconds: { kind: "number", default: 60, minimum: 0.001, unit: "s", doc: "Time between two counts." },
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of all random streams." },
  },
  generate({ hours, periodSeconds, seed }) {
    return {
      case: {
        format: "gridloom-case/1",
        name: "echo",
        title: "Hub and leaf",
        start: "2020-01-01T00:00:00Z",
        until: `${hours}h`,
        seed,
        checkpointEvery: "30min",
        federates: {
          hub: { use: "counter", params: { step: 1, file: "counts.csv" }, period: periodSeconds },
          leaf: { use: "echo" },
        },
        links: ["hub.count -> leaf.in", { from: "leaf.out", to: "hub.echo", delay: "1s" }],
      },
      files: {},
      readme: "# Hub and leaf\n\nTwo federates without physics.\n",
    };
  },
});
