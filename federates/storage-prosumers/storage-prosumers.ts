import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate, readJsonFile, type SetupContext } from "../../runtime/index.js";
import type { MarketRound } from "../market/round.js";
import { observe, switchCooling } from "../prosumers/households.js";
import {
  bidStorage,
  controlStorage,
  createStorageHouseholds,
  type StorageAgentsFile,
  type StorageMeasured,
} from "./storage-households.js";

const params = z.strictObject({
  /** File beside the case: `{ agents: [{ house, agent, storage, discountUsdPerKwh, comfortWeight }] }`. */
  agents: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Length of a market period and the second of it at which everybody bids. */
  marketSeconds: z.number().positive(),
  bidSeconds: z.number().nonnegative(),
  inverterEfficiency: z.number().positive().max(1),
  strategy: z.enum(["utility", "random"]).default("utility"),
});

type Params = z.infer<typeof params>;

/** Agents of houses that trade with a battery of their own: they choose among feasible trades, and act on the round's result. */
export default defineFederate({
  doc: "Agents of houses that trade with panels and a battery: feasible bids, and control after each market round.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: ({ houses }) => outputsOf(houses),
  check: checkFile,
  create(settings, context) {
    const file = readJsonFile(context.folder, settings.agents) as StorageAgentsFile;
    const state = createStorageHouseholds(file.agents, {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      marketSeconds: settings.marketSeconds,
      bidSeconds: settings.bidSeconds,
      inverterEfficiency: settings.inverterEfficiency,
      strategy: settings.strategy,
    });
    const { cooling, pvSetpointKw: pvSetpoint, storageSetpointKw: storageSetpoint } = state;
    const deadband = Float64Array.from(file.agents, ({ agent }) => agent.deadbandF);
    return { state, outputs: { cooling, pvSetpoint, storageSetpoint, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { round, accepted, lmp: lmpUsdPerKwh, ...vectors } = inputs;
    const measured: StorageMeasured = { ...vectors, lmpUsdPerKwh };
    observe(state, measured, seconds);
    const isNewRound = accepted !== undefined && (round as MarketRound).totals.rounds > state.rounds;
    const results = isNewRound
      ? controlStorage(state, { round: round as MarketRound, acceptedKw: accepted }, seconds)
      : undefined;
    const hasSwitched = switchCooling(state, seconds);
    const draw = (i: number) => context.stream(`${state.agents[i].house}/choice`).next();
    const bids = seconds >= state.nextBidSeconds ? bidStorage(state, measured, draw) : undefined;
    if (bids !== undefined) state.nextBidSeconds += state.marketSeconds;
    return {
      outputs: {
        ...(hasSwitched && { cooling: state.cooling }),
        batteryReference: state.unresponsiveKw,
        basepoint: state.basePointF,
        ...(results !== undefined && {
          pvSetpoint: state.pvSetpointKw,
          storageSetpoint: state.storageSetpointKw,
          results,
        }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: Math.round(state.nextBidSeconds * context.ticksPerSecond),
    };
  },
});

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    hvacPower: { ...vector, unit: "kW", doc: "What cooling draws while it runs." },
    houseLoad: { ...vector, unit: "kW" },
    pvAvailable: { ...vector, unit: "kW", doc: "Direct-current power of the array." },
    stateOfCharge: { ...vector, unit: "1", doc: "Of the battery that is traded with." },
    lmp: { type: "number", unit: "USD/kWh", doc: "Price of the bulk system at the feeder's bus." },
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: { ...vector, unit: "kW", optional: true, doc: "What the round lets each house buy or sell." },
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    bids: { type: "json", doc: "`StorageBids`." },
    results: { type: "json", doc: "`StorageResults` of the last round." },
    cooling: { ...vector, starts: true, doc: "1 cools, 0 is off." },
    pvSetpoint: { ...vector, unit: "kW", starts: true },
    storageSetpoint: { ...vector, unit: "kW", starts: true, doc: "Power of the traded battery; positive discharges." },
    batteryReference: { ...vector, unit: "kW", doc: "Load other than cooling." },
    basepoint: { ...vector, unit: "degF", doc: "Set-point that the household wants now." },
    deadband: { ...vector, unit: "degF", starts: true, doc: "Width of the band around it." },
  } as const;
}

function checkFile(settings: Params, setup: SetupContext): readonly Fault[] {
  const path = "params.agents";
  const cure = "Correct that file, or generate the case anew.";
  try {
    const { agents } = readJsonFile(setup.folder, settings.agents) as StorageAgentsFile;
    const differs = settings.houses.findIndex((name, i) => agents[i]?.house !== name);
    if (differs >= 0 || agents.length !== settings.houses.length)
      return [{ path, problem: `Its houses differ from params.houses, first at place ${Math.max(differs, 0)}.`, cure }];
    return agents.flatMap(({ house, storage }) =>
      storage?.ratedKw > 0 && storage.capacityKwh > 0
        ? []
        : [
            {
              path,
              problem: `${house}.storage is ${JSON.stringify(storage)}.`,
              cure: "Give ratedKw and capacityKwh above 0.",
            },
          ],
    );
  } catch (error) {
    return [{ path, problem: (error as Error).message, cure }];
  }
}
