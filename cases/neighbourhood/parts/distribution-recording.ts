import { overWindows, term, wholeRun, type HeardPort, type PartRecording } from "../part.js";
import { PUBLISHED_EQUIPMENT, type Equipment } from "../premises.js";
import type { DistributionSettings } from "./distribution.js";
import { comfortFigures, feederFigures } from "./key-figures.js";

interface RecordedDistribution extends Pick<
  DistributionSettings,
  "equipment" | "setpointFrom" | "thermostatFrom" | "deadbandFrom" | "suffix" | "sampleSeconds"
> {
  readonly names: Readonly<Record<"houses" | "meters" | "transformers", readonly string[]>>;
}

/** What is recorded of a feeder and its houses. */
export function distributionRecording(settings: RecordedDistribution): PartRecording {
  const { names, equipment = PUBLISHED_EQUIPMENT, deadbandFrom, suffix = "" } = settings;
  const suffixed = <T>(table: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(table).map(([name, value]) => [`${name}${suffix}`, value]));
  return {
    names: suffixed({ ...names, houseMeters: names.meters.slice(0, names.houses.length) }),
    heard: suffixed({ ...heardHouses(settings, equipment), ...heardFeeder(suffix) }),
    metrics: [...metrics(settings, equipment), ...ownMetrics(settings, equipment)],
    summary: [...feederSummary(suffix), ...housesSummary(equipment, suffix)],
    keyFigures: [...(deadbandFrom === undefined ? [] : comfortFigures(suffix)), ...feederFigures(suffix)],
    csv: [buildingFile(suffix)],
  };
}

function heardHouses(settings: RecordedDistribution, equipment: Equipment) {
  const { setpointFrom, thermostatFrom, deadbandFrom, suffix = "", sampleSeconds } = settings;
  const vector = (from: string, unit?: string): HeardPort => ({
    ...{ from, type: "vector", unit, elements: `houses${suffix}` },
  });
  const port = (name: string, unit?: string) => vector(`houses${suffix}.${name}`, unit);
  const betweenSteps = sampleSeconds === undefined ? {} : ({ wakes: "never" } as const);
  return {
    totalLoad: port("totalLoad", "kVA"),
    hvacLoad: { ...port("hvacLoad", "kW"), ...betweenSteps },
    airTemperature: { ...port("airTemperature", "degF"), ...betweenSteps },
    systemMode: port("systemMode"),
    basepoint: vector(setpointFrom, "degF"),
    ...(thermostatFrom !== undefined && { coolingSetpoint: vector(thermostatFrom, "degF") }),
    ...(deadbandFrom !== undefined && { deadband: { ...vector(deadbandFrom, "degF"), series: false } }),
    ...(equipment.pv && {
      pvPower: port("pvPower", "W"),
      pvReactivePower: port("pvReactivePower", "VAr"),
      pvAvailable: port("pvAvailable", "kW"),
    }),
    ...(equipment.battery && { batteryPower: port("batteryPower", "W"), stateOfCharge: port("stateOfCharge", "1") }),
    ...(equipment.storage && {
      storagePower: port("storagePower", "W"),
      storageStateOfCharge: port("storageStateOfCharge", "1"),
    }),
  };
}

function heardFeeder(suffix: string): Record<string, HeardPort> {
  const from = (name: string) => `feeder${suffix}.${name}`;
  const meter = (name: string, unit: string): HeardPort => ({
    ...{ from: from(name), type: "vector", unit, elements: `meters${suffix}` },
  });
  return {
    meterPower: meter("meterPower", "W"),
    meterReactivePower: meter("meterReactivePower", "VAr"),
    meterVoltage: meter("meterVoltage", "V"),
    meterLegVoltage: meter("meterLegVoltage", "V"),
    meterVoltagePu: meter("meterVoltagePu", "pu"),
    meterUnbalance: meter("meterUnbalance", "V"),
    meterBill: meter("meterBill", "USD"),
    transformerOverload: {
      ...{ from: from("transformerOverload"), type: "vector", unit: "%", elements: `transformers${suffix}` },
    },
    distributionLoad: { from: from("distributionLoad"), type: "complex", unit: "VA" },
    losses: { from: from("losses"), type: "complex", unit: "VA" },
    customerLoad: { from: from("customerLoad"), type: "complex", unit: "VA" },
    buildingLoad: { from: from("buildingLoad"), type: "complex", unit: "VA" },
    buildingVoltage: { from: from("buildingVoltage"), type: "complex", unit: "V" },
  };
}

const DRAWN_TO_FED = { weight: -1 };

