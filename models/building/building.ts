import { localMoment } from "../calendar.js";
import { type Transition, transitionOver } from "../two-node.js";
import { meanWallIrradiance, sunDirection } from "../sun/index.js";
import { type BuildingDescription, type BuildingSetting, checkBuilding, type DayPart } from "./description.js";
import { setpointShiftF } from "./price-response.js";

/** Time, weather and price at an update. The cooling power is chosen so that the set-point is met after `holdSeconds`. */
export interface BuildingConditions {
  readonly simulatedSeconds: number;
  readonly holdSeconds: number;
  readonly outdoorF: number;
  readonly directNormalWPerSqft: number;
  readonly diffuseHorizontalWPerSqft: number;
  readonly clearingPriceUsdPerKwh: number;
}

/** What a building reports after an update; powers are held until the next one. */
export interface BuildingReport {
  /** What the feeder is told, spread evenly over the three phases. */
  loadW: number;
  demandW: number;
  hvacW: number;
  coolingW: number;
  scheduleF: number;
  setpointShiftF: number;
  setpointF: number;
  indoorF: number;
  outdoorF: number;
  occupants: number;
  priceUsdPerKwh: number;
}

/** A building as plain data. */
export interface Building {
  readonly description: BuildingDescription;
  readonly setting: BuildingSetting;
  airC: number;
  massC: number;
  equilibriumAirC: number;
  equilibriumMassC: number;
  isVentilated: boolean;
  readonly report: BuildingReport;
  /** Demands that a `published` building has yet to report, oldest first. */
  readonly pendingW: number[];
}

const INITIAL_LOAD_W = 75_000;
const M2_PER_SQFT = 0.09290304;

/** A building in its initial state, before its first update. Throws a `ModelError` that names every fault. */
export function createBuilding(description: BuildingDescription, setting: BuildingSetting): Building {
  checkBuilding(description);
  const { initialAirC, initialMassC, unoccupiedSetpointC } = description;
  return {
    description,
    setting,
    airC: initialAirC,
    massC: initialMassC,
    equilibriumAirC: initialAirC,
    equilibriumMassC: initialMassC,
    isVentilated: false,
    report: {
      loadW: setting.start === "published" ? INITIAL_LOAD_W : 0,
      demandW: 0,
      hvacW: 0,
      coolingW: 0,
      scheduleF: fahrenheitFromC(unoccupiedSetpointC),
      setpointShiftF: 0,
      setpointF: fahrenheitFromC(unoccupiedSetpointC),
      indoorF: fahrenheitFromC(initialAirC),
      outdoorF: 0,
      occupants: 0,
      priceUsdPerKwh: 0,
    },
    pendingW: [],
  };
}

/** Lets `seconds` pass with everything held since the last update; exact for any length. */
export function advanceBuilding(building: Building, seconds: number): void {
  const { airC, massC, equilibriumAirC, equilibriumMassC } = building;
  const transition = transitionOf(building, seconds);
  const air = airC - equilibriumAirC;
  const mass = massC - equilibriumMassC;
  building.airC = equilibriumAirC + transition.airFromAir * air + transition.airFromMass * mass;
  building.massC = equilibriumMassC + transition.massFromAir * air + transition.massFromMass * mass;
}

/** Chooses the cooling power and recomputes the report from the present state and conditions; nothing moves. */
export function updateBuilding(building: Building, conditions: BuildingConditions): void {
  const { description, report } = building;
  const part = dayPart(building, conditions.simulatedSeconds);
  building.isVentilated = part.isVentilated;
  report.priceUsdPerKwh = conditions.clearingPriceUsdPerKwh;
  report.indoorF = fahrenheitFromC(building.airC);
  report.outdoorF = conditions.outdoorF;
  report.occupants = part.occupancy * description.designOccupants;
  report.scheduleF = fahrenheitFromC(
    part.isConditioned ? description.occupiedSetpointC : description.unoccupiedSetpointC,
  );
  report.setpointShiftF = setpointShiftF(conditions.clearingPriceUsdPerKwh);
  report.setpointF = report.scheduleF + report.setpointShiftF;
  floatTowards(building, conditions, part);
  const coolingKw = cool(building, conditions.holdSeconds);
  const hvacKw =
    coolingKw / copAt(description, celsiusFromF(conditions.outdoorF)) + fanKw(description, part, coolingKw);
  report.coolingW = 1000 * coolingKw;
  report.hvacW = 1000 * hvacKw;
  report.demandW = 1000 * (part.baseKw + hvacKw);
  report.loadW = reportedLoadW(building);
}

