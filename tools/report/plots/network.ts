import type { Chart, Limit } from "../chart.js";
import type { Bars } from "../bars.js";
import { fieldOver, isAggregated, objectsOf, type MetricsData, type RunData } from "../run-data.js";
import { chartOf, fieldLine, shortNames, spreadOf, windowValues, type Plot } from "./plot.js";

/** Nominal voltage between the legs of a triplex service. */
const NOMINAL_V = 240;

/** Ranges of ANSI C84.1 for service voltage, per unit. */
const RANGES = [
  { name: "range A", low: 0.95, high: 1.05, end: "left" },
  { name: "range B", low: 0.917, high: 1.058, end: "right" },
] as const;

const RANGE_LIMITS: readonly Limit[] = RANGES.flatMap(({ name, low, high, end }) =>
  [low, high].map((factor): Limit => {
    const value = Math.round(factor * NOMINAL_V * 10) / 10;
    return { label: `${name} ${value} V`, value, end, side: end === "left" && factor > 1 ? "below" : "above" };
  }),
);

/** True for the meters within a fifth of the nominal voltage of a house: not those of larger customers. */
function houseMeters(data: MetricsData | undefined): (name: string) => boolean {
  const near = windowValues(data, "voltage12_avg", 0).filter(({ value }) => isNear(value));
  const kept = new Set(near.map(({ name }) => name));
  return name => kept.has(name);
}

const isNear = (volts: number) => Math.abs(volts / NOMINAL_V - 1) < 0.2;

function voltageChart({ metrics }: RunData): Chart | undefined {
  const data = metrics.get("billing_meter");
  const heading = { title: "Voltage at the houses' meters, with ANSI C84.1", axis: "V" };
  if (isAggregated(data?.windows[0] ?? {})) {
    const lowest = fieldLine(data, { field: "voltage12_min", label: "lowest meter", over: "min" });
    const isHouse = lowest?.values.every(value => Number.isNaN(value) || isNear(value)) === true;
    return chartOf(data, { ...heading, limits: RANGE_LIMITS }, isHouse ? [lowest] : []);
  }
  const { lines, bands } = spreadOf(data, { quantity: "voltage12", fits: houseMeters(data) });
  return chartOf(data, { ...heading, bands, limits: RANGE_LIMITS }, lines);
}

function bills({ metrics }: RunData): Bars | undefined {
  const data = metrics.get("billing_meter");
  const isHouse = houseMeters(data);
  const found = windowValues(data, "bill", -1).filter(({ name }) => isHouse(name));
  if (found.length === 0) return undefined;
  const sorted = found.sort((a, b) => b.value - a.value);
  const names = shortNames(sorted.map(({ name }) => name));
  const mean = sorted.reduce((sum, { value }) => sum + value, 0) / sorted.length;
  return {
    kind: "bars",
    title: "Bills of the houses",
    axis: "USD",
    bars: sorted.map(({ value }, i) => ({ label: names[i], value })),
    note: `mean ${mean.toFixed(2)} USD; below zero for who sold more than was bought`,
  };
}

export const NETWORK_PLOTS: Readonly<Record<string, Plot>> = {
  "meter-voltage": {
    doc: "Voltage at the houses' meters: mean, lowest and highest, with ranges A and B of ANSI C84.1.",
    group: "Network",
    draw: voltageChart,
  },
  "bills": { doc: "What each house has to pay at the end, highest first.", group: "Market", draw: bills },
  "transformer-overload": {
    doc: "Load of transformers above their ratings.",
    group: "Network",
    draw({ metrics }) {
      const data = metrics.get("transformer");
      const field = "trans_overload_perc";
      const heading = { title: "Transformers above their ratings", axis: "% above the rating" };
      const names = objectsOf(data).filter(name => isEverLoaded(data, name));
      if (names.length > 0 && names.length <= 5) {
        return chartOf(
          data,
          heading,
          names.map(name => fieldLine(data, { field, label: name, fits: one => one === name })),
        );
      }
      return chartOf(data, heading, [fieldLine(data, { field, label: "most loaded", over: "max" })]);
    },
  },
  "losses": {
    doc: "Losses of lines and transformers.",
    group: "Network",
    draw({ metrics }) {
      const data = metrics.get("substation");
      const { lines, bands } = spreadOf(data, { quantity: "real_power_losses", weight: 0.001 });
      return chartOf(data, { title: "Losses of the feeder", axis: "kW", bands }, lines);
    },
  },
  "energy-balance": {
    doc: "Sources less loads less losses of each window: zero but for the solver's tolerance.",
    group: "Network",
    draw({ metrics }) {
      const data = metrics.get("substation");
      const choice = { field: "energy_balance", label: "sources - loads - losses" };
      return chartOf(data, { title: "Energy balance of each window", axis: "Wh" }, [fieldLine(data, choice)]);
    },
  },
};

function isEverLoaded(data: MetricsData | undefined, name: string): boolean {
  const values = fieldOver(data, "trans_overload_perc", "max", one => one === name) ?? [];
  return values.some(value => value > 0);
}
