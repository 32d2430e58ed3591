import { z } from "zod";
import {
  actualKw,
  advancePremises,
  createPremises,
  createThermostats,
  localSeconds,
  operateThermostats,
  runningHvacKw,
  switchCooling,
  thermostatFaults,
  updateLoads,
  type Conditions,
  type Premises,
  type Thermostats,
} from "../models/index.js";
import type { Fault } from "../broker/wire/index.js";
import { defineFederate, type SetupContext } from "../runtime/index.js";
import { fileFaults } from "./file-faults.js";
import { housesOutputs, switchedInputs, thermostatInputs } from "./houses-ports.js";
import { readPremisesFile } from "./premises-file.js";

export type { PremisesFile } from "./premises-file.js";

const params = z.strictObject({
  /** File beside the case: `{ site, schedules, premises }` in the shapes of `models/premises`. */
  premises: z.string(),
  /** Names of the premises, in the order of the file and of every vector. */
  houses: z.array(z.string()).nonempty(),
  /** Length of the step for which powers are held. */
  stepSeconds: z.number().positive(),
  /** Where the houses are also looked at between their steps: temperatures move, cooling obeys, all else is held. */
  sampleSeconds: z.number().positive().optional(),
  /** Distances from a battery's reference at which it starts and stops to charge and to discharge. */
  batteryBandsKw: z.strictObject({
    chargeOff: z.number(),
    dischargeOff: z.number(),
    dischargeOn: z.number(),
  }),
  /** Gives every house a thermostat, which obeys `coolingSetpoint`; without it `cooling` switches the units. */
  thermostat: z
    .strictObject({
      /** Width of the band around the set-point: one for all houses or one for each. */
      deadBandF: z.union([z.number(), z.array(z.number())]),
      /** Shortest time between two switches of a unit. */
      cycleSeconds: z.number(),
    })
    .optional(),
});

type Params = z.infer<typeof params>;

/** Codes of a house's system mode in the metrics. */
const OFF = 1;
const COOLING = 4;

interface State {
  readonly premises: Premises;
  readonly thermostats: Thermostats | undefined;
  readonly bands: Params["batteryBandsKw"];
  readonly stepSeconds: number;
  readonly sampleSeconds: number | undefined;
  readonly houseLoadKw: Float64Array;
  readonly systemMode: Float64Array;
  readonly hvacPowerKw: Float64Array;
  readonly hasStorage: boolean;
  lastSeconds: number;
  /** Load of all houses at the last step. */
  steppedKw: number;
}

/** Premises behind their meters: temperatures, cooling, appliances, PV and batteries of a whole population. */
export default defineFederate({
  doc: "A population of houses with cooling, appliances, photovoltaics and batteries.",
  params,
  inputs: ({ houses, thermostat }) => (thermostat === undefined ? switchedInputs(houses) : thermostatInputs(houses)),
  outputs: ({ houses }) => housesOutputs(houses),
  check: checkFile,
  create(settings, context) {
    const premises = createPopulation(settings, context);
    const houseLoadKw = new Float64Array(premises.names.length);
    const systemMode = new Float64Array(premises.names.length);
    const hvacPowerKw = new Float64Array(premises.names.length);
    const { batteryBandsKw: bands, stepSeconds, sampleSeconds } = settings;
    const hasStorage = premises.dispatchedBattery.capacityKwh.some(kwh => kwh > 0);
    const vectors = { houseLoadKw, systemMode, hvacPowerKw };
    const clock = { stepSeconds, sampleSeconds, lastSeconds: 0 };
    const thermostats = settings.thermostat && createThermostats(premises.names, settings.thermostat);
    const state: State = { premises, thermostats, bands, ...clock, ...vectors, hasStorage, steppedKw: 0 };
    return { state };
  },
  step(state, { seconds, inputs, context }) {
    const { premises, stepSeconds, sampleSeconds } = state;
    if (seconds > state.lastSeconds) advancePremises(premises, seconds - state.lastSeconds);
    state.lastSeconds = seconds;
    commandCooling(state, inputs, seconds);
    const wakeAt = nextSample(state, seconds, context);
    if (sampleSeconds !== undefined && seconds % stepSeconds !== 0) {
      switchCooling(premises, { outdoorF: inputs.temperature, relativeHumidity: inputs.humidity });
      return seconds % sampleSeconds === 0 ? { outputs: publishSample(state), wakeAt } : { wakeAt };
    }
    const { pvSetpoint, batteryReference, storageSetpoint, voltage } = inputs;
    obey(state, { pvSetpoint, batteryReference, storageSetpoint, voltage });
    const conditions: Conditions = {
      simulatedSeconds: seconds,
      holdSeconds: stepSeconds,
      outdoorF: inputs.temperature,
      relativeHumidity: inputs.humidity,
      directNormalWPerSqft: inputs.solarDirect,
      diffuseHorizontalWPerSqft: inputs.solarDiffuse,
    };
    updateLoads(premises, conditions);
    runningHvacKw(premises, inputs.temperature, state.hvacPowerKw);
    return { outputs: publish(state), wakeAt };
  },
});

