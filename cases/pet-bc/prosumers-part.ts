import type { StorageAgentEntry } from "../../federates/storage-prosumers/storage-households.js";
import { delayed, jsonFile, term, type CasePart } from "../neighbourhood/part.js";
import { bidderParams } from "../neighbourhood/market.js";

/** Second of a period at which the market clears, and the one at which everybody bids. */
export const CLEARS_AT_SECONDS = 298;
const BID_SECONDS = 297;

/** What the published bids' metrics have after price, quantity, need and role. */
export const BID_FIELDS = [
  { name: "base_covered", units: "", ...term("bids", { path: "baseCovered" }) },
  { name: "base_load", units: "kW", ...term("bids", { path: "uncoveredKw" }) },
  { name: "determination", units: "", ...term("results", { path: "determination" }) },
  { name: "dispatched", units: "kW", ...term("results", { path: "dispatchedKw" }) },
];

/** How the households take part. */
export interface StorageProsumersSettings {
  readonly houses: readonly string[];
  readonly agents: readonly StorageAgentEntry[];
  readonly stepSeconds: number;
  readonly strategy: "utility" | "random";
}

/** Agents of houses that trade with a battery. */
export function storageProsumersPart(settings: StorageProsumersSettings): CasePart {
  const { houses, agents, stepSeconds, strategy } = settings;
  return {
    federates: {
      prosumers: {
        use: "storage-prosumers",
        period: stepSeconds,
        params: {
          agents: "agents.json",
          houses,
          ...bidderParams,
          bidSeconds: BID_SECONDS,
          inverterEfficiency: 0.9,
          strategy,
        },
      },
    },
    links: [
      ...["airTemperature", "hvacLoad", "hvacPower", "houseLoad", "pvAvailable"].map(
        port => `houses.${port} -> prosumers.${port}`,
      ),
      "houses.storageStateOfCharge -> prosumers.stateOfCharge",
      "bulk.lmp -> prosumers.lmp",
      delayed("prosumers.cooling", "houses.cooling"),
      delayed("prosumers.pvSetpoint", "houses.pvSetpoint"),
      delayed("prosumers.storageSetpoint", "houses.storageSetpoint"),
      delayed("prosumers.batteryReference", "houses.batteryReference"),
    ],
    recording: {
      heard: { results: { from: "prosumers.results", type: "json", optional: true } },
    },
    files: { "agents.json": jsonFile({ agents }, agents.length) },
  };
}
