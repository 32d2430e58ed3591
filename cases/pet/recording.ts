import type { CaseFile } from "../schema.js";

/** Names that the recording refers to. */
export interface RecordedNames {
  readonly houses: readonly string[];
  /** The premises' meters, then the building's. */
  readonly meters: readonly string[];
  readonly transformers: readonly string[];
}

type Port = readonly [from: string, type: string, unit?: string, elements?: keyof RecordedNames | "generators"];

/** What the recorder hears: its input, where that comes from, and what it carries. */
const HEARD: Readonly<Record<string, Port>> = {
  totalLoad: ["houses.totalLoad", "vector", "kVA", "houses"],
  hvacLoad: ["houses.hvacLoad", "vector", "kW", "houses"],
  airTemperature: ["houses.airTemperature", "vector", "degF", "houses"],
  systemMode: ["houses.systemMode", "vector", undefined, "houses"],
  basepoint: ["prosumers.basepoint", "vector", "degF", "houses"],
  pvPower: ["houses.pvPower", "vector", "W", "houses"],
  pvReactivePower: ["houses.pvReactivePower", "vector", "VAr", "houses"],
  pvAvailable: ["houses.pvAvailable", "vector", "kW", "houses"],
  batteryPower: ["houses.batteryPower", "vector", "W", "houses"],
  stateOfCharge: ["houses.stateOfCharge", "vector", "1", "houses"],
  meterPower: ["feeder.meterPower", "vector", "W", "meters"],
  meterReactivePower: ["feeder.meterReactivePower", "vector", "VAr", "meters"],
  meterVoltage: ["feeder.meterVoltage", "vector", "V", "meters"],
  meterLegVoltage: ["feeder.meterLegVoltage", "vector", "V", "meters"],
  meterVoltagePu: ["feeder.meterVoltagePu", "vector", "pu", "meters"],
  meterUnbalance: ["feeder.meterUnbalance", "vector", "V", "meters"],
  meterBill: ["feeder.meterBill", "vector", "USD", "meters"],
  transformerOverload: ["feeder.transformerOverload", "vector", "%", "transformers"],
  distributionLoad: ["feeder.distributionLoad", "complex", "VA"],
  losses: ["feeder.losses", "complex", "VA"],
  customerLoad: ["feeder.customerLoad", "complex", "VA"],
  lmp: ["bulk.lmp", "number", "USD/kWh"],
  busLoad: ["bulk.busLoad", "number", "MW"],
  busReactiveLoad: ["bulk.busReactiveLoad", "number", "MVAr"],
  busAngle: ["bulk.busAngle", "number", "deg"],
  busVoltage: ["bulk.busVoltage", "number", "pu"],
  generatorPower: ["bulk.generatorPower", "vector", "MW", "generators"],
  generatorReactivePower: ["bulk.generatorReactivePower", "vector", "MVAr", "generators"],
  bulkLosses: ["bulk.losses", "number", "MW"],
  converged: ["bulk.converged", "boolean"],
  temperature: ["weather.temperature", "number", "degF"],
  humidity: ["weather.humidity", "number", "1"],
  solarFlux: ["weather.solarDirect", "number", "W/ft2"],
};

/** Names of the generators of the nine-bus system; the fifth is the feeder's dispatchable load. */
export const GENERATORS = ["1", "2", "3", "4", "5"] as const;

/** Links from everything that is recorded to the recorder. */
export const RECORDED_LINKS: readonly string[] = [
  ...Object.entries(HEARD).map(([input, [from]]) => `${from} -> recorder.${input}`),
  "substation.round -> recorder.round",
  "prosumers.bids -> recorder.bids",
];

/** Parameters of the recorder: the reference's metrics files, its two side files, the summary and the series. */
export function recording(names: RecordedNames): NonNullable<CaseFile["federates"][string]["params"]> {
  const inputs = Object.entries(HEARD).map(([input, [, type, unit, elements]]) => [input, { type, unit, elements }]);
  return {
    zone: "PDT",
    names: { ...names, generators: [...GENERATORS] },
    inputs: {
      ...Object.fromEntries(inputs),
      round: { type: "json", optional: true },
      bids: { type: "json", optional: true },
    },
    metrics: METRICS,
    summary: SUMMARY,
    csv: SIDE_FILES,
    events: ["round"],
  };
}

const from = (input: string, more: Readonly<Record<string, unknown>> = {}) => ({ input, ...more });

const INVERTER_LOAD = -1;

