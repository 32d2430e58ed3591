import type { Unit } from "../../broker/wire/index.js";
import type { FieldParams, Statistic } from "./params.js";

/** A quantity that a class takes in: the recorder declares an input for it unless the case binds it elsewhere. */
export interface Quantity {
  readonly type: "number" | "vector" | "json" | "boolean";
  readonly unit?: Unit;
  /** True where the source may speak for the first time after the start. */
  readonly optional?: boolean;
}

/** A class of metrics: what it takes in, when its windows end, its fields in the order of the file. */
export interface MetricClass {
  readonly doc: string;
  readonly offset?: string;
  readonly sample?: string;
  readonly quantities: Readonly<Record<string, Quantity>>;
  readonly fields: readonly FieldParams[];
}

/** Length of a window where neither case nor class says otherwise. */
export const DEFAULT_PERIOD = "300s";

const vector = (unit?: Unit): Quantity => ({ type: "vector", unit });
const number = (unit?: Unit): Quantity => ({ type: "number", unit });

interface Labels {
  readonly units: string;
  readonly doc: string;
}

function statistics(name: string, list: readonly Statistic[], input: string, { units, doc }: Labels): FieldParams[] {
  return list.map(statistic => ({ name: `${name}_${statistic}`, units, statistic, input, doc }));
}

function spread(name: string, input: string, labels: Labels): FieldParams[] {
  return statistics(name, ["min", "max", "avg"], input, labels);
}

function spreadAndMedian(name: string, input: string, labels: Labels): FieldParams[] {
  return statistics(name, ["min", "max", "avg", "median"], input, labels);
}

function single(name: string, input: string, { units, doc }: Labels, more: Partial<FieldParams> = {}): FieldParams {
  return { name, units, input, statistic: "last", doc, ...more };
}

function zeros(name: string, { units, doc }: Labels): FieldParams[] {
  const list = ["min", "max", "avg"] as const;
  return list.map(statistic => ({ name: `${name}_${statistic}`, units, statistic, constant: 0, doc }));
}

const absentHeater = (what: string, units: string): Labels => ({
  units,
  doc: `${what} of the water heater; 0, as no house has one.`,
});

const house: MetricClass = {
  doc: "Houses.",
  quantities: {
    totalLoadKva: vector("kVA"),
    hvacLoadKw: vector("kW"),
    airTemperatureF: vector("degF"),
    coolingSetpointF: vector("degF"),
    heatingSetpointF: vector("degF"),
    systemMode: vector(),
  },
  fields: [
    ...spread("total_load", "totalLoadKva", {
      units: "kW",
      doc: "Apparent power of the house in kVA; the field's label says kW.",
    }),
    ...spread("hvac_load", "hvacLoadKw", { units: "kW", doc: "Electric power of heating and cooling." }),
    ...spread("air_temperature", "airTemperatureF", { units: "degF", doc: "Temperature of the indoor air." }),
    single("air_temperature_setpoint_cooling", "coolingSetpointF", { units: "degF", doc: "Cooling set-point." }),
    single("air_temperature_setpoint_heating", "heatingSetpointF", { units: "degF", doc: "Heating set-point." }),
    single("system_mode", "systemMode", { units: "", doc: "1 off, 4 cooling." }),
    ...zeros("waterheater_load", absentHeater("Electric power", "kW")),
    ...zeros("waterheater_setpoint", absentHeater("Set-point", "degF")),
    ...zeros("waterheater_demand", absentHeater("Water flow", "gpm")),
    ...zeros("waterheater_temp", absentHeater("Water temperature", "degF")),
  ],
};

/** Nominal voltage of a triplex leg; ANSI C84.1 bounds range A by 5 % and range B by 5.8 % above, 8.3 % below. */
const LEG_V = 120;
const range = (name: string, statistic: Statistic, factor: number, doc: string): FieldParams => ({
  name,
  units: statistic.startsWith("count") ? "" : "s",
  statistic,
  input: "voltagePu",
  limit: factor,
  doc,
});

