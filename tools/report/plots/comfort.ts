import type { Band, Line } from "../chart.js";
import { isAggregated, objectsOf, type MetricsData, type RunData } from "../run-data.js";
import { chartOf, fieldLine, houseFilter, ofHouse, shortNames, spreadOf, type Plot } from "./plot.js";

/** The wanted temperature and the dead band around it, as means of the houses. */
function comfortBand(run: RunData, fits: (name: string) => boolean): { lines: Line[]; bands: Band[] } {
  const data = run.metrics.get("comfort");
  const setpoint = fieldLine(data, { field: "setpoint_avg", label: "set-point", colour: 1, fits });
  const width = fieldLine(data, { field: "deadband", label: "", fits });
  if (setpoint === undefined || width === undefined) return { lines: [], bands: [] };
  const edge = (share: number) => setpoint.values.map((value, i) => value + share * width.values[i]);
  const band = { label: "dead band", low: edge(-0.5), high: edge(0.5), times: setpoint.times, colour: 1 };
  return { lines: [setpoint], bands: [band] };
}

export const COMFORT_PLOTS: Readonly<Record<string, Plot>> = {
  "house-temperature": {
    doc: "Indoor air of the houses: mean, coldest and hottest, with the mean set-point and dead band.",
    group: "Comfort",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("house");
      const fits = houseFilter(choice.house);
      const isOne = choice.house !== undefined;
      const label = isOne ? "indoor air" : "mean of the houses";
      const bandLabel = isOne ? "within the window" : "coldest to hottest";
      const air = spreadOf(data, { quantity: "air_temperature", label, bandLabel, fits });
      const wanted = comfortBand(run, fits);
      const heading = { title: `Indoor air temperature${ofHouse(choice)}`, axis: "°F" };
      return chartOf(data, { ...heading, bands: [...air.bands, ...wanted.bands] }, [...air.lines, ...wanted.lines]);
    },
  },
  "degree-hours": {
    doc: "Degree-hours above and below the comfort band so far, mean of the houses.",
    group: "Comfort",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("comfort");
      const line = (field: string, label: string) =>
        runningSum(fieldLine(data, { field, label, fits: houseFilter(choice.house) }));
      const title = `Degree-hours outside the comfort band${ofHouse(choice)}`;
      return chartOf(data, { title, axis: "°F h" }, [
        line("degree_hours_above", "above"),
        line("degree_hours_below", "below"),
      ]);
    },
  },
  "hvac-carpet": {
    doc: "When each house cools: the share of each window in which its cooling is on.",
    group: "Comfort",
    draw(run) {
      const data = run.metrics.get("house");
      const rows = objectsOf(data);
      if (data === undefined || rows.length === 0 || !data.index.has("hvac_load_max")) return undefined;
      return {
        kind: "carpet",
        title: "Cooling of each house",
        axis: "house",
        quantity: "of the window on",
        rows: shortNames(rows),
        times: data.times,
        shares: onShares(data, rows),
        startTime: data.startTime,
      };
    },
  },
  "hvac-on": {
    doc: "How many houses cool: their mean share of each window.",
    group: "Comfort",
    draw(run) {
      const data = run.metrics.get("house");
      const rows = objectsOf(data);
      if (data === undefined || rows.length === 0 || !data.index.has("hvac_load_max")) return undefined;
      const shares = onShares(data, rows);
      const values = data.times.map((_, w) => (100 * shares.reduce((sum, row) => sum + row[w], 0)) / rows.length);
      return chartOf(data, { title: "Cooling that is on", axis: "% of the houses" }, [
        { label: "mean of the window", values, times: data.times },
      ]);
    },
  },
};

/** The mean load of cooling as a part of its largest: while on, a unit draws nearly the same throughout a window. */
function onShares({ index, windows }: MetricsData, rows: readonly string[]): number[][] {
  const [mean, largest] = [index.get("hvac_load_avg") ?? -1, index.get("hvac_load_max") ?? -1];
  return rows.map(row =>
    windows.map(window => {
      if (isAggregated(window)) return 0;
      const [average, most] = [Number(window[row]?.[mean]), Number(window[row]?.[largest])];
      return most > 0 ? average / most : 0;
    }),
  );
}

function runningSum(line: Line | undefined): Line | undefined {
  if (line === undefined) return undefined;
  let sum = 0;
  return { ...line, values: line.values.map(value => (sum += Number.isFinite(value) ? value : 0)) };
}
