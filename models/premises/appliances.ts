import { localMoment } from "../calendar.js";
import { BTU_PER_KWH } from "./hvac.js";
import { type ZipVectors, zipVectors } from "./zip.js";

/** Power of an end use for each kW of its factor, by clock hour (24 values each). Summer is April to September; the weekend is Saturday and Sunday. */
export interface HourlySchedule {
  readonly summerWeekday: readonly number[];
  readonly summerWeekend: readonly number[];
  readonly winterWeekday: readonly number[];
  readonly winterWeekend: readonly number[];
}

export type ApplianceSchedules = Readonly<Record<string, HourlySchedule>>;

/**
 * One end use with a ZIP load model: nominal kW = schedule x factor, split into constant power, current and impedance.
 * A negative power factor is leading (the load feeds reactive power). Source: GridLAB-D Residential module, "ZIPload".
 */
export interface ApplianceDescription {
  readonly schedule: string;
  readonly factorKw: number;
  readonly heatFraction: number;
  readonly powerFraction: number;
  readonly currentFraction: number;
  readonly impedanceFraction: number;
  readonly powerFactor: number;
  readonly currentPowerFactor: number;
  readonly impedancePowerFactor: number;
}

/** The end uses of all houses. Appliances of house `i` stand at `first[i] .. first[i + 1]`; nominal sums of the present hour at `nominal`, `kw`, `kvar` and `heatBtuPerH`. */
export interface Appliances {
  readonly schedule: Float64Array;
  readonly first: Int32Array;
  readonly scheduleIndex: Int32Array;
  readonly factorKw: Float64Array;
  readonly heatFraction: Float64Array;
  readonly wattsPerKw: ZipVectors;
  readonly skewSeconds: Float64Array;
  readonly validUntilSeconds: Float64Array;
  readonly nominal: ZipVectors;
  readonly kw: Float64Array;
  readonly kvar: Float64Array;
  readonly heatBtuPerH: Float64Array;
}

const HOURS = 24;
const VALUES_PER_SCHEDULE = 4 * HOURS;

/** Lays out the end uses of all houses, one list and one skew (seconds by which a house's clock lags) for each house. */
export function createAppliances(
  lists: readonly (readonly ApplianceDescription[])[],
  skewSeconds: readonly number[],
  schedules: ApplianceSchedules,
): Appliances {
  const names = Object.keys(schedules).sort();
  const all = lists.flat();
  const first = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (first[i + 1] = first[i] + list.length));
  return {
    schedule: Float64Array.from(names.flatMap(name => scheduleValues(schedules[name]))),
    first,
    scheduleIndex: Int32Array.from(all, appliance => names.indexOf(appliance.schedule)),
    factorKw: Float64Array.from(all, appliance => appliance.factorKw),
    heatFraction: Float64Array.from(all, appliance => appliance.heatFraction),
    wattsPerKw: wattsPerKw(all),
    skewSeconds: Float64Array.from(skewSeconds),
    validUntilSeconds: new Float64Array(lists.length).fill(-Infinity),
    nominal: zipVectors(lists.length),
    kw: new Float64Array(lists.length),
    kvar: new Float64Array(lists.length),
    heatBtuPerH: new Float64Array(lists.length),
  };
}

function scheduleValues(schedule: HourlySchedule): readonly number[] {
  return [...schedule.summerWeekday, ...schedule.summerWeekend, ...schedule.winterWeekday, ...schedule.winterWeekend];
}

function wattsPerKw(appliances: readonly ApplianceDescription[]): ZipVectors {
  const part = (fraction: (a: ApplianceDescription) => number) =>
    Float64Array.from(appliances, a => 1000 * fraction(a));
  return {
    constantPowerW: part(a => a.powerFraction),
    constantPowerVar: part(a => reactivePart(a.powerFraction, a.powerFactor)),
    constantCurrentW: part(a => a.currentFraction),
    constantCurrentVar: part(a => reactivePart(a.currentFraction, a.currentPowerFactor)),
    constantImpedanceW: part(a => a.impedanceFraction),
    constantImpedanceVar: part(a => reactivePart(a.impedanceFraction, a.impedancePowerFactor)),
  };
}

function reactivePart(fraction: number, powerFactor: number): number {
  if (fraction === 0) return 0;
  return fraction * Math.sign(powerFactor) * Math.sqrt(1 / (powerFactor * powerFactor) - 1);
}

/** Brings the sums of every house to `localSeconds` (since 1970-01-01 of the local clock). Only houses whose hour has changed are touched. */
export function updateAppliances(appliances: Appliances, localSeconds: number): void {
  const { validUntilSeconds, skewSeconds } = appliances;
  for (let i = 0; i < skewSeconds.length; i++) {
    if (localSeconds < validUntilSeconds[i]) continue;
    const hour = Math.floor((localSeconds - skewSeconds[i]) / 3600);
    sumHouse(appliances, i, hourOfSchedule(hour));
    validUntilSeconds[i] = (hour + 1) * 3600 + skewSeconds[i];
  }
}

/** Position of a clock hour (hours since 1970-01-01) within the 96 values of a schedule. */
function hourOfSchedule(hour: number): number {
  const { month, weekday } = localMoment(hour * 3600);
  const winter = month < 4 || month > 9 ? 2 * HOURS : 0;
  const weekend = weekday === 0 || weekday === 6 ? HOURS : 0;
  return winter + weekend + (hour % HOURS);
}

function sumHouse(appliances: Appliances, house: number, scheduleHour: number): void {
  const { schedule, first, scheduleIndex, factorKw, heatFraction, wattsPerKw: per, nominal } = appliances;
  let pW = 0, pVar = 0, iW = 0, iVar = 0, zW = 0, zVar = 0, heatKw = 0; // prettier-ignore
  for (let a = first[house]; a < first[house + 1]; a++) {
    const kw = schedule[scheduleIndex[a] * VALUES_PER_SCHEDULE + scheduleHour] * factorKw[a];
    pW += kw * per.constantPowerW[a];
    pVar += kw * per.constantPowerVar[a];
    iW += kw * per.constantCurrentW[a];
    iVar += kw * per.constantCurrentVar[a];
    zW += kw * per.constantImpedanceW[a];
    zVar += kw * per.constantImpedanceVar[a];
    heatKw += kw * heatFraction[a];
  }
  nominal.constantPowerW[house] = pW;
  nominal.constantPowerVar[house] = pVar;
  nominal.constantCurrentW[house] = iW;
  nominal.constantCurrentVar[house] = iVar;
  nominal.constantImpedanceW[house] = zW;
  nominal.constantImpedanceVar[house] = zVar;
  appliances.kw[house] = (pW + iW + zW) / 1000;
  appliances.kvar[house] = (pVar + iVar + zVar) / 1000;
  appliances.heatBtuPerH[house] = heatKw * BTU_PER_KWH;
}
