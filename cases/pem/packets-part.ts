import type { ControllerEntry } from "../../federates/packets/controllers.js";
import { delayed, jsonFile, overWindows, term, type CasePart } from "../neighbourhood/part.js";

/** How packets are asked for and granted. */
export interface PacketsSettings {
  readonly entries: readonly ControllerEntry[];
  /** Parameters of the controllers beside their houses. */
  readonly controllers: Readonly<Record<string, unknown>> & { readonly requestSeconds: number };
  /** Parameters of the coordinator. */
  readonly coordinator: Readonly<Record<string, unknown>>;
}

const AGENTS = "agents.json";

/** Controllers of all houses and their coordinator: requests, answers and expiries are messages and events. */
export function packetsPart({ entries, controllers, coordinator }: PacketsSettings): CasePart {
  const houses = entries.map(entry => entry.house);
  const period = controllers.requestSeconds;
  return {
    federates: {
      controllers: { use: "packet-controllers", period, params: { agents: AGENTS, houses, ...controllers } },
      coordinator: { use: "packet-coordinator", period, params: coordinator },
    },
    links: [
      ...["airTemperature", "hvacLoad", "hvacPower"].map(port => `houses.${port} -> controllers.${port}`),
      "controllers.requests -> coordinator.requests",
      { from: "coordinator.answers", to: "controllers.answers", iterate: true },
      "feeder.premisesPower -> coordinator.premisesPower",
      "houses.loadChange -> coordinator.loadChange",
      delayed("controllers.cooling", "houses.cooling"),
      delayed("bulk.lmp", "feeder.price"),
      "coordinator.answers -> recorder.packets",
      "controllers.expiries -> recorder.packets",
    ],
    recording: RECORDING,
    files: { [AGENTS]: jsonFile({ agents: entries }, entries.length) },
  };
}

const total = (key: string, doc: string, field: string) =>
  overWindows(key, doc, { class: "packets", field, over: "sum" });

const RECORDING: CasePart["recording"] = {
  heard: {
    packets: { from: "controllers.requests", type: "message", wakes: "never" },
    controllersWindow: { from: "controllers.window", type: "json", optional: true },
    coordinatorWindow: { from: "coordinator.window", type: "json", optional: true },
    housesPower: { from: "coordinator.power", type: "number", unit: "W", wakes: "never" },
    balancing: { from: "coordinator.balancing", type: "number", unit: "W", wakes: "never" },
  },
  metrics: [
    {
      class: "packets",
      elements: ["VPP_0"],
      bind: { controllers: term("controllersWindow"), coordinator: term("coordinatorWindow") },
    },
  ],
  summary: [
    overWindows("meanHousesKw", "Mean power of all houses.", {
      class: "packets",
      field: "vpp_power_avg",
      over: "mean",
    }),
    overWindows("peakHousesKw", "Largest power of all houses at a look.", {
      class: "packets",
      field: "vpp_power_max",
      over: "max",
    }),
    total("packetRequests", "Packets asked for.", "requests"),
    total("packetsAccepted", "Packets granted.", "accepted"),
  ],
  events: ["packets"],
};
