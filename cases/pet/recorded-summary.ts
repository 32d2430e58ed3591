const whole = (key: string, doc: string, field: Readonly<Record<string, unknown>>) => ({ key, doc, ...field });
const rounds = (key: string, doc: string, field: string, over: string) => ({ key, doc, class: "auction", field, over });
const substation = (key: string, doc: string, field: string, rest: { over: string; weight?: number }) => ({
  key,
  doc,
  class: "substation",
  field,
  ...rest,
});

/** What the summary tells of the whole run. */
export const SUMMARY = [
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

/** Tables of present values in the shape of the reference. */
export const SIDE_FILES = [
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
  {
    file: "eplus_load.csv",
    period: "60s",
    object: "Eplus_meter",
    columns: [
      { name: "measured_real_power", units: "W", input: "buildingLoad", part: "re" },
      { name: "measured_reactive_power", units: "VAr", input: "buildingLoad", part: "im" },
      { name: "measured_voltage_AB", units: "V", input: "buildingVoltage" },
    ],
  },
];
