import {
  BTU_PER_KWH,
  coolingCapacityRatio,
  coolingCopPenalty,
  HVAC_CONSTANT_IMPEDANCE_SHARE,
  HVAC_CONSTANT_POWER_SHARE,
  hvacVoltageFactor,
  latentRatio,
} from "./hvac.js";
import type { HvacVectors, Premises } from "./population.js";

/** The weather as far as cooling units feel it. */
export interface CoolingWeather {
  readonly outdoorF: number;
  readonly relativeHumidity: number;
}

/** What the weather makes of rated units: compressor power over rated power, useful cooling over rated capacity. */
interface WeatherRatios {
  readonly compressor: number;
  readonly sensible: number;
}

function ratiosAt({ outdoorF, relativeHumidity }: CoolingWeather): WeatherRatios {
  const capacity = coolingCapacityRatio(outdoorF);
  return {
    compressor: capacity * coolingCopPenalty(outdoorF),
    sensible: capacity / (1 + latentRatio(relativeHumidity)),
  };
}

/** Power and heat of every cooling unit as commanded. */
export function updateCooling({ hvac, commands }: Premises, weather: CoolingWeather): void {
  const ratios = ratiosAt(weather);
  for (let i = 0; i < hvac.kw.length; i++) {
    if (commands.cooling[i] === 0) stopUnit(hvac, i);
    else runUnit(hvac, i, ratios, commands.voltagePu[i]);
  }
}

/**
 * Lets cooling units obey their commands between two `updateLoads`: what depends on a switched unit is recomputed at
 * this weather, everything else stays as that left it. Costs little where nothing has switched.
 */
export function switchCooling(premises: Premises, weather: CoolingWeather): void {
  const { hvac, commands, thermal } = premises;
  let ratios: WeatherRatios | undefined;
  for (let i = 0; i < hvac.kw.length; i++) {
    const isWanted = commands.cooling[i] !== 0;
    if (isWanted === hvac.nominalKw[i] > 0) continue;
    const before = hvac.heatBtuPerH[i];
    if (isWanted) runUnit(hvac, i, (ratios ??= ratiosAt(weather)), commands.voltagePu[i]);
    else stopUnit(hvac, i);
    const warmerF = (hvac.heatBtuPerH[i] - before) / thermal.lossBtuPerHF[i];
    thermal.equilibriumAirF[i] += warmerF;
    thermal.equilibriumMassF[i] += warmerF;
    updateHouseLoad(premises, i);
  }
}

function stopUnit({ nominalKw, kw, heatBtuPerH }: HvacVectors, i: number): void {
  nominalKw[i] = 0;
  kw[i] = 0;
  heatBtuPerH[i] = 0;
}

function runUnit(hvac: HvacVectors, i: number, ratios: WeatherRatios, voltagePu: number): void {
  const { designCoolingBtuPerH, ratedCompressorKw, fanKw, nominalKw, kw, heatBtuPerH } = hvac;
  const voltageFactor = hvacVoltageFactor(voltagePu);
  nominalKw[i] = ratedCompressorKw[i] * ratios.compressor + fanKw[i];
  kw[i] = nominalKw[i] * voltageFactor;
  heatBtuPerH[i] = fanKw[i] * BTU_PER_KWH - designCoolingBtuPerH[i] * ratios.sensible * voltageFactor;
}

/** Cooling units as far as their power goes, and the voltages at them. */
export interface CoolingUnits {
  readonly hvac: Pick<HvacVectors, "ratedCompressorKw" | "fanKw">;
  readonly commands: Pick<Premises["commands"], "voltagePu">;
}

/** What each cooling unit draws while it runs at an outdoor temperature and the present voltages, kW; written into `kw`. */
export function runningHvacKw(premises: CoolingUnits, outdoorF: number, kw: Float64Array): void {
  const { ratedCompressorKw, fanKw } = premises.hvac;
  const { voltagePu } = premises.commands;
  const compressorRatio = coolingCapacityRatio(outdoorF) * coolingCopPenalty(outdoorF);
  for (let i = 0; i < kw.length; i++) {
    kw[i] = (ratedCompressorKw[i] * compressorRatio + fanKw[i]) * hvacVoltageFactor(voltagePu[i]);
  }
}

/** Loads of all houses: their appliances and their cooling units. */
export function updateHouseLoads(premises: Premises): void {
  const { house, totalKva } = premises.loads;
  const { nominal } = premises.appliances;
  house.constantCurrentW.set(nominal.constantCurrentW);
  house.constantCurrentVar.set(nominal.constantCurrentVar);
  for (let i = 0; i < totalKva.length; i++) updateHouseLoad(premises, i);
}

function updateHouseLoad(premises: Premises, i: number): void {
  const { house, totalKva } = premises.loads;
  const { nominal, kw, kvar } = premises.appliances;
  const { nominalKw, reactiveRatio, motorLossW, motorLossVar } = premises.hvac;
  const isOn = nominalKw[i] > 0 ? 1 : 0;
  const steadyW = HVAC_CONSTANT_POWER_SHARE * 1000 * nominalKw[i];
  const shuntW = HVAC_CONSTANT_IMPEDANCE_SHARE * 1000 * nominalKw[i];
  house.constantPowerW[i] = nominal.constantPowerW[i] + steadyW;
  house.constantPowerVar[i] = nominal.constantPowerVar[i] + steadyW * reactiveRatio[i];
  house.constantImpedanceW[i] = nominal.constantImpedanceW[i] + shuntW + isOn * motorLossW[i];
  house.constantImpedanceVar[i] = nominal.constantImpedanceVar[i] + shuntW * reactiveRatio[i] + isOn * motorLossVar[i];
  const totalKw = kw[i] + nominalKw[i];
  totalKva[i] = Math.sqrt(totalKw * totalKw + kvar[i] * kvar[i]);
}
