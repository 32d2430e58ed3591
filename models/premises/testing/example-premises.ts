import { localSeconds } from "../../calendar.js";
import type { ApplianceDescription } from "../appliances.js";
import type { PremisesDescription, PremisesSetting } from "../description.js";
import { createPremises, type Premises } from "../population.js";
import type { Conditions } from "../step.js";

const lights: ApplianceDescription = {
  schedule: "LIGHTS",
  factorKw: 2,
  heatFraction: 0.8,
  powerFraction: 0.5,
  currentFraction: 0.2,
  impedanceFraction: 0.3,
  powerFactor: -0.8,
  currentPowerFactor: 0.9,
  impedancePowerFactor: 1,
};

/** A household of ordinary size with everything a premises can have. */
export function exampleDescription(name: string): PremisesDescription {
  return {
    name,
    scheduleSkewSeconds: 0,
    house: {
      floorAreaSqft: 2000,
      doors: 3,
      roofRValue: 30,
      wallRValue: 19,
      floorRValue: 22,
      doorRValue: 5,
      windowRValue: 2,
      airChangesPerHour: 0.8,
      massBtuPerFSqft: 3.5,
      coolingCop: 3.5,
      hvacPowerFactor: 0.97,
      airTemperatureF: 75,
      massTemperatureF: 74,
    },
    appliances: [lights],
    pv: { ratedKw: 6, inverterKw: 5, inverterEfficiency: 0.9 },
    loadFollowingBattery: {
      capacityKwh: 10,
      stateOfCharge: 0.5,
      ratedKw: 3,
      inverterEfficiency: 0.9,
      roundTripEfficiency: 0.81,
    },
    dispatchedBattery: {
      capacityKwh: 13,
      stateOfCharge: 0.3,
      ratedKw: 5,
      inverterEfficiency: 0.97,
      roundTripEfficiency: 0.9,
    },
  };
}

const ramp = Array.from({ length: 24 }, (_, hour) => hour / 10);

/** Lights that burn 0.2 kW more each hour of a summer weekday and are constant otherwise; Arizona on a Monday in July. */
export const exampleSetting: PremisesSetting = {
  site: { latitudeDeg: 32, longitudeDeg: -112, standardMeridianDeg: -105, daylightSavingHours: 0 },
  startsAtLocalSeconds: localSeconds("2013-07-01 00:00"),
  schedules: {
    LIGHTS: {
      summerWeekday: ramp,
      summerWeekend: ramp.map(() => 1),
      winterWeekday: ramp.map(() => 2),
      winterWeekend: ramp.map(() => 3),
    },
  },
  limitsPvToArray: true,
};

/** A hot, bright afternoon. */
export const exampleConditions: Conditions = {
  simulatedSeconds: 14 * 3600,
  holdSeconds: 15,
  outdoorF: 101,
  relativeHumidity: 0.15,
  directNormalWPerSqft: 70,
  diffuseHorizontalWPerSqft: 15,
};

/** One example household, after `adjust` has changed its description. */
export function examplePremises(adjust: (description: PremisesDescription) => PremisesDescription = d => d): Premises {
  return createPremises([adjust(exampleDescription("home"))], exampleSetting);
}
