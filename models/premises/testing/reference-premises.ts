import { readReferenceColumns, readReferenceRows } from "../../../testing/reference.js";
import { localSeconds } from "../../calendar.js";
import type { Site } from "../../sun/index.js";
import type { ApplianceDescription, ApplianceSchedules } from "../appliances.js";
import type { BatteryDescription } from "../battery.js";
import type { PremisesDescription, PremisesSetting } from "../description.js";
import type { Conditions } from "../step.js";

type Row = Record<string, string>;

/** The site of the recorded 30-house case: southern Arizona, clock one hour ahead of its meridian. */
export const referenceSite: Site = {
  latitudeDeg: 32.133,
  longitudeDeg: -111.95,
  standardMeridianDeg: -105,
  daylightSavingHours: 1,
};

export const referenceStart = localSeconds("2013-07-01 00:00:00");

/** The 30 houses of the recorded case. */
export function referencePremises(): PremisesDescription[] {
  const appliances = readReferenceRows("pemt/zip-loads.csv");
  return readReferenceRows("pemt/houses.csv").map(row => ({
    name: row.house,
    scheduleSkewSeconds: Number(row.schedule_skew_s),
    house: {
      floorAreaSqft: Number(row.floor_area_ft2),
      doors: Number(row.doors),
      roofRValue: Number(row.Rroof),
      wallRValue: Number(row.Rwall),
      floorRValue: Number(row.Rfloor),
      doorRValue: Number(row.Rdoors),
      windowRValue: Number(row.Rwindows),
      airChangesPerHour: Number(row.airchange_per_h),
      massBtuPerFSqft: Number(row.mass_per_area_Btu_per_degF_ft2),
      coolingCop: Number(row.cooling_COP),
      hvacPowerFactor: Number(row.hvac_power_factor),
      airTemperatureF: Number(row.initial_air_degF),
      massTemperatureF: Number(row.initial_mass_degF),
    },
    appliances: appliances.filter(load => load.house === row.house).map(appliance),
    pv: {
      ratedKw: Number(row.pv_rated_W) / 1000,
      inverterKw: Number(row.pv_inverter_rated_W) / 1000,
      inverterEfficiency: Number(row.pv_inverter_efficiency),
    },
    loadFollowingBattery: battery(row, "battery1"),
    dispatchedBattery: battery(row, "battery2"),
  }));
}

function appliance(row: Row): ApplianceDescription {
  return {
    schedule: row.load,
    factorKw: Number(row.base_factor_kW),
    heatFraction: Number(row.heat_fraction),
    powerFraction: Number(row.power_fraction),
    currentFraction: Number(row.current_fraction),
    impedanceFraction: Number(row.impedance_fraction),
    powerFactor: Number(row.power_pf),
    currentPowerFactor: Number(row.current_pf),
    impedancePowerFactor: Number(row.impedance_pf),
  };
}

function battery(row: Row, prefix: string): BatteryDescription {
  return {
    capacityKwh: Number(row[`${prefix}_kWh`]),
    stateOfCharge: Number(row[`${prefix}_soc0`]),
    ratedKw: Number(row[`${prefix}_rated_W`]) / 1000,
    inverterEfficiency: Number(row[`${prefix}_inverter_efficiency`]),
    roundTripEfficiency: Number(row[`${prefix}_round_trip`]),
  };
}

/** The setting of the recorded case, as its tools behaved. */
export function referenceSetting(): PremisesSetting {
  const rows = readReferenceRows("pemt/schedules.csv");
  const values = (load: string, season: string, daytype: string) => {
    const row = rows.find(r => r.load === load && r.season === season && r.daytype === daytype);
    return Array.from({ length: 24 }, (_, hour) => Number(row?.[`h${hour}`]));
  };
  const schedules: ApplianceSchedules = Object.fromEntries(
    [...new Set(rows.map(row => row.load))].map(load => [
      load,
      {
        summerWeekday: values(load, "summer", "weekday"),
        summerWeekend: values(load, "summer", "weekend"),
        winterWeekday: values(load, "winter", "weekday"),
        winterWeekend: values(load, "winter", "weekend"),
      },
    ]),
  );
  return { site: referenceSite, startsAtLocalSeconds: referenceStart, schedules, limitsPvToArray: false };
}

/** Weather of the recorded case as its feeder tool saw it: five-minute values that arrive 3 s early, and the tool's own defaults at the very first instant. */
export function referenceWeather(): (seconds: number) => Conditions {
  const columns = readReferenceColumns("pemt/weather.csv");
  return seconds => {
    const row = Math.floor((seconds + 3) / 300);
    const isFirst = seconds === 0;
    return {
      simulatedSeconds: seconds,
      holdSeconds: 15,
      outdoorF: isFirst ? 59 : columns.temperature_degF[row],
      relativeHumidity: isFirst ? 0.75 : columns.relative_humidity[row],
      directNormalWPerSqft: isFirst ? 0 : columns.direct_normal_W_per_ft2[row],
      diffuseHorizontalWPerSqft: isFirst ? 0 : columns.diffuse_horizontal_W_per_ft2[row],
    };
  };
}