const billingMeter: MetricClass = {
  doc: `Customers' meters. Voltage bounds are those of ANSI C84.1, per unit of the nominal voltage (${LEG_V} V on a triplex leg).`,
  quantities: {
    realPowerW: vector("W"),
    reactivePowerVAr: vector("VAr"),
    billUsd: vector("USD"),
    voltage12V: vector("V"),
    voltageV: vector("V"),
    voltageUnbalanceV: vector("V"),
    voltagePu: vector("pu"),
  },
  fields: [
    ...spread("real_power", "realPowerW", { units: "W", doc: "Real power taken from the feeder." }),
    ...spread("reactive_power", "reactivePowerVAr", { units: "VAR", doc: "Reactive power taken from the feeder." }),
    single(
      "real_energy",
      "realPowerW",
      { units: "Wh", doc: "Time integral of the real power." },
      { statistic: "energy" },
    ),
    single(
      "reactive_energy",
      "reactivePowerVAr",
      { units: "VARh", doc: "Time integral of the reactive power." },
      { statistic: "energy" },
    ),
    single("bill", "billUsd", { units: "USD", doc: "Bill of the customer so far." }),
    ...spread("voltage12", "voltage12V", { units: "V", doc: "Magnitude of the voltage from line 1 to line 2." }),
    range("above_RangeA_Duration", "durationAbove", 1.05, "Time above range A."),
    range("below_RangeA_Duration", "durationBelow", 0.95, "Time below range A."),
    range("above_RangeB_Duration", "durationAbove", 1.058, "Time above range B."),
    range("below_RangeB_Duration", "durationBelow", 0.917, "Time below range B."),
    ...spread("voltage", "voltageV", { units: "V", doc: "Mean magnitude of the voltages to neutral." }),
    ...spread("voltage_unbalance", "voltageUnbalanceV", {
      units: "V",
      doc: "Largest deviation from the mean magnitude.",
    }),
    range("above_RangeA_Count", "countAbove", 1.05, "How often the voltage rose above range A."),
    range("below_RangeA_Count", "countBelow", 0.95, "How often the voltage fell below range A."),
    range("above_RangeB_Count", "countAbove", 1.058, "How often the voltage rose above range B."),
    range("below_RangeB_Count", "countBelow", 0.917, "How often the voltage fell below range B."),
    range("below_10_percent_NormVol_Duration", "durationBelow", 0.1, "Time below a tenth of the nominal voltage."),
    range(
      "below_10_percent_NormVol_Count",
      "countBelow",
      0.1,
      "How often the voltage fell below a tenth of the nominal one.",
    ),
  ],
};

const inverter: MetricClass = {
  doc: "Inverters of solar panels and batteries; power is positive towards the feeder.",
  quantities: { realPowerW: vector("W"), reactivePowerVAr: vector("VAr") },
  fields: [
    ...spread("real_power", "realPowerW", { units: "W", doc: "Real power to the feeder." }),
    ...spread("reactive_power", "reactivePowerVAr", { units: "VAR", doc: "Reactive power to the feeder." }),
  ],
};

const substation: MetricClass = {
  doc: "The feeder's head.",
  quantities: {
    realPowerW: number("W"),
    reactivePowerVAr: number("VAr"),
    realPowerLossesW: number("W"),
    reactivePowerLossesVAr: number("VAr"),
  },
  fields: [
    ...spreadAndMedian("real_power", "realPowerW", { units: "W", doc: "Real power into the feeder." }),
    ...spreadAndMedian("reactive_power", "reactivePowerVAr", { units: "VAR", doc: "Reactive power into the feeder." }),
    single(
      "real_energy",
      "realPowerW",
      { units: "Wh", doc: "Time integral of the real power." },
      { statistic: "energy" },
    ),
    single(
      "reactive_energy",
      "reactivePowerVAr",
      { units: "VARh", doc: "Time integral of the reactive power." },
      { statistic: "energy" },
    ),
    ...spreadAndMedian("real_power_losses", "realPowerLossesW", {
      units: "W",
      doc: "Real losses of lines and transformers.",
    }),
    ...spreadAndMedian("reactive_power_losses", "reactivePowerLossesVAr", {
      units: "VAR",
      doc: "Reactive losses of lines and transformers.",
    }),
  ],
};

const oneField = (
  doc: string,
  quantity: string,
  labels: Labels & { readonly name: string; readonly unit?: Unit },
): MetricClass => ({
  doc,
  quantities: { [quantity]: vector(labels.unit) },
  fields: [single(labels.name, quantity, labels)],
});

