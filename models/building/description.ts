import { ModelError } from "../model-error.js";
import type { Site } from "../sun/index.js";

/** Which electric base load and which system operation holds from an hour of a day on, until the next entry. */
export interface DayPart {
  readonly fromHour: number;
  /** Lighting, equipment and whatever else does not depend on the weather. */
  readonly baseKw: number;
  /** Whether the occupied set-point holds and the fans run. */
  readonly isConditioned: boolean;
  /** Whether outdoor air is supplied. */
  readonly isVentilated: boolean;
  /** Share of the design occupants who are in. */
  readonly occupancy: number;
}

/** A building with one thermal zone, cooled by ideal units of limited capacity. */
export interface BuildingDescription {
  readonly airKwhPerK: number;
  readonly massKwhPerK: number;
  /** Between zone air and outdoors through envelope and infiltration. */
  readonly lossKwPerK: number;
  /** The same, added by mechanical ventilation. */
  readonly ventilationKwPerK: number;
  /** Between zone air and mass. */
  readonly couplingKwPerK: number;
  /** Area that lets all sun in that falls on a wall, mean of eight directions. */
  readonly solarApertureM2: number;
  /** Share of the base load that ends as heat in the zone. */
  readonly baseHeatShare: number;
  readonly coolingCapacityKw: number;
  /** Coefficient of performance at 35 degC outdoors and its relative loss for each K above. */
  readonly coolingCop: number;
  readonly copLossPerK: number;
  readonly fanKw: number;
  readonly occupiedSetpointC: number;
  readonly unoccupiedSetpointC: number;
  readonly designOccupants: number;
  /** Parts of a weekday in order, the first from hour 0. */
  readonly weekday: readonly DayPart[];
  /** The same of days at weekends and of holidays. */
  readonly dayOff: readonly DayPart[];
  /** Days of every year that are like weekends, as "07-04". */
  readonly holidays: readonly string[];
  readonly initialAirC: number;
  readonly initialMassC: number;
}

/** Where the building stands and how it is reported. */
export interface BuildingSetting {
  readonly site: Site;
  readonly startsAtLocalSeconds: number;
  /**
   * `steady` reports the demand of the present step from the start. `published` reports as the recorded co-simulation of this school did:
   * the initial load of the feeder model before anything, nothing during the first step, and from then on the demand of two steps ago.
   */
  readonly start: "steady" | "published";
}

/** Throws a `ModelError` that lists every fault of a description. */
export function checkBuilding(description: BuildingDescription): void {
  const {
    weekday,
    dayOff,
    holidays,
    initialAirC,
    initialMassC,
    solarApertureM2,
    ventilationKwPerK,
    copLossPerK,
    ...rest
  } = description;
  const { baseHeatShare, fanKw, designOccupants, occupiedSetpointC, unoccupiedSetpointC, ...positive } = rest;
  const notNegative = { solarApertureM2, ventilationKwPerK, copLossPerK, baseHeatShare, fanKw, designOccupants };
  const finite = { initialAirC, initialMassC, occupiedSetpointC, unoccupiedSetpointC };
  const faults = [
    ...faultsOf(positive, value => value > 0 && value < Infinity, "a number above 0"),
    ...faultsOf(notNegative, value => value >= 0 && value < Infinity, "a number of 0 or more"),
    ...faultsOf(finite, Number.isFinite, "a temperature in degC"),
  ];
  faults.push(...orderFaults({ weekday, dayOff }));
  const wrongDays = holidays.filter(day => !/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day));
  if (wrongDays.length > 0) faults.push(`holidays has ${wrongDays.join(", ")}. Write days as month and day: 07-04.`);
  if (faults.length > 0) throw new ModelError("MODEL_BUILDING", faults);
}

function faultsOf(fields: Record<string, number>, isValid: (value: number) => boolean, cure: string): string[] {
  return Object.entries(fields)
    .filter(([, value]) => !isValid(value))
    .map(([field, value]) => `${field} is ${value}. Give ${cure}.`);
}

function orderFaults(days: Readonly<Record<string, readonly DayPart[]>>): string[] {
  return Object.entries(days).flatMap(([name, parts]) => {
    const hours = parts.map(part => part.fromHour);
    const areOrdered = hours[0] === 0 && hours.every((hour, i) => i === 0 || (hour > hours[i - 1] && hour < 24));
    return areOrdered ? [] : [`${name} begins its parts at ${hours.join(", ")} h. Begin at 0 and rise, below 24.`];
  });
}
