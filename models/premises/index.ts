export type { ApplianceDescription, Appliances, ApplianceSchedules, HourlySchedule } from "./appliances.js";
export { type Batteries, batteryRangeKw, type BatteryDescription, type ChargeBand } from "./battery.js";
export type { PremisesDescription, PremisesSetting, PvDescription } from "./description.js";
export { type Envelope, envelopeOf, type HouseDescription } from "./envelope.js";
export { coolingCapacityRatio, coolingCopPenalty, hvacVoltageFactor, latentRatio } from "./hvac.js";
export type { Thresholds } from "./load-following.js";
export { arrayPowerKw, type ArrayWeather, dcPerRated, moduleTemperatureF, type SolarArrays } from "./photovoltaics.js";
export { type Commands, createPremises, type Premises, type PremisesLoads } from "./population.js";
export { type CoolingUnits, type CoolingWeather, runningHvacKw, switchCooling } from "./cooling.js";
export {
  createThermostats,
  operateThermostats,
  thermostatFaults,
  type ThermostatDescription,
  type Thermostats,
} from "./thermostat.js";
export { advancePremises, type Conditions, updateLoads } from "./step.js";
export { actualKw, type ZipVectors } from "./zip.js";