function createPopulation(settings: Params, setup: SetupContext): Premises {
  const file = readPremisesFile(setup.folder, settings.premises);
  return createPremises(file.premises, {
    site: file.site,
    schedules: file.schedules,
    startsAtLocalSeconds: localSeconds(setup.start.slice(0, 19)),
    limitsPvToArray: setup.behaviour === "corrected",
  });
}

function checkFile(settings: Params, setup: SetupContext): readonly Fault[] {
  try {
    const { names } = createPopulation(settings, setup);
    const differs = settings.houses.findIndex((name, i) => names[i] !== name);
    if (differs < 0 && names.length === settings.houses.length) return checkThermostat(settings);
    const problem = `The names differ from those of ${settings.premises}, first at place ${Math.max(differs, 0)}.`;
    return [{ path: "params.houses", problem, cure: "Give the same names in the same order." }];
  } catch (error) {
    return fileFaults("params.premises", error);
  }
}

function checkThermostat({ houses, thermostat }: Params): readonly Fault[] {
  if (thermostat === undefined) return [];
  const cure = "Correct it, or leave params.thermostat out and switch the units by `cooling`.";
  return thermostatFaults(houses, thermostat).map(problem => ({ path: "params.thermostat", problem, cure }));
}

type CoolingOrders = { readonly cooling: Float64Array } | { readonly coolingSetpoint: Float64Array };

function commandCooling({ premises, thermostats }: State, orders: CoolingOrders, seconds: number): void {
  const { commands, thermal } = premises;
  if ("cooling" in orders) commands.cooling.set(orders.cooling);
  if (!("coolingSetpoint" in orders) || thermostats === undefined) return;
  thermostats.setpointF.set(orders.coolingSetpoint);
  operateThermostats(thermostats, thermal.airF, commands.cooling, seconds);
}

interface Orders {
  readonly pvSetpoint: Float64Array | undefined;
  readonly batteryReference: Float64Array | undefined;
  readonly storageSetpoint: Float64Array | undefined;
  readonly voltage: Float64Array;
}

function obey({ premises, bands }: State, orders: Orders): void {
  const { commands } = premises;
  const { pvSetpoint, batteryReference, storageSetpoint, voltage } = orders;
  if (pvSetpoint === undefined) commands.pvKw.fill(Infinity);
  else commands.pvKw.set(pvSetpoint);
  if (storageSetpoint !== undefined) commands.batteryKw.set(storageSetpoint);
  commands.voltagePu.set(voltage);
  if (batteryReference === undefined) return;
  for (let i = 0; i < batteryReference.length; i++) {
    commands.chargeOnKw[i] = batteryReference[i];
    commands.chargeOffKw[i] = batteryReference[i] + bands.chargeOff;
    commands.dischargeOffKw[i] = batteryReference[i] + bands.dischargeOff;
    commands.dischargeOnKw[i] = batteryReference[i] + bands.dischargeOn;
  }
}

/** Ticks of the next time at which the houses are looked at, where they are sampled. */
function nextSample({ sampleSeconds }: State, seconds: number, { ticksPerSecond }: SetupContext): number | undefined {
  if (sampleSeconds === undefined) return undefined;
  return Math.round((Math.floor(seconds / sampleSeconds) + 1) * sampleSeconds * ticksPerSecond);
}

function publishSample({ premises, steppedKw }: State) {
  const { commands, thermal, hvac, loads } = premises;
  let loadKw = 0;
  for (let i = 0; i < commands.cooling.length; i++) loadKw += actualKw(loads.house, i, commands.voltagePu[i]);
  return { airTemperature: thermal.airF, hvacLoad: hvac.kw, loadChange: 1000 * (loadKw - steppedKw) };
}

function publish(state: State) {
  const { premises, houseLoadKw, systemMode, hvacPowerKw, hasStorage } = state;
  const { thermal, hvac, loads, pv, loadFollowingBattery, dispatchedBattery, commands } = premises;
  state.steppedKw = 0;
  for (let i = 0; i < houseLoadKw.length; i++) {
    houseLoadKw[i] = actualKw(loads.house, i, commands.voltagePu[i]);
    state.steppedKw += houseLoadKw[i];
    systemMode[i] = commands.cooling[i] === 1 ? COOLING : OFF;
  }
  return {
    airTemperature: thermal.airF,
    massTemperature: thermal.massF,
    ...(state.sampleSeconds !== undefined && { loadChange: 0 }),
    hvacLoad: hvac.kw,
    hvacPower: hvacPowerKw,
    houseLoad: houseLoadKw,
    totalLoad: loads.totalKva,
    systemMode,
    pvAvailable: pv.dcKw,
    pvPower: loads.pvW,
    pvReactivePower: loads.pvVar,
    batteryPower: loads.loadFollowingBatteryW,
    stateOfCharge: loadFollowingBattery.stateOfCharge,
    ...(hasStorage && {
      storagePower: loads.dispatchedBatteryW,
      storageStateOfCharge: dispatchedBattery.stateOfCharge,
    }),
    constantPower: loads.house.constantPowerW,
    constantPowerReactive: loads.house.constantPowerVar,
    constantCurrent: loads.house.constantCurrentW,
    constantCurrentReactive: loads.house.constantCurrentVar,
    constantImpedance: loads.house.constantImpedanceW,
    constantImpedanceReactive: loads.house.constantImpedanceVar,
  };
}
