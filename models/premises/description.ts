import { ModelError } from "../model-error.js";
import type { Site } from "../sun/index.js";
import type { ApplianceDescription, ApplianceSchedules, HourlySchedule } from "./appliances.js";
import type { BatteryDescription } from "./battery.js";
import type { HouseDescription } from "./envelope.js";

/** A photovoltaic array and its inverter. The array faces south at 45 degrees unless told otherwise. */
export interface PvDescription {
  readonly ratedKw: number;
  /** Ac rating of the inverter. */
  readonly inverterKw: number;
  readonly inverterEfficiency: number;
  readonly tiltDeg?: number;
  readonly azimuthDeg?: number;
}

/** One metered customer: a house and what stands behind its meter. */
export interface PremisesDescription {
  readonly name: string;
  readonly house: HouseDescription;
  readonly appliances: readonly ApplianceDescription[];
  /** Seconds by which the household lives later than its clock; negative when earlier. */
  readonly scheduleSkewSeconds: number;
  readonly pv?: PvDescription;
  /** Follows the house's load between thresholds. */
  readonly loadFollowingBattery?: BatteryDescription;
  /** Delivers what it is told. */
  readonly dispatchedBattery?: BatteryDescription;
}

/** What all premises of a population share. */
export interface PremisesSetting {
  readonly site: Site;
  /** The local clock at simulated second 0, as `localSeconds` counts it. */
  readonly startsAtLocalSeconds: number;
  readonly schedules: ApplianceSchedules;
  /** Whether an inverter feeds no more than its array gives (true), or whatever it is told, as GridLAB-D's constant-PQ inverter does (false). */
  readonly limitsPvToArray: boolean;
}

type Check = (fault: string) => void;

/** Throws a `ModelError` that lists every fault of the descriptions. */
export function checkPremises(descriptions: readonly PremisesDescription[], setting: PremisesSetting): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [name, schedule] of Object.entries(setting.schedules))
    checkSchedule(name, schedule, fault => faults.push(fault));
  for (const premises of descriptions) {
    const report: Check = fault => faults.push(`${premises.name}: ${fault}`);
    if (seen.has(premises.name)) report("the name is used twice. Names of premises must differ.");
    seen.add(premises.name);
    if (typeof premises.house === "object") checkHouse(premises.house, report);
    else report("house is missing. Describe its envelope and cooling.");
    if (!Array.isArray(premises.appliances)) report("appliances is no list. Give one, empty where there are none.");
    else for (const appliance of premises.appliances) checkAppliance(appliance, setting.schedules, report);
    if (premises.pv) checkPv(premises.pv, report);
    if (premises.loadFollowingBattery) checkBattery("loadFollowingBattery", premises.loadFollowingBattery, report);
    if (premises.dispatchedBattery) checkBattery("dispatchedBattery", premises.dispatchedBattery, report);
  }
  if (faults.length > 0) throw new ModelError("MODEL_PREMISES", faults);
}

function checkSchedule(name: string, schedule: HourlySchedule, report: Check): void {
  for (const [kind, values] of Object.entries(schedule)) {
    const hasDay =
      Array.isArray(values) && values.length === 24 && values.every(value => value >= 0 && value < Infinity);
    if (!hasDay) report(`schedule ${name}: ${kind} must be 24 hourly values of 0 or more.`);
  }
}

