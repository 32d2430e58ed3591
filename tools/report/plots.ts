import type { Chart, Line } from "./chart.js";
import { fieldOver, type MetricsData, type Over, type RunData } from "./run-data.js";

/** The plots of a run by name; undefined where the run has not recorded what a plot shows. */
export const PLOTS: Readonly<Record<string, (run: RunData) => Chart | undefined>> = {
  "substation-power": run =>
    spreadChart(
      run,
      { class: "substation", quantity: "real_power", weight: 0.001 },
      {
        title: "Power into the feeder",
        axis: "kW",
      },
    ),
  "house-temperature": run =>
    spreadChart(
      run,
      { class: "house", quantity: "air_temperature", weight: 1 },
      {
        title: "Indoor air temperature",
        axis: "°F",
      },
    ),
  "prices": prices,
  "generator-dispatch": dispatch,
  "house-load": houseLoad,
  "inverter-power": inverterPower,
  "building-power": run =>
    spreadChart(
      run,
      { class: "eplus", quantity: "electric_demand_power", weight: 0.001 },
      {
        title: "Building",
        axis: "kW",
      },
    ),
  "meter-voltage": run => {
    const fits = sameLevel(run.metrics.get("billing_meter"), "voltage12_avg");
    const spread = { class: "billing_meter", quantity: "voltage12", weight: 1, fits };
    return spreadChart(run, spread, { title: "Voltage between the legs at the meters", axis: "V" });
  },
  "losses": run =>
    spreadChart(
      run,
      { class: "substation", quantity: "real_power_losses", weight: 0.001 },
      {
        title: "Losses of the feeder",
        axis: "kW",
      },
    ),
  "energy-balance": run => {
    const error = line(run.metrics.get("substation"), {
      field: "energy_balance",
      label: "sources - loads - losses",
    });
    return chartOf(run, "substation", { title: "Energy balance of each window", axis: "Wh" }, [error]);
  },
};

type Heading = Pick<Chart, "title" | "axis" | "band">;

interface Choice {
  readonly field: string;
  readonly label: string;
  readonly over?: Over;
  readonly weight?: number;
  readonly style?: Line["style"];
  readonly fits?: (name: string) => boolean;
}

function line(data: MetricsData | undefined, choice: Choice): Line | undefined {
  const { field, label, over = "mean", weight = 1, style, fits } = choice;
  const values = fieldOver(data, field, over, fits);
  if (values === undefined || data === undefined) return undefined;
  return { label, values: values.map(value => value * weight), times: data.times, style };
}

/** A chart of the lines that there are; undefined when there is none. */
function chartOf(
  run: RunData,
  from: string,
  heading: Heading,
  lines: readonly (Line | undefined)[],
): Chart | undefined {
  const known = lines.filter(found => found !== undefined);
  if (known.length === 0) return undefined;
  return { name: "", ...heading, lines: known, startTime: run.metrics.get(from)?.startTime ?? "" };
}

interface Spread {
  readonly class: string;
  readonly quantity: string;
  readonly weight: number;
  readonly fits?: (name: string) => boolean;
}

/** True for the objects whose first value is within a fifth of the first object's: one level of voltage. */
function sameLevel(data: MetricsData | undefined, field: string): (name: string) => boolean {
  const [first = {}] = data?.windows ?? [];
  const values = Object.entries(first).map(([name, row]) => [name, Number(row[data?.index.get(field) ?? -1])] as const);
  const level = values[0]?.[1] ?? NaN;
  const kept = new Set(values.filter(([, value]) => Math.abs(value / level - 1) < 0.2).map(([name]) => name));
  return name => kept.has(name);
}

/** The mean of a quantity over objects and time, between its smallest and largest value. */
function spreadChart(
  run: RunData,
  { class: name, quantity, weight, fits }: Spread,
  heading: Heading,
): Chart | undefined {
  const data = run.metrics.get(name);
  const mean = line(data, { field: `${quantity}_avg`, label: "mean", weight, fits });
  const low = line(data, { field: `${quantity}_min`, label: "", over: "min", weight, fits });
  const high = line(data, { field: `${quantity}_max`, label: "", over: "max", weight, fits });
  if (low === undefined || high === undefined) return chartOf(run, name, heading, [mean]);
  const band = { label: "minimum to maximum", low: low.values, high: high.values, times: low.times };
  return chartOf(run, name, { ...heading, band }, [mean]);
}

function prices(run: RunData): Chart | undefined {
  const lmp = line(run.metrics.get("bus"), { field: "LMP_P", label: "bulk system (LMP)", style: "step" });
  const clearing = line(run.metrics.get("auction"), { field: "clearing_price", label: "local market", style: "step" });
  return chartOf(run, lmp === undefined ? "auction" : "bus", { title: "Prices", axis: "USD/kWh" }, [lmp, clearing]);
}

function dispatch(run: RunData): Chart | undefined {
  const data = run.metrics.get("gen");
  const names = Object.keys(data?.windows[0] ?? {});
  const lines = names.map(name => line(data, { field: "Pgen", label: `unit ${name}`, fits: one => one === name }));
  return chartOf(run, "gen", { title: "Dispatch of the generators", axis: "MW" }, lines);
}

function houseLoad(run: RunData): Chart | undefined {
  const data = run.metrics.get("house");
  return chartOf(run, "house", { title: "Houses together", axis: "kW" }, [
    line(data, { field: "total_load_avg", label: "all loads (kVA)", over: "sum" }),
    line(data, { field: "hvac_load_avg", label: "cooling", over: "sum" }),
  ]);
}

function inverterPower(run: RunData): Chart | undefined {
  const data = run.metrics.get("inverter");
  const isBattery = (name: string) => name.startsWith("batt");
  const isAggregated = "mean" in (data?.windows[0] ?? {});
  const sum = (label: string, fits: (name: string) => boolean) =>
    line(data, { field: "real_power_avg", label, over: "sum", weight: 0.001, fits });
  const lines = isAggregated
    ? [sum("all inverters", () => true)]
    : [sum("solar", name => !isBattery(name)), sum("batteries", isBattery)];
  return chartOf(run, "inverter", { title: "Inverters together", axis: "kW" }, lines);
}
