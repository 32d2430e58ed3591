import { type Direction, type Site, surfaceNormal } from "../sun/index.js";
import { type Appliances, createAppliances } from "./appliances.js";
import { type Batteries, createBatteries } from "./battery.js";
import { checkPremises, type PremisesDescription, type PremisesSetting } from "./description.js";
import { type Envelope, envelopeOf } from "./envelope.js";
import { BTU_PER_KWH, motorLosses, reactiveRatio } from "./hvac.js";
import type { Thresholds } from "./load-following.js";
import { type ZipVectors, zipVectors } from "./zip.js";

/** Temperatures, the equilibrium towards which they move while all inputs are held, and the exact transition over `stepSeconds`. */
export interface ThermalVectors {
  readonly airBtuPerF: Float64Array;
  readonly massBtuPerF: Float64Array;
  readonly lossBtuPerHF: Float64Array;
  readonly couplingBtuPerHF: Float64Array;
  readonly solarApertureSqft: Float64Array;
  readonly airF: Float64Array;
  readonly massF: Float64Array;
  readonly equilibriumAirF: Float64Array;
  readonly equilibriumMassF: Float64Array;
  stepSeconds: number;
  readonly airFromAir: Float64Array;
  readonly airFromMass: Float64Array;
  readonly massFromAir: Float64Array;
  readonly massFromMass: Float64Array;
}

/** Cooling units. `kw` is the present power at the present voltage (without motor losses, as GridLAB-D reports it), `heatBtuPerH` what it adds to the air. */
export interface HvacVectors {
  readonly designCoolingBtuPerH: Float64Array;
  readonly ratedCompressorKw: Float64Array;
  readonly fanKw: Float64Array;
  readonly reactiveRatio: Float64Array;
  readonly motorLossW: Float64Array;
  readonly motorLossVar: Float64Array;
  readonly nominalKw: Float64Array;
  readonly kw: Float64Array;
  readonly heatBtuPerH: Float64Array;
}

/** Arrays and their inverters; ac power is positive when it feeds the grid. `orientation` points into `normals`. */
export interface PvVectors {
  readonly ratedKw: Float64Array;
  readonly inverterKw: Float64Array;
  readonly inverterEfficiency: Float64Array;
  readonly orientation: Int32Array;
  readonly normals: readonly Direction[];
  readonly dcPerRated: Float64Array;
  readonly dcKw: Float64Array;
  readonly acKw: Float64Array;
  readonly acKvar: Float64Array;
}

/** What premises are told and what they sense; whoever owns the population writes here before `updateLoads`. */
export interface Commands extends Thresholds {
  /** 1 cools, 0 is off. */
  readonly cooling: Uint8Array;
  /** Power that inverters are told to deliver; infinite: all that the array gives. */
  readonly pvKw: Float64Array;
  readonly pvKvar: Float64Array;
  /** Set-point of the dispatched battery; positive discharges. */
  readonly batteryKw: Float64Array;
  /** Voltage between the legs over 240 V. */
  readonly voltagePu: Float64Array;
}

/** What the premises ask of the grid. House meters are ZIP loads at 240 V; the branches beside them draw constant power (negative when they feed). */
export interface PremisesLoads {
  readonly house: ZipVectors;
  /** Magnitude of the house's nominal complex power, which GridLAB-D's house metrics call the total load in kW. */
  readonly totalKva: Float64Array;
  readonly pvW: Float64Array;
  readonly pvVar: Float64Array;
  readonly loadFollowingBatteryW: Float64Array;
  readonly dispatchedBatteryW: Float64Array;
}

/** A population of 1 to 100,000 premises as plain data: one vector element for each, in the order of `names`. */
export interface Premises {
  readonly names: readonly string[];
  readonly site: Site;
  readonly startsAtLocalSeconds: number;
  readonly limitsPvToArray: boolean;
  readonly commands: Commands;
  readonly thermal: ThermalVectors;
  readonly hvac: HvacVectors;
  readonly appliances: Appliances;
  readonly pv: PvVectors;
  readonly loadFollowingBattery: Batteries;
  readonly dispatchedBattery: Batteries;
  readonly loads: PremisesLoads;
}

/**
 * Lays out a population. Every command starts at "off", every voltage at 1 per unit, and nothing moves before the first `updateLoads`.
 * Throws a `ModelError` that names every fault.
 */
