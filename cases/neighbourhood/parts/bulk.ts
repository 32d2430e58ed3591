import type { BulkFile } from "../../../federates/bulk/bulk-system.js";
import { bulkFile } from "../bulk.js";
import { delayed, jsonFile, term, wholeRun, type CasePart } from "../part.js";

/** Names of the generators of the nine-bus system; the fifth is the feeder's dispatchable load. */
const GENERATORS = ["1", "2", "3", "4", "5"];

/** How the bulk system takes part. */
export interface BulkSettings {
  readonly houses: number;
  /** In place of the published ones. */
  readonly outages?: BulkFile["outages"];
}

/** The nine-bus bulk system with the feeder of these houses at bus 7. */
export function bulkPart({ houses, outages }: BulkSettings): CasePart {
  const file = bulkFile(houses);
  return {
    federates: {
      bulk: { use: "bulk", period: "15s", params: { system: "bulk.json", generators: GENERATORS } },
    },
    links: ["feeder.distributionLoad -> bulk.distributionLoad", delayed("bulk.sourceVoltage", "feeder.sourceVoltage")],
    recording: {
      names: { generators: GENERATORS },
      heard: {
        lmp: { from: "bulk.lmp", type: "number", unit: "USD/kWh" },
        busLoad: { from: "bulk.busLoad", type: "number", unit: "MW" },
        busReactiveLoad: { from: "bulk.busReactiveLoad", type: "number", unit: "MVAr" },
        busAngle: { from: "bulk.busAngle", type: "number", unit: "deg" },
        busVoltage: { from: "bulk.busVoltage", type: "number", unit: "pu" },
        generatorPower: { from: "bulk.generatorPower", type: "vector", unit: "MW", elements: "generators" },
        generatorReactivePower: {
          from: "bulk.generatorReactivePower",
          type: "vector",
          unit: "MVAr",
          elements: "generators",
        },
        bulkLosses: { from: "bulk.losses", type: "number", unit: "MW" },
        converged: { from: "bulk.converged", type: "boolean" },
      },
      metrics: METRICS,
      summary: [wholeRun("meanLmpUsdPerKwh", "Mean locational marginal price.", { input: "lmp", statistic: "avg" })],
    },
    files: { "bulk.json": jsonFile({ ...file, outages: outages ?? file.outages }, houses) },
  };
}

const METRICS = [
  {
    class: "bus",
    elements: ["7"],
    zone: "",
    bind: {
      lmpUsdPerKwh: term("lmp"),
      reactiveLmp: 0,
      loadMw: term("busLoad"),
      loadMvar: term("busReactiveLoad"),
      angleDeg: term("busAngle"),
      voltagePu: term("busVoltage"),
    },
  },
  {
    class: "gen",
    elements: "generators",
    zone: "",
    bind: {
      powerMw: term("generatorPower"),
      reactivePowerMvar: term("generatorReactivePower"),
      lmpUsdPerKwh: term("lmp"),
    },
  },
  {
    class: "sys",
    elements: ["TE_ChallengeH"],
    zone: "",
    bind: { lossesMw: term("bulkLosses"), converged: term("converged") },
  },
];
