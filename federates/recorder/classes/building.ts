import type { Unit } from "../../../broker/wire/index.js";
import { number, statistics, type MetricClass } from "./metric-class.js";

/** Variables of the building's controller, in the order of its file, with the unit of the field and of the input. */
const BUILDING: readonly (readonly [name: string, input: string, units: string, unit?: Unit])[] = [
  ["ashrae_uncomfortable_hours", "uncomfortableHours", "hours", "h"],
  ["cooling_controlled_load", "coolingControlledLoadW", "W", "W"],
  ["cooling_current_temperature", "coolingCurrentTemperatureF", "degF", "degF"],
  ["cooling_power_state", "coolingPowerState", ""],
  ["cooling_schedule_temperature", "coolingScheduleTemperatureF", "degF", "degF"],
  ["cooling_setpoint_delta", "coolingSetpointDeltaF", "degF", "degF"],
  ["cooling_setpoint_temperature", "coolingSetpointTemperatureF", "degF", "degF"],
  ["cooling_volume", "coolingVolumeM3", "m3"],
  ["electric_demand_power", "electricDemandPowerW", "W", "W"],
  ["heating_controlled_load", "heatingControlledLoadW", "W", "W"],
  ["heating_current_temperature", "heatingCurrentTemperatureF", "degF", "degF"],
  ["heating_power_state", "heatingPowerState", ""],
  ["heating_schedule_temperature", "heatingScheduleTemperatureF", "degF", "degF"],
  ["heating_setpoint_delta", "heatingSetpointDeltaF", "degF", "degF"],
  ["heating_setpoint_temperature", "heatingSetpointTemperatureF", "degF", "degF"],
  ["heating_volume", "heatingVolumeM3", "m3"],
  ["hvac_demand_power", "hvacDemandPowerW", "W", "W"],
  ["indoor_air", "indoorAirF", "degF", "degF"],
  ["kwhr_price", "priceUsdPerKwh", "$/kwh", "USD/kWh"],
  ["occupants_total", "occupants", ""],
  ["outdoor_air", "outdoorAirF", "degF", "degF"],
];

export const eplus: MetricClass = {
  doc: "The building and its controller.",
  quantities: Object.fromEntries(BUILDING.map(([, input, , unit]) => [input, number(unit)])),
  fields: BUILDING.flatMap(([name, input, units]) =>
    statistics(name, ["avg", "max", "min"], input, { units, doc: `${name.replaceAll("_", " ")} of the building.` }),
  ),
};
