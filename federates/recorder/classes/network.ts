import type { Unit } from "../../../broker/wire/index.js";
import type { FieldParams, Statistic } from "../params.js";
import { number, single, spread, spreadAndMedian, vector, type Labels, type MetricClass } from "./metric-class.js";

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

/** Energies of what has a real and a reactive power. */
const ENERGIES = [
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
];

export const billingMeter: MetricClass = {
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
    ...ENERGIES,
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

export const substation: MetricClass = {
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
    ...ENERGIES,
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

export const line = oneField("Lines.", "overloadPercent", {
  name: "line_overload_perc",
  units: "%",
  unit: "%",
  doc: "Current above the rating, as a part of the rating.",
});
export const transformer = oneField("Transformers.", "overloadPercent", {
  name: "trans_overload_perc",
  units: "%",
  unit: "%",
  doc: "Power above the rating, as a part of the rating.",
});
const operations = { name: "operation_count", units: "", doc: "Switching operations so far." };
export const capacitor = oneField("Capacitor banks.", "operationCount", operations);
export const regulator = oneField("Voltage regulators.", "operationCount", operations);