function checkHouse(house: HouseDescription, report: Check): void {
  const { doors, airTemperatureF, massTemperatureF, airChangesPerHour, hvacPowerFactor, ...positive } = house;
  for (const [field, value] of Object.entries(positive)) requirePositive(`house.${field}`, value, report);
  if (!(doors >= 0)) report(`house.doors is ${doors}. Give the number of doors, 0 or more.`);
  if (!(airChangesPerHour >= 0)) report(`house.airChangesPerHour is ${airChangesPerHour}. Give 0 or more.`);
  requireShare("house.hvacPowerFactor", hvacPowerFactor, report);
  if (!Number.isFinite(airTemperatureF))
    report(`house.airTemperatureF is ${airTemperatureF}. Give degrees Fahrenheit.`);
  if (!Number.isFinite(massTemperatureF))
    report(`house.massTemperatureF is ${massTemperatureF}. Give degrees Fahrenheit.`);
  const airSpecificBtuPerFSqft = 2 * 8 * 0.0735 * 0.2402;
  if (house.massBtuPerFSqft <= airSpecificBtuPerFSqft) {
    report(
      `house.massBtuPerFSqft is ${house.massBtuPerFSqft}. It must exceed the ${airSpecificBtuPerFSqft.toFixed(3)} Btu/degF/ft2 of the air itself.`,
    );
  }
}

function checkAppliance(appliance: ApplianceDescription, schedules: ApplianceSchedules, report: Check): void {
  const { schedule, factorKw, powerFraction, currentFraction, impedanceFraction } = appliance;
  if (!Object.hasOwn(schedules, schedule)) {
    report(`appliance schedule "${schedule}" is unknown. Known are ${Object.keys(schedules).join(", ") || "none"}.`);
  }
  if (!(factorKw >= 0)) report(`factorKw of ${schedule} is ${factorKw}. Give 0 or more.`);
  const total = powerFraction + currentFraction + impedanceFraction;
  if (!(Math.abs(total - 1) < 1e-6))
    report(`the power, current and impedance fractions of ${schedule} add up to ${total}. They must add up to 1.`);
  checkPowerFactor(schedule, powerFraction, appliance.powerFactor, report);
  checkPowerFactor(schedule, currentFraction, appliance.currentPowerFactor, report);
  checkPowerFactor(schedule, impedanceFraction, appliance.impedancePowerFactor, report);
}

function checkPowerFactor(schedule: string, fraction: number, powerFactor: number, report: Check): void {
  const isValid = Math.abs(powerFactor) > 0 && Math.abs(powerFactor) <= 1;
  if (fraction !== 0 && !isValid)
    report(`a power factor of ${schedule} is ${powerFactor}. Give -1 to 1 without 0; negative is leading.`);
}

function checkPv(pv: PvDescription, report: Check): void {
  requirePositive("pv.ratedKw", pv.ratedKw, report);
  requirePositive("pv.inverterKw", pv.inverterKw, report);
  requireShare("pv.inverterEfficiency", pv.inverterEfficiency, report);
}

function checkBattery(name: string, battery: BatteryDescription, report: Check): void {
  const { minimumStateOfCharge = 0, maximumStateOfCharge = 1, stateOfCharge } = battery;
  requirePositive(`${name}.capacityKwh`, battery.capacityKwh, report);
  requirePositive(`${name}.ratedKw`, battery.ratedKw, report);
  requireShare(`${name}.inverterEfficiency`, battery.inverterEfficiency, report);
  requireShare(`${name}.roundTripEfficiency`, battery.roundTripEfficiency, report);
  const areOrdered =
    minimumStateOfCharge >= 0 && minimumStateOfCharge < maximumStateOfCharge && maximumStateOfCharge <= 1;
  if (!areOrdered)
    report(
      `${name} may be charged from ${minimumStateOfCharge} to ${maximumStateOfCharge}. Give 0 <= minimum < maximum <= 1.`,
    );
  const isWithin = stateOfCharge >= minimumStateOfCharge && stateOfCharge <= maximumStateOfCharge;
  if (!isWithin)
    report(
      `${name}.stateOfCharge is ${stateOfCharge}, outside ${minimumStateOfCharge} to ${maximumStateOfCharge}. Start within.`,
    );
}

function requirePositive(field: string, value: number, report: Check): void {
  if (!(value > 0 && value < Infinity)) report(`${field} is ${value}. Give a number above 0.`);
}

function requireShare(field: string, value: number, report: Check): void {
  if (!(value > 0 && value <= 1)) report(`${field} is ${value}. Give a number above 0 and at most 1.`);
}