const METRICS = [
  {
    class: "house",
    elements: "houses",
    bind: {
      totalLoadKva: from("totalLoad"),
      hvacLoadKw: from("hvacLoad"),
      airTemperatureF: from("airTemperature"),
      coolingSetpointF: from("basepoint"),
      heatingSetpointF: 0,
      systemMode: from("systemMode"),
    },
  },
  {
    class: "billing_meter",
    elements: "meters",
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
  {
    class: "inverter",
    elements: "houses",
    prefix: "solar_inv_",
    bind: {
      realPowerW: from("pvPower", { weight: INVERTER_LOAD }),
      reactivePowerVAr: from("pvReactivePower", { weight: INVERTER_LOAD }),
    },
  },
  {
    class: "inverter",
    elements: "houses",
    prefix: "batt_inv_",
    bind: { realPowerW: from("batteryPower", { weight: INVERTER_LOAD }), reactivePowerVAr: 0 },
  },
  {
    class: "substation",
    elements: ["network_node"],
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
  },
  { class: "line" },
  { class: "transformer", elements: "transformers", bind: { overloadPercent: from("transformerOverload") } },
  { class: "capacitor" },
  { class: "regulator" },
  { class: "evchargerdet" },
  {
    class: "bus",
    elements: ["7"],
    zone: "",
    bind: {
      lmpUsdPerKwh: from("lmp"),
      reactiveLmp: 0,
      loadMw: from("busLoad"),
      loadMvar: from("busReactiveLoad"),
      angleDeg: from("busAngle"),
      voltagePu: from("busVoltage"),
    },
  },
  {
    class: "gen",
    elements: "generators",
    zone: "",
    bind: {
      powerMw: from("generatorPower"),
      reactivePowerMvar: from("generatorReactivePower"),
      lmpUsdPerKwh: from("lmp"),
    },
  },
  {
    class: "sys",
    elements: ["TE_ChallengeH"],
    zone: "",
    bind: { lossesMw: from("bulkLosses"), converged: from("converged") },
  },
  { class: "auction", elements: ["Market_1"], zone: "-0800", bind: { round: from("round") } },
  { class: "house_bids", elements: "houses", zone: "-0800", bind: { bids: from("bids") } },
];

const whole = (key: string, doc: string, field: Readonly<Record<string, unknown>>) => ({ key, doc, ...field });
const rounds = (key: string, doc: string, field: string, over: string) => ({ key, doc, class: "auction", field, over });
const substation = (key: string, doc: string, field: string, rest: { over: string; weight?: number }) => ({
  key,
  doc,
  class: "substation",
  field,
  ...rest,
});

const SUMMARY = [
  substation("energyImportedKwh", "Energy that the feeder took.", "real_energy", { over: "sum", weight: 0.001 }),
  substation("peakKw", "Largest power of the feeder.", "real_power_max", { over: "max", weight: 0.001 }),
  substation("meanFeederLossesKw", "Mean losses of lines and transformers.", "real_power_losses_avg", {
    over: "mean",
    weight: 0.001,
  }),
  substation("worstEnergyBalanceWh", "Largest energy balance of a window.", "energy_balance", { over: "worst" }),
  whole("meanIndoorTempF", "Mean over houses and time.", { input: "airTemperature", over: "mean", statistic: "avg" }),
  whole("maxIndoorTempF", "Hottest house.", { input: "airTemperature", over: "max", statistic: "max" }),
  whole("hvacEnergyKwh", "Energy of all cooling.", {
    input: "hvacLoad",
    over: "sum",
    statistic: "energy",
  }),
  whole("pvEnergyKwh", "Energy of all PV inverters.", {
    input: "pvPower",
    over: "sum",
    weight: -0.001,
    statistic: "energy",
  }),
  whole("meanLmpUsdPerKwh", "Mean locational marginal price.", { input: "lmp", statistic: "avg" }),
  rounds("meanClearingPriceUsdPerKwh", "Mean over the rounds.", "clearing_price", "mean"),
  rounds("maxClearingPriceUsdPerKwh", "Highest of the rounds.", "clearing_price", "max"),
  whole("clearedKwh", "Energy that the market cleared.", {
    input: "round",
    path: "totals.clearedKwh",
    statistic: "last",
  }),
  whole("marketRounds", "Rounds held.", { input: "round", path: "totals.rounds", statistic: "last" }),
  whole("minVoltagePu", "Lowest voltage at a meter.", { input: "meterVoltagePu", over: "min", statistic: "min" }),
];

const SIDE_FILES = [
  {
    file: "weather.csv",
    period: "60s",
    object: "weather",
    columns: [
      { name: "temperature", units: "degF", input: "temperature" },
      { name: "humidity", units: "pu", input: "humidity" },
      { name: "solar_flux", units: "W/sf", input: "solarFlux" },
    ],
  },
];