function metrics({ thermostatFrom, suffix = "" }: RecordedDistribution, equipment: Equipment) {
  const from = (input: string, more = {}) => term(`${input}${suffix}`, more);
  const inverters = (prefix: string, real: string, reactiveVAr: unknown) => ({
    class: "inverter",
    elements: `houses${suffix}`,
    prefix,
    bind: { realPowerW: from(real, DRAWN_TO_FED), reactivePowerVAr: reactiveVAr },
  });
  return [
    {
      class: "house",
      elements: `houses${suffix}`,
      bind: {
        totalLoadKva: from("totalLoad"),
        hvacLoadKw: from("hvacLoad"),
        airTemperatureF: from("airTemperature"),
        coolingSetpointF: from(thermostatFrom === undefined ? "basepoint" : "coolingSetpoint"),
        heatingSetpointF: 0,
        systemMode: from("systemMode"),
      },
    },
    {
      class: "billing_meter",
      elements: `meters${suffix}`,
      bind: {
        realPowerW: from("meterPower"),
        reactivePowerVAr: from("meterReactivePower"),
        billUsd: from("meterBill"),
        voltage12V: from("meterVoltage"),
        voltageV: from("meterLegVoltage"),
        voltageUnbalanceV: from("meterUnbalance"),
        voltagePu: from("meterVoltagePu"),
      },
    },
    ...(equipment.pv ? [inverters("solar_inv_", "pvPower", from("pvReactivePower", DRAWN_TO_FED))] : []),
    ...(equipment.battery ? [inverters("batt_inv_", "batteryPower", 0)] : []),
    ...(equipment.storage ? [inverters("storage_inv_", "storagePower", 0)] : []),
    substationMetrics(suffix),
    ...["line", "capacitor", "regulator", ...(equipment.vehicles ? [] : ["evchargerdet"])].map(name => ({
      class: name,
    })),
    { class: "transformer", elements: `transformers${suffix}`, bind: { overloadPercent: from("transformerOverload") } },
  ];
}

/** Classes that the reference does not have. */
function ownMetrics({ deadbandFrom, suffix = "" }: RecordedDistribution, { battery, storage }: Equipment) {
  const of = (name: string, bind: Readonly<Record<string, string>>, prefix = "") => ({
    class: name,
    elements: `houses${suffix}`,
    prefix,
    bind: Object.fromEntries(Object.entries(bind).map(([quantity, input]) => [quantity, term(`${input}${suffix}`)])),
  });
  const comfort = { airTemperatureF: "airTemperature", setpointF: "basepoint", deadbandF: "deadband" };
  return [
    ...(deadbandFrom === undefined ? [] : [of("comfort", comfort)]),
    ...(battery ? [of("battery", { stateOfCharge: "stateOfCharge" })] : []),
    ...(storage === undefined ? [] : [of("battery", { stateOfCharge: "storageStateOfCharge" }, "storage_")]),
  ];
}

function substationMetrics(suffix: string) {
  const from = (input: string, more = {}) => term(`${input}${suffix}`, more);
  return {
    class: "substation",
    elements: [`network_node${suffix}`],
    bind: {
      realPowerW: from("distributionLoad", { part: "re" }),
      reactivePowerVAr: from("distributionLoad", { part: "im" }),
      realPowerLossesW: from("losses", { part: "re" }),
      reactivePowerLossesVAr: from("losses", { part: "im" }),
    },
    ownFields: [
      {
        name: "energy_balance",
        units: "Wh",
        doc: "Sources less loads less losses over the window; zero but for the solver's tolerance.",
        statistic: "energy",
        terms: [
          from("distributionLoad", { part: "re" }),
          from("customerLoad", { part: "re", weight: -1 }),
          from("losses", { part: "re", weight: -1 }),
        ],
      },
    ],
  };
}

function feederSummary(suffix: string) {
  const substation = (key: string, doc: string, quantity: object) =>
    overWindows(`${key}${suffix}`, doc, { class: "substation", object: `network_node${suffix}`, ...quantity });
  return [
    substation("energyImportedKwh", "Energy that the feeder took.", {
      ...{ field: "real_energy", over: "sum", weight: 0.001 },
    }),
    substation("peakKw", "Largest power of the feeder.", { field: "real_power_max", over: "max", weight: 0.001 }),
    substation("meanFeederLossesKw", "Mean losses of lines and transformers.", {
      ...{ field: "real_power_losses_avg", over: "mean", weight: 0.001 },
    }),
    substation("worstEnergyBalanceWh", "Largest energy balance of a window.", {
      ...{ field: "energy_balance", over: "worst" },
    }),
    wholeRun(`minVoltagePu${suffix}`, "Lowest voltage at a meter.", {
      ...{ input: `meterVoltagePu${suffix}`, over: "min", statistic: "min" },
    }),
  ];
}

function housesSummary({ pv }: Equipment, suffix: string) {
  const houses = (key: string, doc: string, { input, ...quantity }: { readonly input: string }) =>
    wholeRun(`${key}${suffix}`, doc, { input: `${input}${suffix}`, ...quantity });
  const temperature = { input: "airTemperature" };
  return [
    houses("meanIndoorTempF", "Mean over houses and time.", { ...temperature, ...{ over: "mean", statistic: "avg" } }),
    houses("maxIndoorTempF", "Hottest house.", { ...temperature, ...{ over: "max", statistic: "max" } }),
    houses("hvacEnergyKwh", "Energy of all cooling.", { input: "hvacLoad", ...{ over: "sum", statistic: "energy" } }),
    ...(pv ? [houses("pvEnergyKwh", "Energy of all PV inverters.", PV_ENERGY)] : []),
  ];
}

const PV_ENERGY = { input: "pvPower", over: "sum", weight: -0.001, statistic: "energy" };

function buildingFile(suffix: string) {
  const load = (part: string) => term(`buildingLoad${suffix}`, { part });
  return {
    file: `eplus_load${suffix}.csv`,
    period: "60s",
    object: `Eplus_meter${suffix}`,
    columns: [
      { name: "measured_real_power", units: "W", ...load("re") },
      { name: "measured_reactive_power", units: "VAr", ...load("im") },
      { name: "measured_voltage_AB", units: "V", ...term(`buildingVoltage${suffix}`) },
    ],
  };
}
