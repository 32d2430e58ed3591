import type { BulkFile } from "../../../federates/bulk/bulk-system.js";
import { bulkFile, feederConnections, feederScale } from "../bulk.js";
import { delayed, jsonFile, term, wholeRun, type CasePart, type HeardPort, type PartRecording } from "../part.js";

/** How the bulk system is run. */
export interface BulkSettings {
  /** Houses on all feeders together. */
  readonly houses: number;
  /** Outages in place of the published ones. */
  readonly outages?: BulkFile["outages"];
  /** Suffixes of the feeders: the first hangs at bus 7, the next at bus 5, the third at bus 9. One without a suffix by default. */
  readonly feeders?: readonly string[];
  /** For how many feeders each one stands; by default, they are a load of about 60 MW together. */
  readonly scale?: number;
}

/** The nine-bus bulk system with its feeders: a price and a voltage for each, a dispatchable load that answers for it. */
export function bulkPart({ houses, outages, feeders = [""], scale = feederScale(houses) }: BulkSettings): CasePart {
  const published = bulkFile(feeders.length);
  const file = outages === undefined ? published : { ...published, outages };
  const generators = file.bulk.generators.map((_, k) => String(k + 1));
  const connections = feederConnections(feeders.length, scale).map((connection, f) => ({
    ...(feeders[f] !== "" && { name: feeders[f] }),
    ...connection,
  }));
  return {
    federates: {
      bulk: { use: "bulk", period: "15s", params: { system: "bulk.json", generators, feeders: connections } },
    },
    links: feeders.flatMap(suffix => [
      `feeder${suffix}.distributionLoad -> bulk.distributionLoad${suffix}`,
      delayed(`bulk.sourceVoltage${suffix}`, `feeder${suffix}.sourceVoltage`),
    ]),
    recording: recording(feeders, connections, generators),
    files: { "bulk.json": jsonFile(file, houses) },
  };
}

function recording(
  feeders: readonly string[],
  connections: readonly { readonly bus: number }[],
  generators: readonly string[],
): PartRecording {
  const vector = { type: "vector", elements: "generators" } as const;
  return {
    names: { generators },
    heard: {
      ...Object.assign({}, ...feeders.map(heardAtFeeder)),
      generatorPower: { ...vector, from: "bulk.generatorPower", unit: "MW" },
      generatorReactivePower: { ...vector, from: "bulk.generatorReactivePower", unit: "MVAr" },
      bulkLosses: { from: "bulk.losses", type: "number", unit: "MW" },
      converged: { from: "bulk.converged", type: "boolean" },
    },
    metrics: [...feeders.map((suffix, f) => busMetrics(suffix, connections[f].bus)), ...systemMetrics(feeders[0])],
    summary: feeders.map(suffix =>
      wholeRun(`meanLmpUsdPerKwh${suffix}`, "Mean locational marginal price.", {
        input: `lmp${suffix}`,
        statistic: "avg",
      }),
    ),
  };
}

const FEEDER_PORTS: Readonly<Record<string, string>> = {
  lmp: "USD/kWh",
  busLoad: "MW",
  busReactiveLoad: "MVAr",
  busAngle: "deg",
  busVoltage: "pu",
};

function heardAtFeeder(suffix: string): Record<string, HeardPort> {
  const ports = Object.entries(FEEDER_PORTS).map(([port, unit]): [string, HeardPort] => [
    `${port}${suffix}`,
    { from: `bulk.${port}${suffix}`, type: "number", unit },
  ]);
  return Object.fromEntries(ports);
}

function busMetrics(suffix: string, bus: number) {
  const from = (input: string) => term(`${input}${suffix}`);
  return {
    class: "bus",
    elements: [String(bus)],
    zone: "",
    bind: {
      lmpUsdPerKwh: from("lmp"),
      reactiveLmp: 0,
      loadMw: from("busLoad"),
      loadMvar: from("busReactiveLoad"),
      angleDeg: from("busAngle"),
      voltagePu: from("busVoltage"),
    },
  };
}

/** Units and the whole system; as in the published figures, every unit shows the first feeder's price. */
function systemMetrics(suffix: string) {
  return [
    {
      class: "gen",
      elements: "generators",
      zone: "",
      bind: {
        powerMw: term("generatorPower"),
        reactivePowerMvar: term("generatorReactivePower"),
        lmpUsdPerKwh: term(`lmp${suffix}`),
      },
    },
    {
      class: "sys",
      elements: ["TE_ChallengeH"],
      zone: "",
      bind: { lossesMw: term("bulkLosses"), converged: term("converged") },
    },
  ];
}