function dayPart(building: Building, simulatedSeconds: number): DayPart {
  const { weekday, dayOff, holidays } = building.description;
  const moment = localMoment(building.setting.startsAtLocalSeconds + simulatedSeconds);
  const date = `${twoDigits(moment.month)}-${twoDigits(moment.dayOfMonth)}`;
  const isOff = moment.weekday === 0 || moment.weekday === 6 || holidays.includes(date);
  const parts = isOff ? dayOff : weekday;
  return parts.reduce((held, part) => (part.fromHour <= moment.hour ? part : held), parts[0]);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function lossKwPerK({ description, isVentilated }: Building): number {
  return description.lossKwPerK + (isVentilated ? description.ventilationKwPerK : 0);
}

function transitionOf(building: Building, seconds: number): Transition {
  const { airKwhPerK, massKwhPerK, couplingKwPerK } = building.description;
  const node = {
    airCapacity: airKwhPerK,
    massCapacity: massKwhPerK,
    loss: lossKwPerK(building),
    coupling: couplingKwPerK,
  };
  return transitionOver(node, seconds / 3600);
}

/** Sets the equilibrium of the uncooled building: half of the gains heats the air, half the mass. */
function floatTowards(building: Building, conditions: BuildingConditions, part: DayPart): void {
  const { description, setting } = building;
  const middle = setting.startsAtLocalSeconds + conditions.simulatedSeconds + conditions.holdSeconds / 2;
  const wallWPerSqft = meanWallIrradiance(sunDirection(setting.site, localMoment(middle)), {
    directNormal: conditions.directNormalWPerSqft,
    diffuseHorizontal: conditions.diffuseHorizontalWPerSqft,
  });
  const solarKw = (description.solarApertureM2 * wallWPerSqft) / M2_PER_SQFT / 1000;
  const gainsKw = description.baseHeatShare * part.baseKw + solarKw;
  building.equilibriumAirC = celsiusFromF(conditions.outdoorF) + gainsKw / lossKwPerK(building);
  building.equilibriumMassC = building.equilibriumAirC + gainsKw / 2 / description.couplingKwPerK;
}

/** Finds the constant cooling power, 0 to capacity, that brings the air to the set-point after `holdSeconds`, and moves the equilibrium by it. */
function cool(building: Building, holdSeconds: number): number {
  const { equilibriumAirC, equilibriumMassC, description, report } = building;
  const transition = transitionOf(building, holdSeconds);
  const floatC =
    equilibriumAirC +
    transition.airFromAir * (building.airC - equilibriumAirC) +
    transition.airFromMass * (building.massC - equilibriumMassC);
  const responseKPerKw = (1 - transition.airFromAir - transition.airFromMass) / lossKwPerK(building);
  const wantedKw = (floatC - celsiusFromF(report.setpointF)) / responseKPerKw;
  const coolingKw = Math.min(Math.max(wantedKw, 0), description.coolingCapacityKw);
  building.equilibriumAirC -= coolingKw / lossKwPerK(building);
  building.equilibriumMassC -= coolingKw / lossKwPerK(building);
  return coolingKw;
}

function copAt(description: BuildingDescription, outdoorC: number): number {
  return description.coolingCop * (1 - description.copLossPerK * (outdoorC - 35));
}

/** Fans run while the building is conditioned, and otherwise as long as the units do. */
function fanKw(description: BuildingDescription, part: DayPart, coolingKw: number): number {
  return part.isConditioned ? description.fanKw : (description.fanKw * coolingKw) / description.coolingCapacityKw;
}

function reportedLoadW(building: Building): number {
  const { pendingW, report, setting } = building;
  if (setting.start === "steady") return report.demandW;
  pendingW.push(report.demandW);
  if (pendingW.length === 1) return 0;
  return pendingW.length > 2 ? (pendingW.shift() ?? 0) : pendingW[0];
}

function celsiusFromF(fahrenheit: number): number {
  return (fahrenheit - 32) / 1.8;
}

/** Degrees Fahrenheit of degrees Celsius. */
export function fahrenheitFromC(celsius: number): number {
  return celsius * 1.8 + 32;
}
