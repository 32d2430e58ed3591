import { localMoment } from "../calendar.js";
import { type Irradiance, meanWallIrradiance, planeOfArray, sunDirection } from "../sun/index.js";
import { updateAppliances } from "./appliances.js";
import { advanceBatteries, setBatteryPower } from "./battery.js";
import { updateCooling, updateHouseLoads } from "./cooling.js";
import { followLoad } from "./load-following.js";
import { dcPerRated } from "./photovoltaics.js";
import type { Premises, PvVectors, ThermalVectors } from "./population.js";
import { transitionOver } from "../two-node.js";
import { actualKw } from "./zip.js";

/** Time and weather at an update. `holdSeconds` is how long the powers will be held, so that no battery runs past its bounds. */
export interface Conditions {
  readonly simulatedSeconds: number;
  readonly holdSeconds: number;
  readonly outdoorF: number;
  readonly relativeHumidity: number;
  readonly directNormalWPerSqft: number;
  readonly diffuseHorizontalWPerSqft: number;
}

const BTU_PER_WH = 3.412;

/** Lets `seconds` pass with everything held since the last `updateLoads`: temperatures and states of charge move, powers stay. Exact for any length. */
export function advancePremises(premises: Premises, seconds: number): void {
  advanceTemperatures(premises.thermal, seconds);
  advanceBatteries(premises.loadFollowingBattery, seconds);
  advanceBatteries(premises.dispatchedBattery, seconds);
}

/** Recomputes every power and heat flow from the present state, commands and conditions; nothing moves. Results stand in the population's vectors. */
export function updateLoads(premises: Premises, conditions: Conditions): void {
  const localSeconds = premises.startsAtLocalSeconds + conditions.simulatedSeconds;
  const sun = sunDirection(premises.site, localMoment(localSeconds));
  const light: Irradiance = {
    directNormal: conditions.directNormalWPerSqft,
    diffuseHorizontal: conditions.diffuseHorizontalWPerSqft,
  };
  updateAppliances(premises.appliances, localSeconds);
  updateCooling(premises, conditions);
  updateEquilibrium(premises, conditions.outdoorF, meanWallIrradiance(sun, light) * BTU_PER_WH);
  updateHouseLoads(premises);
  const { pv } = premises;
  for (let k = 0; k < pv.normals.length; k++) {
    pv.dcPerRated[k] = dcPerRated(planeOfArray(pv.normals[k], sun, light), conditions.outdoorF);
  }
  updatePv(premises);
  updateBatteries(premises, conditions.holdSeconds);
}

function advanceTemperatures(thermal: ThermalVectors, seconds: number): void {
  if (seconds !== thermal.stepSeconds) prepareTransition(thermal, seconds);
  const { airF, massF, equilibriumAirF, equilibriumMassF, airFromAir, airFromMass, massFromAir, massFromMass } =
    thermal;
  for (let i = 0; i < airF.length; i++) {
    const air = airF[i] - equilibriumAirF[i];
    const mass = massF[i] - equilibriumMassF[i];
    airF[i] = equilibriumAirF[i] + airFromAir[i] * air + airFromMass[i] * mass;
    massF[i] = equilibriumMassF[i] + massFromAir[i] * air + massFromMass[i] * mass;
  }
}

function prepareTransition(thermal: ThermalVectors, seconds: number): void {
  thermal.stepSeconds = seconds;
  for (let i = 0; i < thermal.airF.length; i++) {
    const node = {
      airCapacity: thermal.airBtuPerF[i],
      massCapacity: thermal.massBtuPerF[i],
      loss: thermal.lossBtuPerHF[i],
      coupling: thermal.couplingBtuPerHF[i],
    };
    const transition = transitionOver(node, seconds / 3600);
    thermal.airFromAir[i] = transition.airFromAir;
    thermal.airFromMass[i] = transition.airFromMass;
    thermal.massFromAir[i] = transition.massFromAir;
    thermal.massFromMass[i] = transition.massFromMass;
  }
}

/** Where the temperatures would end if everything stayed as it is. Half of the internal and solar gains heats the air, half the mass. */
function updateEquilibrium(premises: Premises, outdoorF: number, solarBtuPerHSqft: number): void {
  const { solarApertureSqft, lossBtuPerHF, couplingBtuPerHF, equilibriumAirF, equilibriumMassF } = premises.thermal;
  const hvacBtuPerH = premises.hvac.heatBtuPerH;
  const applianceBtuPerH = premises.appliances.heatBtuPerH;
  for (let i = 0; i < equilibriumAirF.length; i++) {
    const gains = applianceBtuPerH[i] + solarBtuPerHSqft * solarApertureSqft[i];
    equilibriumAirF[i] = outdoorF + (gains + hvacBtuPerH[i]) / lossBtuPerHF[i];
    equilibriumMassF[i] = equilibriumAirF[i] + gains / 2 / couplingBtuPerHF[i];
  }
}

function updatePv(premises: Premises): void {
  const { pv, commands, loads, limitsPvToArray } = premises;
  for (let i = 0; i < pv.dcKw.length; i++) {
    pv.dcKw[i] = pv.ratedKw[i] * pv.dcPerRated[pv.orientation[i]];
    const availableKw = pv.dcKw[i] * pv.inverterEfficiency[i];
    const toldKw = commands.pvKw[i];
    const kw = limitsPvToArray || toldKw === Infinity ? Math.min(Math.max(toldKw, 0), availableKw) : toldKw;
    setInverterOutput(pv, i, kw, commands.pvKvar[i]);
    loads.pvW[i] = -1000 * pv.acKw[i];
    loads.pvVar[i] = -1000 * pv.acKvar[i];
  }
}

/** A constant-PQ inverter follows its set-point and shortens it to its rating, keeping the power factor. */
function setInverterOutput(pv: PvVectors, i: number, kw: number, kvar: number): void {
  const kva = kvar === 0 ? Math.abs(kw) : Math.sqrt(kw * kw + kvar * kvar);
  const scale = kva > pv.inverterKw[i] ? pv.inverterKw[i] / kva : 1;
  pv.acKw[i] = kw * scale;
  pv.acKvar[i] = kvar * scale;
}

function updateBatteries(premises: Premises, holdSeconds: number): void {
  const { loadFollowingBattery, dispatchedBattery, commands, loads } = premises;
  for (let i = 0; i < loads.totalKva.length; i++) {
    if (loadFollowingBattery.capacityKwh[i] > 0) {
      const loadKw = actualKw(loads.house, i, commands.voltagePu[i]);
      const wantedKw = followLoad(commands, i, loadKw, loadFollowingBattery.acKw[i]);
      setBatteryPower(loadFollowingBattery, i, wantedKw, holdSeconds);
      loads.loadFollowingBatteryW[i] = -1000 * loadFollowingBattery.acKw[i];
    }
    if (dispatchedBattery.capacityKwh[i] > 0) {
      setBatteryPower(dispatchedBattery, i, commands.batteryKw[i], holdSeconds);
      loads.dispatchedBatteryW[i] = -1000 * dispatchedBattery.acKw[i];
    }
  }
}
