import { single, spread, vector, zeros, type Labels, type MetricClass } from "./metric-class.js";

const absentHeater = (what: string, units: string): Labels => ({
  units,
  doc: `${what} of the water heater; 0, as no house has one.`,
});

export const house: MetricClass = {
  doc: "Houses.",
  quantities: {
    totalLoadKva: vector("kVA"),
    hvacLoadKw: vector("kW"),
    airTemperatureF: vector("degF"),
    coolingSetpointF: vector("degF"),
    heatingSetpointF: vector("degF"),
    systemMode: vector(),
  },
  fields: [
    ...spread("total_load", "totalLoadKva", {
      units: "kW",
      doc: "Apparent power of the house in kVA; the field's label says kW.",
    }),
    ...spread("hvac_load", "hvacLoadKw", { units: "kW", doc: "Electric power of heating and cooling." }),
    ...spread("air_temperature", "airTemperatureF", { units: "degF", doc: "Temperature of the indoor air." }),
    single("air_temperature_setpoint_cooling", "coolingSetpointF", { units: "degF", doc: "Cooling set-point." }),
    single("air_temperature_setpoint_heating", "heatingSetpointF", { units: "degF", doc: "Heating set-point." }),
    single("system_mode", "systemMode", { units: "", doc: "1 off, 4 cooling." }),
    ...zeros("waterheater_load", absentHeater("Electric power", "kW")),
    ...zeros("waterheater_setpoint", absentHeater("Set-point", "degF")),
    ...zeros("waterheater_demand", absentHeater("Water flow", "gpm")),
    ...zeros("waterheater_temp", absentHeater("Water temperature", "degF")),
  ],
};

export const inverter: MetricClass = {
  doc: "Inverters of solar panels and batteries; power is positive towards the feeder.",
  quantities: { realPowerW: vector("W"), reactivePowerVAr: vector("VAr") },
  fields: [
    ...spread("real_power", "realPowerW", { units: "W", doc: "Real power to the feeder." }),
    ...spread("reactive_power", "reactivePowerVAr", { units: "VAR", doc: "Reactive power to the feeder." }),
  ],
};

export const evchargerdet: MetricClass = {
  doc: "Chargers of electric vehicles.",
  quantities: { chargeRateW: vector("W"), stateOfChargePercent: vector("%") },
  fields: [
    ...spread("charge_rate", "chargeRateW", { units: "W", doc: "Power into the vehicle." }),
    ...spread("battery_SOC", "stateOfChargePercent", { units: "%", doc: "State of charge of the vehicle's battery." }),
  ],
};

const HALF = 0.5;

/** Terms of how far the indoor air is above the dead band's middle, moved by some dead bands. */
const distance = (deadbands: number) =>
  [
    { input: "airTemperatureF" },
    { input: "setpointF", weight: -1 },
    { input: "deadbandF", weight: deadbands },
  ] as const;

/** Rooms and batteries change within minutes: a sample a minute tells what a large population's every step would. */
const EVERY_MINUTE = "60s";

export const comfort: MetricClass = {
  doc: "Comfort of the houses: the band is the household's set-point ± half of its dead band.",
  sample: EVERY_MINUTE,
  quantities: { airTemperatureF: vector("degF"), setpointF: vector("degF"), deadbandF: vector("degF") },
  fields: [
    single(
      "setpoint_avg",
      "setpointF",
      { units: "degF", doc: "Set-point that the household wants." },
      { statistic: "avg" },
    ),
    single("deadband", "deadbandF", { units: "degF", doc: "Width of the band around it." }),
    {
      name: "degree_hours_above",
      units: "degF h",
      doc: "Time integral of what the indoor air is above the band.",
      statistic: "energyAbove",
      limit: 0,
      terms: [...distance(-HALF)],
    },
    {
      name: "degree_hours_below",
      units: "degF h",
      doc: "Time integral of what the indoor air is below the band.",
      statistic: "energyBelow",
      limit: 0,
      terms: [...distance(HALF)],
    },
  ],
};

export const battery: MetricClass = {
  doc: "Batteries of the houses.",
  sample: EVERY_MINUTE,
  quantities: { stateOfCharge: vector("1") },
  fields: spread("state_of_charge", "stateOfCharge", { units: "pu", doc: "Energy as a part of the capacity." }),
};