const line = oneField("Lines.", "overloadPercent", {
  name: "line_overload_perc",
  units: "%",
  unit: "%",
  doc: "Current above the rating, as a part of the rating.",
});
const transformer = oneField("Transformers.", "overloadPercent", {
  name: "trans_overload_perc",
  units: "%",
  unit: "%",
  doc: "Power above the rating, as a part of the rating.",
});
const operations = { name: "operation_count", units: "", doc: "Switching operations so far." };
const capacitor = oneField("Capacitor banks.", "operationCount", operations);
const regulator = oneField("Voltage regulators.", "operationCount", operations);

const evchargerdet: MetricClass = {
  doc: "Chargers of electric vehicles.",
  quantities: { chargeRateW: vector("W"), stateOfChargePercent: vector("%") },
  fields: [
    ...spread("charge_rate", "chargeRateW", { units: "W", doc: "Power into the vehicle." }),
    ...spread("battery_SOC", "stateOfChargePercent", { units: "%", doc: "State of charge of the vehicle's battery." }),
  ],
};

const bus: MetricClass = {
  doc: "Buses of the bulk system; values are samples of its 15-s steps, the first window holds the one at 0.",
  offset: "0s",
  sample: "15s",
  quantities: {
    lmpUsdPerKwh: vector("USD/kWh"),
    reactiveLmp: vector(),
    loadMw: vector("MW"),
    loadMvar: vector("MVAr"),
    angleDeg: vector("deg"),
    voltagePu: vector("pu"),
  },
  fields: [
    single("LMP_P", "lmpUsdPerKwh", { units: "USD/kwh", doc: "Mean locational marginal price." }, { statistic: "avg" }),
    single("LMP_Q", "reactiveLmp", { units: "USD/kvarh", doc: "Mean price of reactive energy." }, { statistic: "avg" }),
    single("PD", "loadMw", { units: "MW", doc: "Mean load, dispatched response included." }, { statistic: "avg" }),
    single("QD", "loadMvar", { units: "MVAR", doc: "Mean reactive load." }, { statistic: "avg" }),
    single("Vang", "angleDeg", { units: "deg", doc: "Mean voltage angle." }, { statistic: "avg" }),
    single("Vmag", "voltagePu", { units: "pu", doc: "Mean voltage." }, { statistic: "avg" }),
    single("Vmax", "voltagePu", { units: "pu", doc: "Largest voltage." }, { statistic: "max" }),
    single("Vmin", "voltagePu", { units: "pu", doc: "Smallest voltage." }, { statistic: "min" }),
  ],
};

const gen: MetricClass = {
  doc: "Generators of the bulk system; samples as those of the buses.",
  offset: "0s",
  sample: "15s",
  quantities: { powerMw: vector("MW"), reactivePowerMvar: vector("MVAr"), lmpUsdPerKwh: vector("USD/kWh") },
  fields: [
    single("Pgen", "powerMw", { units: "MW", doc: "Mean real power." }, { statistic: "avg" }),
    single("Qgen", "reactivePowerMvar", { units: "MVAR", doc: "Mean reactive power." }, { statistic: "avg" }),
    single(
      "LMP_P",
      "lmpUsdPerKwh",
      { units: "USD/kwh", doc: "Mean price at the generator's bus." },
      { statistic: "avg" },
    ),
  ],
};

const sys: MetricClass = {
  doc: "The bulk system as a whole; samples as those of the buses.",
  offset: "0s",
  sample: "15s",
  quantities: { lossesMw: number("MW"), converged: { type: "boolean" } },
  fields: [
    single("Ploss", "lossesMw", { units: "MW", doc: "Mean real losses." }, { statistic: "avg" }),
    single("Converged", "converged", { units: "true/false", doc: "Whether the last power flow converged." }),
  ],
};

