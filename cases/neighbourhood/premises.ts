import type { ApplianceDescription, BatteryDescription, PremisesDescription } from "../../models/index.js";
import { RandomStream } from "../../runtime/index.js";
import { PUBLISHED_HOUSES, type PublishedHouse } from "./data/houses.js";

/** Houses that one centre-tapped transformer carries at most. */
export const HOUSES_PER_TRANSFORMER = 30;

const PHASES = ["A", "B", "C"] as const;

/** Southern Arizona, whose clock the case runs one hour ahead of its meridian. */
export const SITE = {
  latitudeDeg: 32.133,
  longitudeDeg: -111.95,
  standardMeridianDeg: -105,
  daylightSavingHours: 1,
};

/** Where a house stands: its phase and its transformer; the label has its number on that phase. */
export interface HousePlace {
  readonly house: string;
  /** Begins the names of what belongs to its feeder: `F0`. */
  readonly feeder: string;
  readonly phase: "A" | "B" | "C";
  /** Counts over all phases from 0; transformer t hangs on phase A, B, C in turn. */
  readonly transformer: number;
  /** `A0`, `B12`. */
  readonly label: string;
}

const FIRST_FEEDER = "F0";

/** Places of the first `count` houses of a feeder: thirty to a transformer, the first one on phase A. */
export function housePlaces(count: number, feeder = FIRST_FEEDER): HousePlace[] {
  return Array.from({ length: count }, (_, k) => {
    const transformer = Math.floor(k / HOUSES_PER_TRANSFORMER);
    const phase = PHASES[transformer % 3];
    const number = Math.floor(transformer / 3) * HOUSES_PER_TRANSFORMER + (k % HOUSES_PER_TRANSFORMER);
    return housePlace(phase, number, feeder);
  });
}

/** Places of so many houses on each phase, phase after phase. */
export function housePlacesByPhase(counts: Readonly<Record<HousePlace["phase"], number>>): HousePlace[] {
  return PHASES.flatMap(phase => Array.from({ length: counts[phase] }, (_, k) => housePlace(phase, k)));
}

function housePlace(phase: HousePlace["phase"], number: number, feeder = FIRST_FEEDER): HousePlace {
  const transformer = 3 * Math.floor(number / HOUSES_PER_TRANSFORMER) + PHASES.indexOf(phase);
  const label = `${phase}${number}`;
  return { house: `${feeder}_house_${label}`, feeder, phase, transformer, label };
}

/** What stands behind the meters besides houses. */
export interface Equipment {
  readonly pv: boolean;
  /** Only the first so many houses have panels; all by default. */
  readonly pvHouses?: number;
  /** A battery that follows its house's load. */
  readonly battery: boolean;
  /** A battery that delivers what it is told. */
  readonly storage?: (place: HousePlace) => BatteryDescription;
  readonly vehicles?: boolean;
}

/** What the published trading cases have: panels and one battery at every house. */
export const PUBLISHED_EQUIPMENT: Equipment = { pv: true, battery: true };

/** The house that stands at a place, the k-th; undefined where it is to be drawn. */
export type KnownHouse = (place: HousePlace, k: number) => PublishedHouse | undefined;

/** The published houses from the `first` on; where they end, houses are drawn. */
export const publishedFrom =
  (first: number): KnownHouse =>
  (_, k) =>
    PUBLISHED_HOUSES[first + k];

/** The known houses, and beyond them houses drawn as the published generator draws. */
export function premisesDescriptions(
  places: readonly HousePlace[],
  seed: number,
  equipment = PUBLISHED_EQUIPMENT,
  known = publishedFrom(0),
): PremisesDescription[] {
  const { pv, pvHouses = Infinity } = equipment;
  return places.map((place, k) => {
    const house = known(place, k) ?? drawHouse(place.house, seed);
    return describe(place, house, { ...equipment, pv: pv && k < pvHouses });
  });
}

/** A published house with every attribute moved by a draw from its published range (continuous ones uniform). */
function drawHouse(name: string, seed: number): PublishedHouse {
  const stream = new RandomStream(seed, `${name}/house`);
  const template = PUBLISHED_HOUSES[stream.integer(0, PUBLISHED_HOUSES.length - 1)];
  const around = (value: number, width: number) => Math.round((value + stream.uniform(-width, width)) * 1000) / 1000;
  return {
    ...template,
    scheduleSkewSeconds: template.scheduleSkewSeconds + stream.integer(-10, 10),
    roofRValue: around(template.roofRValue, 1),
    wallRValue: around(template.wallRValue, 1),
    floorRValue: around(template.floorRValue, 1),
    windowRValue: around(template.windowRValue, 0.1),
    airChangesPerHour: around(template.airChangesPerHour, 0.1),
    massBtuPerFSqft: around(template.massBtuPerFSqft, 0.2),
    coolingCop: around(template.coolingCop, 0.1),
    floorAreaSqft: around(template.floorAreaSqft, 20),
    airTemperatureF: around(template.airTemperatureF, 1),
    panels: stream.integer(8, 20),
  };
}

const PANEL_KW = 0.48;
const HVAC_POWER_FACTOR = 0.97;

function describe(place: HousePlace, house: PublishedHouse, equipment: Equipment): PremisesDescription {
  const { panels, lamps, endUses, scheduleSkewSeconds, ...envelope } = house;
  const ratedKw = round(panels * PANEL_KW);
  return {
    name: place.house,
    house: { ...envelope, massTemperatureF: house.airTemperatureF, hvacPowerFactor: HVAC_POWER_FACTOR },
    appliances: Object.entries(endUses).map(([schedule, [factorKw, heatFraction]]) => ({
      schedule,
      factorKw,
      heatFraction,
      ...(schedule === "lights" ? LAMPS[lamps] : (ZIP[schedule] ?? CONSTANT_POWER)),
    })),
    scheduleSkewSeconds,
    ...(equipment.pv && { pv: { ratedKw, inverterKw: round(0.9 * ratedKw), inverterEfficiency: 0.9 } }),
    ...(equipment.battery && { loadFollowingBattery: FOLLOWING_BATTERY }),
    ...(equipment.storage && { dispatchedBattery: equipment.storage(place) }),
  };
}

const FOLLOWING_BATTERY: BatteryDescription = {
  capacityKwh: 100,
  stateOfCharge: 0.5,
  ratedKw: 3,
  inverterEfficiency: 0.9,
  roundTripEfficiency: 0.81,
};

const round = (value: number) => Math.round(value * 1e6) / 1e6;

type ZipShares = Omit<ApplianceDescription, "schedule" | "factorKw" | "heatFraction">;

function zip(
  shares: readonly [power: number, current: number, impedance: number],
  factors: readonly [number, number, number],
): ZipShares {
  const [powerFraction, currentFraction, impedanceFraction] = shares;
  const [powerFactor, currentPowerFactor, impedancePowerFactor] = factors;
  return { powerFraction, currentFraction, impedanceFraction, powerFactor, currentPowerFactor, impedancePowerFactor };
}

const CONSTANT_POWER = zip([1, 0, 0], [0.97, 0.97, 0.97]);
const ZIP: Readonly<Record<string, ZipShares>> = {
  dryer: zip([0.1, 0.1, 0.8], [0.9, 0.9, 1]),
  range: zip([0, 0, 1], [1, 1, 1]),
};
const LAMPS: Readonly<Record<PublishedHouse["lamps"], ZipShares>> = {
  fluorescent: zip([0.6, 0, 0.4], [-0.78, 0.42, -0.88]),
  incandescent: zip([0, 0, 1], [1, 1, 1]),
};
