import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate, readJsonFile, type SetupContext } from "../../runtime/index.js";
import type { MarketRound } from "../market/round.js";
import { observe, switchCooling, type AgentsFile } from "../prosumers/households.js";
import type { VehiclesFile } from "../vehicles/vehicles.js";
import {
  bidderNames,
  bidForHouseholds,
  controlHouseholds,
  createVehicleOwners,
  type OwnersMeasured,
} from "./vehicle-owners.js";

const params = z.strictObject({
  /** Files beside the case: the households' agents, and the vehicles. */
  agents: z.string(),
  vehicles: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Houses that own a vehicle, in the order of the vehicles' file. */
  owners: z.array(z.string()),
  /** Length of a market period and the second of it at which everybody bids. */
  marketSeconds: z.number().positive(),
  bidSeconds: z.number().nonnegative(),
  inverterEfficiency: z.number().positive().max(1),
  priceCapUsdPerKwh: z.number().positive(),
  /** By how many quartile ranges a price must be below the day's mean for a vehicle to buy. */
  buyQuartileRatio: z.number().min(0).max(1).default(0.3),
});

type Params = z.infer<typeof params>;

/** Agents of houses that order for each of their devices: cooling, panels, and a vehicle that buys and sells. */
export default defineFederate({
  doc: "Agents of houses with vehicles: an order for each device, and control after each market round.",
  params,
  inputs: ({ houses, owners }) => inputsOf(houses, owners),
  outputs: ({ houses, owners }) => outputsOf(houses, owners),
  check: checkFiles,
  create({ agents: agentsFile, vehicles: vehiclesFile, ...settings }, context) {
    const { agents } = readJsonFile(context.folder, agentsFile) as AgentsFile;
    const { vehicles } = readJsonFile(context.folder, vehiclesFile) as VehiclesFile;
    const state = createVehicleOwners(agents, vehicles, {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      ...settings,
    });
    const { cooling, pvSetpointKw: pvSetpoint, chargeSetpointKw: chargeSetpoint } = state;
    const deadband = Float64Array.from(agents, ({ agent }) => agent.deadbandF);
    return { state, outputs: { cooling, pvSetpoint, chargeSetpoint, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { round, accepted, lmp: lmpUsdPerKwh, ...vectors } = inputs;
    const measured: OwnersMeasured = { ...vectors, lmpUsdPerKwh };
    observe(state, measured, seconds);
    const isNewRound = accepted !== undefined && (round as MarketRound).totals.rounds > state.rounds;
    if (isNewRound) {
      controlHouseholds(state, accepted, seconds);
      state.rounds = (round as MarketRound).totals.rounds;
    }
    const hasSwitched = switchCooling(state, seconds);
    const bids = seconds >= state.nextBidSeconds ? bidForHouseholds(state, measured) : undefined;
    if (bids !== undefined) state.nextBidSeconds += state.marketSeconds;
    return {
      outputs: {
        ...(hasSwitched && { cooling: state.cooling }),
        basepoint: state.basePointF,
        ...(isNewRound && { pvSetpoint: state.pvSetpointKw, chargeSetpoint: state.chargeSetpointKw }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: Math.round(state.nextBidSeconds * context.ticksPerSecond),
    };
  },
});

function inputsOf(houses: readonly string[], owners: readonly string[]) {
  const vector = { type: "vector", elements: houses } as const;
  const vehicle = { type: "vector", elements: owners } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    hvacPower: { ...vector, unit: "kW", doc: "What cooling draws while it runs." },
    houseLoad: { ...vector, unit: "kW" },
    pvAvailable: { ...vector, unit: "kW", doc: "Direct-current power of the array." },
    stateOfCharge: { ...vehicle, unit: "1" },
    isHome: { ...vehicle, doc: "1 at home, 0 away." },
    changesIn: { ...vehicle, unit: "s", doc: "Until the vehicle leaves, or is back." },
    lmp: { type: "number", unit: "USD/kWh", doc: "Price of the bulk system at the feeder's bus." },
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: {
      type: "vector",
      elements: bidderNames(houses, owners),
      unit: "kW",
      optional: true,
      doc: "What the round lets each device buy or sell.",
    },
  } as const;
}

function outputsOf(houses: readonly string[], owners: readonly string[]) {
  const vector = { type: "vector", elements: houses } as const;
  return {
    bids: { type: "json", doc: "`MarketBids`, one entry for each device." },
    cooling: { ...vector, starts: true, doc: "1 cools, 0 is off." },
    pvSetpoint: { ...vector, unit: "kW", starts: true },
    chargeSetpoint: {
      type: "vector",
      elements: owners,
      unit: "kW",
      starts: true,
      doc: "At the vehicle's battery; positive charges.",
    },
    basepoint: { ...vector, unit: "degF", doc: "Set-point that the household wants now." },
    deadband: { ...vector, unit: "degF", starts: true, doc: "Width of the band around it." },
  } as const;
}

function checkFiles(settings: Params, setup: SetupContext): readonly Fault[] {
  const cure = "Correct that file, or generate the case anew.";
  const look = (
    path: string,
    file: string,
    wanted: readonly string[],
    read: (content: unknown) => string[],
  ): Fault[] => {
    try {
      const names = read(readJsonFile(setup.folder, file));
      const differs = wanted.findIndex((name, i) => names[i] !== name);
      if (differs < 0 && names.length === wanted.length) return [];
      return [
        { path, problem: `Its houses differ from the parameters', first at place ${Math.max(differs, 0)}.`, cure },
      ];
    } catch (error) {
      return [{ path, problem: (error as Error).message, cure }];
    }
  };
  return [
    ...look("params.agents", settings.agents, settings.houses, content =>
      (content as AgentsFile).agents.map(agent => agent.house),
    ),
    ...look("params.vehicles", settings.vehicles, settings.owners, content =>
      (content as VehiclesFile).vehicles.map(vehicle => vehicle.house),
    ),
  ];
}
