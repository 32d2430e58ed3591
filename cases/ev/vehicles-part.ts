import { bidderNames } from "../../federates/ev-prosumers/vehicle-owners.js";
import type { AgentEntry } from "../../federates/agents/agents-file.js";
import type { VehiclesFile } from "../../federates/vehicles/vehicles.js";
import { delayed, jsonFile, term, wholeRun, type CasePart, type PartRecording } from "../neighbourhood/part.js";
import { bidderParams } from "../neighbourhood/market.js";

/** How vehicles and their owners take part. */
export interface VehiclesSettings {
  readonly houses: readonly string[];
  readonly owners: readonly string[];
  readonly agents: readonly AgentEntry[];
  readonly vehicles: VehiclesFile;
  readonly stepSeconds: number;
  readonly buyQuartileRatio: number;
}

/** Vehicles, and the agents of their houses. */
export function vehiclesPart(settings: VehiclesSettings): CasePart {
  const { houses, owners, agents, vehicles, stepSeconds, buyQuartileRatio } = settings;
  return {
    federates: {
      vehicles: {
        use: "vehicles",
        period: stepSeconds,
        params: { file: "vehicles.json", houses, owners, stepSeconds },
      },
      prosumers: {
        use: "ev-prosumers",
        period: stepSeconds,
        params: {
          ...{ agents: "agents.json", vehicles: "vehicles.json", houses, owners },
          ...{ ...bidderParams, inverterEfficiency: 0.9, buyQuartileRatio },
        },
      },
    },
    links: [
      ...["airTemperature", "hvacLoad", "hvacPower", "houseLoad", "pvAvailable"].map(
        port => `houses.${port} -> prosumers.${port}`,
      ),
      ...["stateOfCharge", "isHome", "changesIn"].map(port => `vehicles.${port} -> prosumers.${port}`),
      "bulk.lmp -> prosumers.lmp",
      "vehicles.power -> feeder.vehiclePower",
      delayed("prosumers.cooling", "houses.cooling"),
      delayed("prosumers.pvSetpoint", "houses.pvSetpoint"),
      delayed("prosumers.chargeSetpoint", "vehicles.chargeSetpoint"),
    ],
    recording: vehiclesRecording(houses, owners),
    files: {
      "agents.json": jsonFile({ agents }, agents.length),
      "vehicles.json": jsonFile(vehicles, agents.length),
    },
  };
}

function vehiclesRecording(houses: readonly string[], owners: readonly string[]): PartRecording {
  const vehicle = { type: "vector", elements: "owners" } as const;
  const energy = (key: string, doc: string, input: string) =>
    wholeRun(key, doc, { input, over: "sum", statistic: "energy" });
  return {
    names: { owners, bidders: bidderNames(houses, owners) },
    heard: {
      chargeRate: { from: "vehicles.chargeRate", ...vehicle, unit: "kW" },
      vehicleMeterPower: { from: "vehicles.meterPower", ...vehicle, unit: "kW" },
      vehicleCharge: { from: "vehicles.stateOfCharge", ...vehicle, unit: "1" },
      driving: { from: "vehicles.driving", ...vehicle, unit: "kW" },
      missingEnergy: { from: "vehicles.missingEnergy", ...vehicle, unit: "kWh" },
      vehicleHome: { from: "vehicles.isHome", ...vehicle },
    },
    metrics: [
      {
        class: "evchargerdet",
        elements: "owners",
        bind: {
          chargeRateW: term("chargeRate", { weight: 1000 }),
          stateOfChargePercent: term("vehicleCharge", { weight: 100 }),
        },
        ownFields: [
          { name: "driving_energy", units: "kWh", doc: "What driving took.", statistic: "energy", ...term("driving") },
          {
            name: "battery_energy",
            units: "kWh",
            doc: "Net energy into the battery.",
            statistic: "energy",
            ...term("chargeRate"),
          },
          {
            name: "meter_energy",
            units: "kWh",
            doc: "Net energy at the meter.",
            statistic: "energy",
            ...term("vehicleMeterPower"),
          },
        ],
      },
    ],
    summary: [
      energy("vehicleMeterEnergyKwh", "Net energy that vehicles took from their meters.", "vehicleMeterPower"),
      energy("drivingEnergyKwh", "Energy of all trips.", "driving"),
      wholeRun("missingDrivingEnergyKwh", "Energy that trips asked of empty batteries.", {
        ...{ input: "missingEnergy", over: "sum", statistic: "last" },
      }),
      wholeRun("unservedKwh", "Demand at any price that nobody could serve.", {
        ...{ input: "round", path: "totals.unservedKwh", statistic: "last" },
      }),
    ],
  };
}
