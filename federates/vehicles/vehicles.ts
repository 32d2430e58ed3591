import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import {
  advanceFleet,
  createFleet,
  PARKED_FOR_GOOD_S,
  updateFleet,
  type Fleet,
  type VehicleDescription,
} from "../../models/index.js";
import { defineFederate, type SetupContext } from "../../runtime/index.js";
import { houseListFaults, readHouseList } from "../agents/house-list.js";

const params = z.strictObject({
  /** File beside the case: `{ vehicles: [{ name, house, capacityKwh, …, trips }] }`. */
  file: z.string(),
  /** Every house of the feeder, and those whose vehicle stands in the file, in the file's order. */
  houses: z.array(z.string()).nonempty(),
  owners: z.array(z.string()),
  /** Length of the step for which powers are held. */
  stepSeconds: z.number().positive(),
});

type Params = z.infer<typeof params>;

/** One vehicle of the vehicles' file. */
export type VehicleEntry = VehicleDescription & { readonly house: string };

/** What the vehicles' file holds. */
export interface VehiclesFile {
  readonly vehicles: readonly VehicleEntry[];
}

/** Electric vehicles: they drive, and at home they charge or feed as they are told. */
export default defineFederate({
  doc: "Electric vehicles of some houses: trips, batteries, and charging in both directions.",
  params,
  inputs: ({ owners }) => ({
    chargeSetpoint: {
      type: "vector",
      elements: owners,
      unit: "kW",
      optional: true,
      wakes: "change",
      doc: "At the battery's side; positive charges.",
    },
  }),
  outputs: ({ houses, owners }) => outputsOf(houses, owners),
  check: checkFile,
  create({ stepSeconds, houses, ...settings }, context) {
    const vehicles = readHouseList<VehicleEntry>(context.folder, settings.file, "vehicles");
    const fleet = createFleet(vehicles);
    const powerW = new Float64Array(houses.length);
    const houseOf = Int32Array.from(vehicles, ({ house }) => houses.indexOf(house));
    const capacityKwh = Float64Array.from(vehicles, vehicle => vehicle.capacityKwh);
    const charge = new Float64Array(vehicles.length);
    return { state: { fleet, stepSeconds, powerW, houseOf, capacityKwh, charge, lastSeconds: 0 } };
  },
  step(state, { seconds, inputs, context }) {
    const { fleet, stepSeconds } = state;
    if (seconds > state.lastSeconds) advanceFleet(fleet, state.lastSeconds, seconds);
    state.lastSeconds = seconds;
    if (inputs.chargeSetpoint !== undefined) fleet.commandKw.set(inputs.chargeSetpoint);
    updateFleet(fleet, seconds, stepSeconds);
    const change = nextChangeS(fleet, seconds);
    return { outputs: publish(state), wakeAt: change < Infinity ? change * context.ticksPerSecond : null };
  },
});

interface State {
  readonly fleet: Fleet;
  readonly powerW: Float64Array;
  readonly houseOf: Int32Array;
  readonly capacityKwh: Float64Array;
  readonly charge: Float64Array;
}

function publish({ fleet, powerW, houseOf, capacityKwh, charge }: State) {
  for (let i = 0; i < houseOf.length; i++) {
    powerW[houseOf[i]] = 1000 * fleet.meterKw[i];
    charge[i] = fleet.energyKwh[i] / capacityKwh[i];
  }
  return {
    power: powerW,
    chargeRate: fleet.batteryKw,
    meterPower: fleet.meterKw,
    stateOfCharge: charge,
    isHome: fleet.isHome,
    changesIn: fleet.changesInS,
    driving: fleet.drivingKw,
    missingEnergy: fleet.missingKwh,
  };
}

/** The moment at which the next vehicle leaves or comes home; Infinity when none will. */
function nextChangeS({ changesInS }: Fleet, seconds: number): number {
  let soonest = PARKED_FOR_GOOD_S;
  for (let i = 0; i < changesInS.length; i++) soonest = Math.min(soonest, changesInS[i]);
  return soonest < PARKED_FOR_GOOD_S ? Math.ceil(seconds + soonest) : Infinity;
}

function outputsOf(houses: readonly string[], owners: readonly string[]) {
  const vehicle = { type: "vector", elements: owners } as const;
  return {
    power: { type: "vector", elements: houses, unit: "W", doc: "What vehicles draw at the houses' meters." },
    chargeRate: { ...vehicle, unit: "kW", doc: "At the battery's side; positive charges." },
    meterPower: { ...vehicle, unit: "kW", doc: "At the meter; positive draws." },
    stateOfCharge: { ...vehicle, unit: "1" },
    isHome: { ...vehicle, doc: "1 at home, 0 away." },
    changesIn: { ...vehicle, unit: "s", doc: "Until the vehicle leaves, or is back." },
    driving: { ...vehicle, unit: "kW", doc: "What driving takes." },
    missingEnergy: { ...vehicle, unit: "kWh", doc: "What trips asked of an empty battery since the start." },
  } as const;
}

function checkFile({ file, houses, owners }: Params, { folder }: SetupContext): readonly Fault[] {
  const wanted = { path: "params.file", houses: owners, housesPath: "params.owners" };
  const homeless = owners.filter(owner => !houses.includes(owner));
  const problem = `${homeless.join(", ")}: vehicles without a home.`;
  return [
    ...(homeless.length > 0 ? [{ path: "params.owners", problem, cure: "Name houses." }] : []),
    ...houseListFaults(wanted, () => {
      const vehicles = readHouseList<VehicleEntry>(folder, file, "vehicles");
      createFleet(vehicles);
      return vehicles;
    }),
  ];
}