export function createPremises(descriptions: readonly PremisesDescription[], setting: PremisesSetting): Premises {
  checkPremises(descriptions, setting);
  const envelopes = descriptions.map(premises => envelopeOf(premises.house));
  return {
    names: descriptions.map(premises => premises.name),
    site: setting.site,
    startsAtLocalSeconds: setting.startsAtLocalSeconds,
    limitsPvToArray: setting.limitsPvToArray,
    commands: createCommands(descriptions.length),
    thermal: createThermal(descriptions, envelopes),
    hvac: createHvac(descriptions, envelopes),
    appliances: createAppliances(
      descriptions.map(premises => premises.appliances),
      descriptions.map(premises => premises.scheduleSkewSeconds),
      setting.schedules,
    ),
    pv: createPv(descriptions),
    loadFollowingBattery: createBatteries(descriptions.map(premises => premises.loadFollowingBattery)),
    dispatchedBattery: createBatteries(descriptions.map(premises => premises.dispatchedBattery)),
    loads: createLoads(descriptions.length),
  };
}

function createCommands(count: number): Commands {
  const idle = (bound: number) => new Float64Array(count).fill(bound);
  return {
    cooling: new Uint8Array(count),
    pvKw: idle(0),
    pvKvar: idle(0),
    batteryKw: idle(0),
    chargeOnKw: idle(-Infinity),
    chargeOffKw: idle(-Infinity),
    dischargeOffKw: idle(Infinity),
    dischargeOnKw: idle(Infinity),
    voltagePu: idle(1),
  };
}

function createThermal(descriptions: readonly PremisesDescription[], envelopes: readonly Envelope[]): ThermalVectors {
  const fill = (value: number) => new Float64Array(descriptions.length).fill(value);
  const airF = Float64Array.from(descriptions, premises => premises.house.airTemperatureF);
  const massF = Float64Array.from(descriptions, premises => premises.house.massTemperatureF);
  return {
    airBtuPerF: Float64Array.from(envelopes, envelope => envelope.airBtuPerF),
    massBtuPerF: Float64Array.from(envelopes, envelope => envelope.massBtuPerF),
    lossBtuPerHF: Float64Array.from(envelopes, envelope => envelope.lossBtuPerHF),
    couplingBtuPerHF: Float64Array.from(envelopes, envelope => envelope.couplingBtuPerHF),
    solarApertureSqft: Float64Array.from(envelopes, envelope => envelope.solarApertureSqft),
    airF,
    massF,
    equilibriumAirF: airF.slice(),
    equilibriumMassF: massF.slice(),
    stepSeconds: 0,
    airFromAir: fill(1),
    airFromMass: fill(0),
    massFromAir: fill(0),
    massFromMass: fill(1),
  };
}

function createHvac(descriptions: readonly PremisesDescription[], envelopes: readonly Envelope[]): HvacVectors {
  const zeros = () => new Float64Array(descriptions.length);
  const losses = descriptions.map(({ house }, i) =>
    motorLosses(envelopes[i].designCoolingBtuPerH, house.coolingCop, house.hvacPowerFactor),
  );
  return {
    designCoolingBtuPerH: Float64Array.from(envelopes, envelope => envelope.designCoolingBtuPerH),
    ratedCompressorKw: Float64Array.from(
      descriptions,
      ({ house }, i) => envelopes[i].designCoolingBtuPerH / house.coolingCop / BTU_PER_KWH,
    ),
    fanKw: Float64Array.from(envelopes, envelope => envelope.fanKw),
    reactiveRatio: Float64Array.from(descriptions, ({ house }) => reactiveRatio(house.hvacPowerFactor)),
    motorLossW: Float64Array.from(losses, loss => loss.watts),
    motorLossVar: Float64Array.from(losses, loss => loss.vars),
    nominalKw: zeros(),
    kw: zeros(),
    heatBtuPerH: zeros(),
  };
}

function createPv(descriptions: readonly PremisesDescription[]): PvVectors {
  const vector = (pick: (premises: PremisesDescription) => number) => Float64Array.from(descriptions, pick);
  const orientations = descriptions.map(({ pv }) => `${pv?.tiltDeg ?? 45} ${pv?.azimuthDeg ?? 180}`);
  const distinct = [...new Set(orientations)];
  return {
    ratedKw: vector(({ pv }) => pv?.ratedKw ?? 0),
    inverterKw: vector(({ pv }) => pv?.inverterKw ?? 0),
    inverterEfficiency: vector(({ pv }) => pv?.inverterEfficiency ?? 1),
    orientation: Int32Array.from(orientations, orientation => distinct.indexOf(orientation)),
    normals: distinct.map(orientation => {
      const [tiltDeg, azimuthDeg] = orientation.split(" ").map(Number);
      return surfaceNormal(tiltDeg, azimuthDeg);
    }),
    dcPerRated: new Float64Array(distinct.length),
    dcKw: vector(() => 0),
    acKw: vector(() => 0),
    acKvar: vector(() => 0),
  };
}

function createLoads(count: number): PremisesLoads {
  return {
    house: zipVectors(count),
    totalKva: new Float64Array(count),
    pvW: new Float64Array(count),
    pvVar: new Float64Array(count),
    loadFollowingBatteryW: new Float64Array(count),
    dispatchedBatteryW: new Float64Array(count),
  };
}
