import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { defineFederate, type SetupContext } from "../../runtime/index.js";
import { comfortEntry } from "../agents/agent-entry.js";
import { agentsFaults, deadbandsF, readAgents } from "../agents/agents-file.js";
import { houseListFaults, readHouseList } from "../agents/house-list.js";
import { bidderParams, bidderSetting, nextTurn, roundNews, takeTurn } from "../agents/market-turn.js";
import { comfortOutputs, coolingOutput, houseInputs, lmpInput, marketInputs, pvOutput } from "../agents/ports.js";
import { observe, switchCooling } from "../agents/watching.js";
import type { VehicleEntry } from "../vehicles/vehicles.js";
import {
  bidderNames,
  bidForHouseholds,
  controlHouseholds,
  createVehicleOwners,
  type OwnersMeasured,
} from "./vehicle-owners.js";

const params = z.strictObject({
  ...bidderParams,
  /** File of the vehicles beside the case, and the houses that own one, in its order. */
  vehicles: z.string(),
  owners: z.array(z.string()),
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
  create(settings, context) {
    const { inverterEfficiency, priceCapUsdPerKwh, buyQuartileRatio } = settings;
    const agents = readAgents(settings, context.folder);
    const vehicles = readHouseList<VehicleEntry>(context.folder, settings.vehicles, "vehicles");
    const state = createVehicleOwners(agents, vehicles, {
      ...bidderSetting(settings, context),
      ...{ inverterEfficiency, priceCapUsdPerKwh, buyQuartileRatio },
    });
    const { cooling, pvSetpointKw: pvSetpoint, chargeSetpointKw: chargeSetpoint } = state;
    return { state, outputs: { cooling, pvSetpoint, chargeSetpoint, deadband: deadbandsF(agents) } };
  },
  step(state, { seconds, inputs, context }) {
    const measured: OwnersMeasured = { ...inputs, lmpUsdPerKwh: inputs.lmp };
    observe(state, measured, seconds);
    const news = roundNews(state, inputs);
    if (news !== undefined) controlHouseholds(state, news, seconds);
    const hasSwitched = switchCooling(state, seconds);
    const bids = takeTurn(state, seconds) ? bidForHouseholds(state, measured) : undefined;
    return {
      outputs: {
        ...(hasSwitched && { cooling: state.cooling }),
        basepoint: state.basePointF,
        ...(news !== undefined && { pvSetpoint: state.pvSetpointKw, chargeSetpoint: state.chargeSetpointKw }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: nextTurn(state, context),
    };
  },
});

function inputsOf(houses: readonly string[], owners: readonly string[]) {
  const vehicle = { type: "vector", elements: owners } as const;
  return {
    ...houseInputs(houses),
    stateOfCharge: { ...vehicle, unit: "1" },
    isHome: { ...vehicle, doc: "1 at home, 0 away." },
    changesIn: { ...vehicle, unit: "s", doc: "Until the vehicle leaves, or is back." },
    lmp: lmpInput,
    ...marketInputs(bidderNames(houses, owners)),
  } as const;
}

function outputsOf(houses: readonly string[], owners: readonly string[]) {
  return {
    bids: { type: "json", doc: "`MarketBids`, one entry for each device." },
    cooling: coolingOutput(houses),
    pvSetpoint: pvOutput(houses),
    chargeSetpoint: {
      type: "vector",
      elements: owners,
      unit: "kW",
      starts: true,
      doc: "At the vehicle's battery; positive charges.",
    },
    ...comfortOutputs(houses),
  } as const;
}

function checkFiles(settings: Params, setup: SetupContext): readonly Fault[] {
  const wanted = { path: "params.vehicles", houses: settings.owners, housesPath: "params.owners" };
  return [
    ...agentsFaults(settings, setup, comfortEntry),
    ...houseListFaults(wanted, () => readHouseList<VehicleEntry>(setup.folder, settings.vehicles, "vehicles")),
  ];
}
