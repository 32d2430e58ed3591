import { number, single, vector, type MetricClass } from "./metric-class.js";

export const bus: MetricClass = {
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

export const gen: MetricClass = {
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

export const sys: MetricClass = {
  doc: "The bulk system as a whole; samples as those of the buses.",
  offset: "0s",
  sample: "15s",
  quantities: { lossesMw: number("MW"), converged: { type: "boolean" } },
  fields: [
    single("Ploss", "lossesMw", { units: "MW", doc: "Mean real losses." }, { statistic: "avg" }),
    single("Converged", "converged", { units: "true/false", doc: "Whether the last power flow converged." }),
  ],
};