/** Variables of the building's controller, in the order of its file, with the unit of the field and of the input. */
const BUILDING: readonly (readonly [name: string, input: string, units: string, unit?: Unit])[] = [
  ["ashrae_uncomfortable_hours", "uncomfortableHours", "hours", "h"],
  ["cooling_controlled_load", "coolingControlledLoadW", "W", "W"],
  ["cooling_current_temperature", "coolingCurrentTemperatureF", "degF", "degF"],
  ["cooling_power_state", "coolingPowerState", ""],
  ["cooling_schedule_temperature", "coolingScheduleTemperatureF", "degF", "degF"],
  ["cooling_setpoint_delta", "coolingSetpointDeltaF", "degF", "degF"],
  ["cooling_setpoint_temperature", "coolingSetpointTemperatureF", "degF", "degF"],
  ["cooling_volume", "coolingVolumeM3", "m3"],
  ["electric_demand_power", "electricDemandPowerW", "W", "W"],
  ["heating_controlled_load", "heatingControlledLoadW", "W", "W"],
  ["heating_current_temperature", "heatingCurrentTemperatureF", "degF", "degF"],
  ["heating_power_state", "heatingPowerState", ""],
  ["heating_schedule_temperature", "heatingScheduleTemperatureF", "degF", "degF"],
  ["heating_setpoint_delta", "heatingSetpointDeltaF", "degF", "degF"],
  ["heating_setpoint_temperature", "heatingSetpointTemperatureF", "degF", "degF"],
  ["heating_volume", "heatingVolumeM3", "m3"],
  ["hvac_demand_power", "hvacDemandPowerW", "W", "W"],
  ["indoor_air", "indoorAirF", "degF", "degF"],
  ["kwhr_price", "priceUsdPerKwh", "$/kwh", "USD/kWh"],
  ["occupants_total", "occupants", ""],
  ["outdoor_air", "outdoorAirF", "degF", "degF"],
];

const eplus: MetricClass = {
  doc: "The building and its controller.",
  quantities: Object.fromEntries(BUILDING.map(([, input, , unit]) => [input, number(unit)])),
  fields: BUILDING.flatMap(([name, input, units]) =>
    statistics(name, ["avg", "max", "min"], input, { units, doc: `${name.replaceAll("_", " ")} of the building.` }),
  ),
};

const auction: MetricClass = {
  doc: "Market rounds. The input is one json value a round: price in USD/kWh, type 0 to 5, surpluses in USD.",
  quantities: { round: { type: "json", optional: true } },
  fields: [
    single(
      "clearing_price",
      "round",
      { units: "USD", doc: "Clearing price, USD/kWh." },
      { path: "clearingPriceUsdPerKwh" },
    ),
    single(
      "clearing_type",
      "round",
      { units: "[0..5]=[Null,Fail,Price,Exact,Seller,Buyer]", doc: "Which side sets the price." },
      { path: "clearingType" },
    ),
    single(
      "consumer_surplus",
      "round",
      { units: "USD", doc: "Surplus of the buyers." },
      { path: "consumerSurplusUsd" },
    ),
    single(
      "average_consumer_surplus",
      "round",
      { units: "USD", doc: "Surplus of the buyers per unit of energy." },
      { path: "averageConsumerSurplusUsd" },
    ),
    single(
      "supplier_surplus",
      "round",
      { units: "USD", doc: "Surplus of the sellers." },
      { path: "supplierSurplusUsd" },
    ),
  ],
};

const houseBids: MetricClass = {
  doc: "Bids of the houses. The input is one json value a round with one list for each field, one entry for each house.",
  quantities: { bids: { type: "json", optional: true } },
  fields: [
    single("bid_price", "bids", { units: "USD", doc: "Price bid, USD/kWh." }, { path: "priceUsdPerKwh" }),
    single("bid_quantity", "bids", { units: "kW", doc: "Power bid, kW." }, { path: "quantityKw" }),
    single(
      "hvac_needed",
      "bids",
      { units: "kW", doc: "Whether the house needs cooling (true or false)." },
      { path: "hvacNeeded" },
    ),
    single("role", "bids", { units: "kW", doc: "buyer, seller or none-participant." }, { path: "role" }),
  ],
};

const ledger: MetricClass = {
  doc: "Settlement. The input is one json value with running totals.",
  quantities: { receipts: { type: "json", optional: true } },
  fields: [
    single("settled_rounds", "receipts", { units: "", doc: "Rounds settled so far." }, { path: "settledRounds" }),
    single("settled_trades", "receipts", { units: "", doc: "Trades settled so far." }, { path: "settledTrades" }),
    single("settled_energy", "receipts", { units: "Wh", doc: "Energy settled so far." }, { path: "settledEnergyWh" }),
    single("settled_value", "receipts", { units: "USD", doc: "Money settled so far." }, { path: "settledValueUsd" }),
  ],
};

/** The classes of metrics files by the name that their files start with. */
export const METRIC_CLASSES: Readonly<Record<string, MetricClass>> = {
  house,
  billing_meter: billingMeter,
  inverter,
  substation,
  line,
  transformer,
  capacitor,
  regulator,
  evchargerdet,
  bus,
  gen,
  sys,
  eplus,
  auction,
  house_bids: houseBids,
  ledger,
};
