import { ModelError } from "../model-error.js";

/** An electric vehicle with the trips that it will make. */
export interface VehicleDescription {
  readonly name: string;
  readonly capacityKwh: number;
  /** At the start, 0 to 1. */
  readonly stateOfCharge: number;
  /** Largest power at the battery's side, in either direction. */
  readonly ratedKw: number;
  /** From the meter to the battery, and from the battery to the meter. */
  readonly chargeEfficiency: number;
  readonly dischargeEfficiency: number;
  /** In order of time, without overlap. */
  readonly trips: readonly Trip[];
}

/** A time away from home; the energy leaves the battery evenly over it. Times in simulated seconds. */
export interface Trip {
  readonly departS: number;
  readonly arriveS: number;
  readonly energyKwh: number;
}

/** Vehicles while they run: plain data, one element of each vector for each vehicle. */
export interface Fleet {
  readonly vehicles: readonly VehicleDescription[];
  readonly energyKwh: Float64Array;
  /** What each vehicle is told at the battery's side, kW; positive charges. */
  readonly commandKw: Float64Array;
  /** What flows at the battery's side and at the meter, kW, held since the last update; positive charges, and draws from the meter. */
  readonly batteryKw: Float64Array;
  readonly meterKw: Float64Array;
  readonly drivingKw: Float64Array;
  /** 1 while the vehicle is at home. */
  readonly isHome: Float64Array;
  /** Seconds until the vehicle leaves, or until it is back; `PARKED_FOR_GOOD_S` when it stays. */
  readonly changesInS: Float64Array;
  /** Energy that trips asked of an empty battery, since the start. */
  readonly missingKwh: Float64Array;
  /** Index of the trip that is under way or comes next. */
  readonly trip: Int32Array;
}

/** Seconds until a departure that never comes. */
export const PARKED_FOR_GOOD_S = 1e9;

/**
 * Vehicles at simulated second 0, parked where their trips say.
 * @throws ModelError `MODEL_VEHICLES` naming every vehicle at fault with its value and bound.
 */
export function createFleet(vehicles: readonly VehicleDescription[]): Fleet {
  const faults = vehicles.flatMap(findVehicleFaults);
  if (faults.length > 0) throw new ModelError("MODEL_VEHICLES", faults);
  const vector = () => new Float64Array(vehicles.length);
  const fleet: Fleet = {
    vehicles,
    energyKwh: Float64Array.from(vehicles, vehicle => vehicle.stateOfCharge * vehicle.capacityKwh),
    commandKw: vector(),
    batteryKw: vector(),
    meterKw: vector(),
    drivingKw: vector(),
    isHome: vector(),
    changesInS: vector(),
    missingKwh: vector(),
    trip: new Int32Array(vehicles.length),
  };
  updateFleet(fleet, 0, 0);
  return fleet;
}

function findVehicleFaults(vehicle: VehicleDescription): string[] {
  const { name, capacityKwh, stateOfCharge, ratedKw, chargeEfficiency, dischargeEfficiency, trips } = vehicle;
  const faults: string[] = [];
  const positive = { capacityKwh, ratedKw };
  for (const [field, value] of Object.entries(positive))
    if (!(value > 0 && value < Infinity)) faults.push(`${name}: ${field} is ${value}. Give a number above 0.`);
  for (const [field, value] of Object.entries({ chargeEfficiency, dischargeEfficiency }))
    if (!(value > 0 && value <= 1)) faults.push(`${name}: ${field} is ${value}. Give a number above 0 and at most 1.`);
  if (!(stateOfCharge >= 0 && stateOfCharge <= 1))
    faults.push(`${name}: stateOfCharge is ${stateOfCharge}. Give 0 to 1.`);
  trips.forEach(({ departS, arriveS, energyKwh }, k) => {
    const from = k === 0 ? -Infinity : trips[k - 1].arriveS;
    if (!(departS >= from && arriveS > departS))
      faults.push(`${name}: trip ${k} lasts from ${departS} to ${arriveS} s. Give trips in order, without overlap.`);
    if (!(energyKwh >= 0)) faults.push(`${name}: trip ${k} takes ${energyKwh} kWh. Give 0 or more.`);
  });
  return faults;
}

/**
 * Sets the powers of this moment: at home the command, within the rating and within what the battery can take or give for
 * `holdSeconds`; away, what the trip takes.
 */
export function updateFleet(fleet: Fleet, seconds: number, holdSeconds: number): void {
  const { vehicles, trip, isHome, changesInS, drivingKw } = fleet;
  for (let i = 0; i < vehicles.length; i++) {
    const { trips } = vehicles[i];
    while (trip[i] < trips.length && trips[trip[i]].arriveS <= seconds) trip[i]++;
    const next = trip[i] < trips.length ? trips[trip[i]] : undefined;
    const away = next !== undefined && next.departS <= seconds;
    isHome[i] = away ? 0 : 1;
    changesInS[i] = next === undefined ? PARKED_FOR_GOOD_S : (away ? next.arriveS : next.departS) - seconds;
    drivingKw[i] = away ? (next.energyKwh * 3600) / (next.arriveS - next.departS) : 0;
    setCharge(fleet, i, holdSeconds);
  }
}

function setCharge(
  { vehicles, energyKwh, commandKw, batteryKw, meterKw, isHome }: Fleet,
  i: number,
  hold: number,
): void {
  const { ratedKw, capacityKwh, chargeEfficiency, dischargeEfficiency } = vehicles[i];
  const perHour = hold > 0 ? 3600 / hold : 0;
  const mostKw = Math.min(ratedKw, (capacityKwh - energyKwh[i]) * perHour);
  const leastKw = -Math.min(ratedKw, energyKwh[i] * perHour);
  batteryKw[i] = isHome[i] === 1 ? Math.min(Math.max(commandKw[i], leastKw), mostKw) : 0;
  meterKw[i] = batteryKw[i] > 0 ? batteryKw[i] / chargeEfficiency : batteryKw[i] * dischargeEfficiency;
}

/** Lets the held powers flow from one moment to a later one. A trip draws on an empty battery in vain; that is counted. */
export function advanceFleet(fleet: Fleet, fromS: number, toS: number): void {
  const { vehicles, energyKwh, batteryKw, missingKwh } = fleet;
  const hours = (toS - fromS) / 3600;
  for (let i = 0; i < vehicles.length; i++) {
    const reached = energyKwh[i] + batteryKw[i] * hours - drivenKwh(fleet, i, { fromS, toS });
    const kept = Math.min(Math.max(reached, 0), vehicles[i].capacityKwh);
    missingKwh[i] += kept - reached > 0 ? kept - reached : 0;
    energyKwh[i] = kept;
  }
}

/** What the trips take between two moments: exact, also where one begins or ends in between. */
function drivenKwh({ vehicles, trip }: Fleet, i: number, { fromS, toS }: { fromS: number; toS: number }): number {
  const { trips } = vehicles[i];
  let sum = 0;
  for (let k = trip[i]; k < trips.length && trips[k].departS < toS; k++) {
    const { departS, arriveS, energyKwh } = trips[k];
    const seconds = Math.min(arriveS, toS) - Math.max(departS, fromS);
    if (seconds > 0) sum += (energyKwh * seconds) / (arriveS - departS);
  }
  return sum;
}
