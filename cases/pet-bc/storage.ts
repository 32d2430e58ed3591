import type { StorageAgentEntry } from "../../federates/storage-prosumers/storage-households.js";
import type { BatteryDescription } from "../../models/index.js";
import { RandomStream } from "../../runtime/index.js";
import type { AgentEntry } from "../../federates/agents/agents-file.js";
import type { HousePlace } from "../neighbourhood/premises.js";

/** State of charge of the thirty published houses' second battery at the start. */
const PUBLISHED_CHARGES = [
  0.84, 0.14, 0.95, 0.24, 0.24, 0.62, 0.79, 0.33, 0.23, 0.46, 0.57, 0.45, 0.48, 0.26, 0.11, 0.96, 0.36, 0.52, 0.19,
  0.67, 0.9, 0.17, 0.95, 0.92, 0.71, 0.38, 0.74, 0.65, 0.12, 0.55,
];

/** Range from which further houses draw it. */
const CHARGE_RANGE = [0.01, 0.99] as const;

/** How far below the bulk system's price a house sells, USD/kWh, and the weight of comfort in its purchases. */
const DISCOUNT_RANGE = [0.001, 0.005] as const;
const COMFORT_RANGE = [0.004, 0.008] as const;

/** The battery that a house trades with. */
export const TRADED_BATTERY: Omit<BatteryDescription, "stateOfCharge"> = {
  capacityKwh: 10,
  ratedKw: 3,
  inverterEfficiency: 0.9,
  roundTripEfficiency: 0.81,
};

/** The traded battery of each house as it starts. */
export function tradedBatteries(
  places: readonly HousePlace[],
  seed: number,
): (place: HousePlace) => BatteryDescription {
  const charges = new Map(
    places.map(({ house }, k) => {
      const drawn = new RandomStream(seed, `${house}/traded battery`).uniform(...CHARGE_RANGE);
      return [house, k < PUBLISHED_CHARGES.length ? PUBLISHED_CHARGES[k] : Math.round(drawn * 100) / 100];
    }),
  );
  return ({ house }) => ({ ...TRADED_BATTERY, stateOfCharge: charges.get(house) ?? 0.5 });
}

/** Agents that trade with a battery: comfort as in the energy-trading case, discount and comfort weight drawn once a house. */
export function storageAgents(agents: readonly AgentEntry[], seed: number): StorageAgentEntry[] {
  const rounded = (value: number) => Math.round(value * 1e9) / 1e9;
  return agents.map(({ house, agent }) => ({
    house,
    agent,
    storage: TRADED_BATTERY,
    discountUsdPerKwh: rounded(new RandomStream(seed, `${house}/seller discount`).uniform(...DISCOUNT_RANGE)),
    comfortWeight: rounded(new RandomStream(seed, `${house}/comfort weight`).uniform(...COMFORT_RANGE)),
  }));
}
