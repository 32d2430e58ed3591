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
